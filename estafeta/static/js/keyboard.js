// One-key commands. Letters are taken by their place on the keyboard where the layout is not Latin.
import { isTyping } from "./dom.js";
import { openPalette } from "./palette.js";
import { openRowMenu } from "./row_menu.js";
import { move, openSelected, tickSelected } from "./rows.js";

const press = (selector) => {
  const element = [...document.querySelectorAll(selector)].find((one) => one.checkVisibility());
  element?.click();
  return Boolean(element);
};

const focusOn = (selector) => {
  const element = document.querySelector(selector);
  if (!element?.checkVisibility()) return false;
  element.focus();
  element.select?.();
  return true;
};

export function showHelp() {
  document.getElementById("keyboard-help")?.showModal();
  return true;
}

const write = (kind) => press(`.composer-kind-${kind} input`) && focusOn(".composer textarea");

const COMMANDS = {
  j: () => move(1),
  k: () => move(-1),
  o: openSelected,
  x: tickSelected,
  m: openRowMenu,
  b: () => press("[popovertarget='bulk-menu']"),
  c: () => press("[data-create]"),
  q: () => press("[data-quick]"),
  f: () => press("[data-filter]"),
  r: () => write("reply") || focusOn(".composer textarea"),
  n: () => write("note"),
  "/": () => focusOn("[data-search]"),
  "?": showHelp,
};

function keyOf(event) {
  if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return "?";
  if (event.key === "/" || event.code === "Slash") return "/";
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
  return /^Key[A-Z]$/.test(event.code) ? event.code.at(-1).toLowerCase() : event.key;
}

let going = 0;

document.addEventListener("keydown", (event) => {
  const key = keyOf(event);
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && key === "k") {
    if (!isTyping(event.target) || event.target.closest("#palette, .search")) {
      event.preventDefault();
      openPalette();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open], [data-menu]:popover-open")) return;
  if (going && Date.now() - going < 1_500) {
    going = 0;
    if (press(`[data-nav][data-key="${CSS.escape(key)}"]`)) event.preventDefault();
    return;
  }
  if (key === "g") {
    going = Date.now();
    return;
  }
  if (COMMANDS[key]?.()) event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keyboard-help]")) showHelp();
});

// Ctrl+Enter sends what is being written, in any form.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest?.("textarea")?.form;
  if (!form) return;
  event.preventDefault();
  const buttons = [...form.querySelectorAll('[type="submit"]')];
  form.requestSubmit(buttons.find((button) => button.checkVisibility()) ?? null);
});
