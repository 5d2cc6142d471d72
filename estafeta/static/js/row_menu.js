// The menu of a row: everything that can be done with its ticket, asked for when it is opened.
import { make } from "./dom.js";
import { openAt } from "./menus.js";
import { selected } from "./rows.js";

let menu = null;

function own(label) {
  menu ??= document.body.appendChild(make("div", { class: "menu menu-grouped", id: "row-menu", popover: "", role: "menu", "data-menu": "" }));
  menu.setAttribute("aria-label", label);
  return menu;
}

async function open(button) {
  const there = own(button.getAttribute("aria-label"));
  if (there.matches(":popover-open")) there.hidePopover();
  there.replaceChildren();
  await htmx.ajax("GET", button.dataset.rowMenu, { target: there, swap: "innerHTML" });
  if (there.childElementCount && button.isConnected) openAt(there, button);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-row-menu]");
  if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(button);
});

export function openRowMenu() {
  const button = selected()?.querySelector("[data-row-menu]");
  if (button) open(button);
  return Boolean(button);
}
