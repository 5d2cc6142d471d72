// The chosen rows of a list: kept over refreshes and over its pages, for what is done to all of them.
import { whenAdded } from "./dom.js";
import { say, speak } from "./words.js";

const form = () => document.querySelector("[data-bulk-form]");
const boxes = () => [...document.querySelectorAll("[data-row-check]")];
const place = () => `chosen ${form()?.dataset.chosen ?? location.pathname}`;

let chosen = new Set();
let all = false;

function remember() {
  if (chosen.size || all) sessionStorage.setItem(place(), JSON.stringify({ numbers: [...chosen], all }));
  else sessionStorage.removeItem(place());
}

function recall() {
  const kept = JSON.parse(sessionStorage.getItem(place()) ?? "null");
  chosen = new Set(kept?.numbers ?? []);
  all = Boolean(kept?.all);
}

const hidden = (name, value) => Object.assign(document.createElement("input"), { type: "hidden", name, value });

// What the form sends besides the boxes of this page.
function fillForm(bulk, here) {
  const elsewhere = [...chosen].filter((number) => !here.has(number));
  const fields = all ? [hidden("all", "1")] : elsewhere.length ? [hidden("number", elsewhere.join(","))] : [];
  bulk.querySelector("[data-bulk-elsewhere]")?.replaceChildren(...fields);
}

function show() {
  const list = boxes();
  for (const box of list) box.checked = all || chosen.has(box.value);
  const count = chosen.size;
  const picking = count > 0 || all;
  document.querySelectorAll("[data-list]").forEach((one) => one.classList.toggle("list-picking", picking));
  for (const box of document.querySelectorAll("[data-page-check]")) {
    const ticked = list.filter((one) => one.checked).length;
    box.checked = ticked > 0 && ticked === list.length;
    box.indeterminate = ticked > 0 && ticked < list.length;
  }
  const bulk = form();
  const bar = document.querySelector("[data-bulk]");
  if (!bulk || !bar) return;
  fillForm(bulk, new Set(list.map((box) => box.value)));
  const words = all ? say("chosen_all") : say("chosen", { count });
  bar.hidden = !picking;
  if (bar.querySelector("[data-bulk-count]").textContent !== words) {
    bar.querySelector("[data-bulk-count]").textContent = words;
    if (picking) speak(words);
  }
}

function choose(box) {
  all = false;
  if (box.checked) chosen.add(box.value);
  else chosen.delete(box.value);
}

function choosePage(ticked) {
  all = false;
  for (const box of boxes()) {
    if (ticked) chosen.add(box.value);
    else chosen.delete(box.value);
  }
}

function chooseNone() {
  all = false;
  chosen.clear();
}

function changed() {
  remember();
  show();
}

let last = null;
document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-row-check]");
  if (box) {
    const list = boxes();
    const from = list.findIndex((one) => one.value === last);
    const to = list.indexOf(box);
    const range = event.shiftKey && from >= 0 ? list.slice(Math.min(from, to), Math.max(from, to) + 1) : [box];
    if (all) for (const one of list) chosen.add(one.value);
    for (const one of range) {
      one.checked = box.checked;
      choose(one);
    }
    last = box.value;
  } else if (event.target.closest("[data-page-check]")) choosePage(event.target.checked);
  else if (event.target.closest("[data-bulk-page]")) choosePage(true);
  else if (event.target.closest("[data-bulk-all]")) all = true;
  else if (event.target.closest("[data-bulk-clear]")) chooseNone();
  else return;
  changed();
});

export const hasChosen = () => chosen.size > 0 || all;

export function clearChosen() {
  if (!hasChosen()) return false;
  chooseNone();
  changed();
  return true;
}

document.addEventListener("bulk:done", clearChosen);
whenAdded("[data-bulk-form]", () => {
  recall();
  show();
});
whenAdded("[data-list]", show);
document.addEventListener("htmx:oobAfterSwap", show);
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.closest?.("[data-row], [data-live]")) show();
});
// The verbs that are possible are asked for when the menu opens.
document.addEventListener(
  "toggle",
  (event) => {
    if (event.newState === "open" && event.target.id === "bulk-menu") event.target.querySelector("[data-bulk-offer]")?.dispatchEvent(new Event("offer"));
  },
  true,
);
