// Rows of a list: one is selected by j and k; chosen.js keeps those whose boxes are ticked.
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
