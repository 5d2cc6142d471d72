// Ctrl+K: pages, verbs of this page, a ticket by its number, or a search; tickets and people come from the server.
import { quickLine } from "./palette_quick.js";
import { icon, make } from "./dom.js";
import { pages, verbs } from "./palette_page.js";
import { recentSearches } from "./recent.js";
import { say, speak } from "./words.js";
import { whyNot } from "./why_not.js";

const palette = document.getElementById("palette");
const input = palette?.querySelector("[data-palette-input]");
const list = palette?.querySelector("#palette-options");
// 2417, #2417, № 2417, IT-2417
const NUMBER = /^(?:[№#]\s*|\p{L}[\p{L}\d]{0,7}-)?(\d+)$/u;
const MOST_RECENT = 4;
let options = [];
let at = 0;
let found = { text: "", options: [] };
let waiting = null;
let recent = [];

function searchFor(text) {
  const form = document.querySelector('form[role="search"].search');
  if (!form) return null;
  const url = new URL(form.action);
  url.searchParams.set("q", text);
  return () => location.assign(url);
}

function lately(fits) {
  const searches = recent.map((text) => ({ text, run: searchFor(text), icon: "history" }));
  return searches.filter((option) => option.run && option.text !== input.value.trim() && fits(option)).slice(0, MOST_RECENT);
}

function search(text) {
  const run = searchFor(text);
  if (!run) return [];
  const number = NUMBER.exec(text)?.[1];
  const found = [{ text: say("search_for", { text }), run, icon: "search" }];
  const ticket = document.body.dataset.ticketUrl;
  if (number && ticket) {
    const open = () => location.assign(ticket.replace("0", number));
    found.unshift({ text: say("open_number", { number }), run: open, icon: "arrow-right" });
  }
  return found;
}

function ask(text) {
  const source = document.body.dataset.paletteUrl;
  clearTimeout(waiting);
  if (!source || text.length < 2) return;
  waiting = setTimeout(async () => {
    const answer = await fetch(`${source}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (input.value.trim() !== text) return;
    if (!answer?.ok) {
      found = { text, options: [], told: await whyNot(answer) };
      return show(true);
    }
    const { results } = await answer.json();
    const open = ({ label, hint, url, icon: sign }) => ({ text: label, hint, run: () => location.assign(url), icon: sign });
    found = { text, options: results.filter(({ kind }) => kind !== "page").map(open) };
    show(true);
  }, 120);
}

const matches = (text, words) => words.every((word) => text.toLocaleLowerCase().includes(word));

function mark() {
  [...list.querySelectorAll('[role="option"]')].forEach((element, index) => {
    element.setAttribute("aria-selected", index === at);
    if (index !== at) return;
    input.setAttribute("aria-activedescendant", element.id);
    element.scrollIntoView({ block: "nearest" });
  });
}

// What begins with a sign of the quick line is an order rather than a search.
function asWritten(text) {
  const [order, asked] = [quickLine(text), search(text)];
  return /^[@!]/.test(text) ? [...order, ...asked] : [...asked, ...order];
}

function show(keepPlace = false) {
  const text = input.value.trim();
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const fits = (option) => matches(option.text, words);
  const groups = [["do_here", verbs().filter(fits)], ["recent", lately(fits)], ["go_to", pages().filter(fits)], ["found", found.text === text ? found.options : []], ["", text ? asWritten(text) : []]];
  if (NUMBER.test(text)) groups.unshift(groups.pop());
  options = groups.flatMap(([, group]) => group);
  at = keepPlace === true ? Math.min(at, Math.max(options.length - 1, 0)) : 0;
  list.replaceChildren();
  for (const [name, group] of groups) {
    if (group.length && name) list.append(make("li", { class: "palette-group", role: "presentation" }, say(name)));
    for (const option of group) {
      const index = options.indexOf(option);
      const item = make("li", { class: "palette-option", role: "option", id: `palette-${index}`, "data-index": index }, icon(option.icon), make("span", { class: "clip" }, option.text), option.hint ? make("span", { class: "faint small" }, option.hint) : "");
      list.append(item);
    }
  }
  if (found.told && found.text === text) {
    list.append(make("li", { class: "palette-told", role: "presentation" }, icon("alert-circle"), found.told));
    speak(found.told);
  }
  mark();
}

function run(index) {
  const option = options[index];
  if (!option) return;
  palette.close();
  option.run();
}

export async function openPalette() {
  if (!palette || palette.open) return;
  input.value = "";
  show();
  palette.showModal();
  input.focus();
  recent = await recentSearches();
  if (recent.length) show(true);
}

if (palette) {
  input.addEventListener("input", () => {
    show();
    ask(input.value.trim());
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) {
      event.preventDefault();
      at = (at + step + options.length) % options.length;
      mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(at);
    }
  });
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-index]");
    if (item) run(Number(item.dataset.index));
  });
}
