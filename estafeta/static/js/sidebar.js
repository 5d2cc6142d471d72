// The sidebar as a drawer on tablets and phones.
const shell = document.querySelector("[data-shell]");
const sidebar = document.getElementById("sidebar");
let opener = null;

function show(open) {
  shell.classList.toggle("sidebar-open", open);
  document.querySelectorAll("[data-sidebar-toggle]").forEach((button) => button.setAttribute("aria-expanded", open));
  if (open) sidebar.querySelector("a")?.focus();
  else opener?.focus();
}

if (shell && sidebar) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sidebar-toggle]");
    const open = shell.classList.contains("sidebar-open");
    if (button) {
      opener = button;
      show(!open);
    } else if (open && !event.target.closest(".sidebar")) show(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shell.classList.contains("sidebar-open")) show(false);
  });
}
