// The form of an announcement: departments and roles are asked for only where it is for some of them.
const form = document.querySelector("[data-audience]");
const choice = form?.querySelector("select[name=audience]");
const departments = form?.querySelector("[data-audience-departments]");
const roles = form?.querySelector("[data-audience-roles]");

function show() {
  departments.hidden = choice.value !== "departments";
  roles.hidden = choice.value !== "roles";
}

if (choice && departments && roles) {
  choice.addEventListener("change", show);
  show();
}
