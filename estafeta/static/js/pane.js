// The preview pane: on a wide screen the row that is chosen is shown beside the list.
const WIDE = matchMedia("(min-width: 75rem)");
const KEY = "preview-pane";
const pane = () => document.querySelector("[data-pane]");
const isOn = () => WIDE.matches && localStorage.getItem(KEY) === "on" && Boolean(pane());

let timer = 0;
let shown = "";

function load(number) {
  clearTimeout(timer);
  if (number === shown) return;
  timer = setTimeout(() => {
    shown = number;
    htmx.ajax("GET", `/tickets/${number}/pane`, { target: "[data-pane]", swap: "innerHTML" });
  }, 150);
}

function show() {
  const host = pane();
  if (!host) return;
  const on = isOn();
  host.hidden = !on;
  host.closest("[data-split]").classList.toggle("split-on", on);
  document.querySelector("[data-pane-toggle]")?.setAttribute("aria-pressed", String(on));
  if (!on) {
    shown = "";
    host.replaceChildren();
    return;
  }
  const row = document.querySelector('[data-row][aria-selected="true"]') ?? document.querySelector("[data-row]");
  row?.setAttribute("aria-selected", "true");
  if (row) load(row.dataset.number);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-pane-toggle]")) {
    localStorage.setItem(KEY, isOn() ? "off" : "on");
    show();
  } else if (event.target.closest("[data-pane-close]")) {
    localStorage.setItem(KEY, "off");
    show();
    document.querySelector("[data-pane-toggle]")?.focus();
  } else if (isOn()) {
    const link = event.target.closest("[data-row-link]");
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) && event.detail > 0;
    if (!link || !isPlain) return;
    // A second press, or Enter on the row, opens the ticket itself.
    const { number } = link.closest("[data-row]").dataset;
    if (number === shown) return;
    event.preventDefault();
    load(number);
  }
});
document.addEventListener("focusin", (event) => {
  const row = isOn() && event.target.closest?.("[data-row]");
  if (row && event.target.matches("[data-row-link]")) load(row.dataset.number);
});
WIDE.addEventListener("change", show);
show();
