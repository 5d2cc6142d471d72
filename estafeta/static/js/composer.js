// Reply or note: the box changes its colour, its button and where it is sent.
const urlOf = (form) => form.dataset[form.dataset.kind === "note" ? "noteUrl" : "replyUrl"];

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("[data-composer]");
  if (!form || event.target.name !== "kind" || !event.target.checked) return;
  form.dataset.kind = event.target.value;
  form.action = urlOf(form);
});

document.addEventListener("htmx:configRequest", (event) => {
  const form = event.detail.elt;
  if (form.matches("[data-composer]") && urlOf(form)) event.detail.path = urlOf(form);
});
