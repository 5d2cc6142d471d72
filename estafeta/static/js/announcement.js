// The form of an announcement: departments are asked for only where it is for some of them.
const form = document.querySelector("[data-audience]");
const choice = form?.querySelector("select[name=audience]");
const departments = form?.querySelector("[data-audience-departments]");

function show() {
  departments.hidden = choice.value !== "departments";
}

if (choice && departments) {
  choice.addEventListener("change", show);
  show();
}
