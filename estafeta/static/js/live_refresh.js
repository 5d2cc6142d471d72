// Parts of the page that fetch themselves anew: soon, not all browsers at the same moment, and never under a
// person's hands. The parts wait for live:list, live:counters, live:bell, live:ticket on the body.
import { isTyping } from "./dom.js";

const REST = 2_000;
const AGAIN = 1_000;

function isBusy(part) {
  const active = document.activeElement;
  if (part.contains(active) && isTyping(active) && active.value) return true;
  return Boolean(part.querySelector(":popover-open, dialog[open], input[type=checkbox]:checked, .htmx-request"));
}

class Refresh {
  #timer = 0;
  #last = 0;
  #isOwed = false;

  constructor(name, selector) {
    this.name = name;
    this.selector = selector;
  }

  ask() {
    if (this.#timer || !document.querySelector(this.selector)) return;
    const rest = this.#last + REST - Date.now();
    this.#timer = setTimeout(() => this.#act(), Math.max(rest, 100 + Math.random() * 400));
  }

  comeBack() {
    if (this.#isOwed) this.ask();
  }

  #act() {
    this.#timer = 0;
    this.#isOwed = document.hidden;
    if (document.hidden) return;
    if ([...document.querySelectorAll(this.selector)].some(isBusy)) {
      this.#timer = setTimeout(() => this.#act(), AGAIN);
      return;
    }
    this.#last = Date.now();
    document.body.dispatchEvent(new CustomEvent(this.name));
  }
}

const refreshes = {
  list: new Refresh("live:list", '[data-live="list"]'),
  counters: new Refresh("live:counters", "#navigation"),
  ticket: new Refresh("live:ticket", '[data-live="ticket"]'),
  bell: new Refresh("live:bell", '[data-live="bell"]'),
};

export function refresh(...names) {
  for (const name of names) refreshes[name].ask();
}

export const showsBell = () => Boolean(document.querySelector('[data-live="bell"]'));
export const shows = (number) => Boolean(document.querySelector(`[data-live="ticket"][data-ticket="${Number(number)}"]`));

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) for (const one of Object.values(refreshes)) one.comeBack();
});
