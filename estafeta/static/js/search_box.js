// The search line offers what was looked for before, and a number at once.
import { icon, make } from "./dom.js";
import { recentSearches } from "./recent.js";
import { say } from "./words.js";

const input = document.querySelector("[data-search]");
let recent = [];
let options = [];
let at = -1;
let list = null;

function found() {
  const text = input.value.trim();
  const number = /^(?:[№#]\s*)?(\d{1,18})$/.exec(text)?.[1];
  const ticket = document.body.dataset.ticketUrl;
  const all = number && ticket ? [{ text: say("open_number", { number }), href: ticket.replace("0", number), sign: "arrow-right" }] : [];
  const fits = recent.filter((old) => old !== text && old.toLocaleLowerCase().includes(text.toLocaleLowerCase()));
  for (const old of fits.slice(0, 8)) all.push({ text: old, href: `${input.form.action}?q=${encodeURIComponent(old)}`, sign: "history" });
  return all;
}

function close() {
  list?.remove();
  list = null;
  at = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function mark() {
  [...list.children].forEach((item, index) => item.setAttribute("aria-selected", index === at));
  if (at >= 0) input.setAttribute("aria-activedescendant", list.children[at].id);
  else input.removeAttribute("aria-activedescendant");
}

function show() {
  close();
  options = found();
  if (!options.length || document.activeElement !== input) return;
  list = make("ul", { class: "search-options", id: "search-options", role: "listbox", "aria-label": say("recent") });
  options.forEach((option, index) => {
    list.append(make("li", { class: "pick-option", role: "option", id: `search-option-${index}`, "aria-selected": "false" }, icon(option.sign), make("span", { class: "clip" }, option.text)));
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const index = [...list.children].indexOf(event.target.closest("[role=option]"));
    if (index >= 0) location.assign(options[index].href);
  });
  input.after(list);
  input.setAttribute("aria-expanded", "true");
}

function press(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && list) {
    event.preventDefault();
    at = (at + step + options.length + 1) % (options.length + 1);
    if (at === options.length) at = -1;
    mark();
  } else if (event.key === "Enter" && list && at >= 0) {
    event.preventDefault();
    location.assign(options[at].href);
  } else if (event.key === "Escape" && list) {
    event.preventDefault();
    close();
  }
}

if (input) {
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", "search-options"]]) input.setAttribute(name, value);
  input.addEventListener("focus", async () => {
    recent = await recentSearches();
    show();
  });
  input.addEventListener("input", show);
  input.addEventListener("keydown", press);
  input.addEventListener("blur", () => setTimeout(close, 120));
}
