// [data-service-fields]: of the fields for a chat only those that the chosen service needs.
const NEEDS = { matrix: ["room", "secret"], ntfy: ["room", "secret"], gotify: ["secret"] };

for (const form of document.querySelectorAll("[data-service-fields]")) {
  const service = form.elements.service;
  const look = () => {
    for (const name of ["room", "secret"]) {
      const needed = NEEDS[service.value]?.includes(name) ?? false;
      form.elements[name].closest(".field").hidden = !needed;
      form.elements[name].disabled = !needed;
    }
  };
  service?.addEventListener("change", look);
  if (service) look();
}
