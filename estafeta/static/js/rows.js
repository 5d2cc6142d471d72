// Rows of a list: one is selected by j and k, many are chosen by their boxes.
import { say, speak } from "./words.js";
import { whenAdded } from "./dom.js";

const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
export const selected = () => document.querySelector('[data-row][aria-selected="true"]');

export function select(row) {
  if (!row) return;
  selected()?.setAttribute("aria-selected", "false");
  row.setAttribute("aria-selected", "true");
  row.scrollIntoView({ block: "nearest" });
  row.querySelector("[data-row-link]")?.focus({ preventScroll: true });
}

export function move(step) {
  const all = rows();
  const at = all.indexOf(selected());
  if (all.length) select(all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]);
  return all.length > 0;
}

export function openSelected() {
  const link = selected()?.querySelector("[data-row-link]");
  link?.click();
  return Boolean(link);
}

export function tickSelected() {
  const box = selected()?.querySelector("[data-row-check]");
  box?.click();
  return Boolean(box);
}

function showChosen() {
  const bar = document.querySelector("[data-bulk]");
  const count = document.querySelectorAll("[data-row-check]:checked").length;
  document.querySelectorAll("[data-list]").forEach((list) => list.classList.toggle("list-picking", count > 0));
  if (!bar) return;
  bar.hidden = count === 0;
  bar.querySelector("[data-bulk-count]").textContent = say("chosen", { count });
  if (count) speak(say("chosen", { count }));
}

let last = null;
document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-row-check]");
  if (box && event.shiftKey && last) {
    const all = [...document.querySelectorAll("[data-row-check]")];
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    if (from >= 0) for (const other of all.slice(from, to + 1)) other.checked = box.checked;
  }
  if (box) last = box;
  if (event.target.closest("[data-bulk-clear]")) {
    document.querySelectorAll("[data-row-check]:checked").forEach((other) => {
      other.checked = false;
    });
  }
  if (box || event.target.closest("[data-bulk-clear]")) showChosen();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-row]");
  if (row && event.target.matches("[data-row-link]") && row !== selected()) {
    selected()?.setAttribute("aria-selected", "false");
    row.setAttribute("aria-selected", "true");
  }
});

// Coming back from a ticket selects the row one came from.
whenAdded("[data-list]", (list) => {
  const number = sessionStorage.getItem("row-opened");
  const row = number && list.querySelector(`[data-row][data-number="${CSS.escape(number)}"]`);
  const [way] = performance.getEntriesByType("navigation");
  if (row && way?.type === "back_forward") select(row);
});
document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row-link]")?.closest("[data-row]");
  if (row) sessionStorage.setItem("row-opened", row.dataset.number);
});
