// Parts of the page that fetch themselves anew: soon, not all browsers at the same moment, the seldomer the more
// happens, and never under a person's hands. They wait for live:list, live:counters, live:bell, live:ticket on the body.
import { isTyping } from "./dom.js";

const SOON = 100;
const SPREAD = 400;
// So many browsers a second may fetch because of one change, whoever hears of it.
const FETCHES = 40;
const REST = 2_000;
const REST_A_CHANGE = 500;
const LONGEST = 15_000;
const MEASURED = 10_000;
const AGAIN = 1_000;
const LOST = 10_000;

// How many changes a second there have been lately.
let changes = [];

function rate() {
  const since = Date.now() - MEASURED;
  changes = changes.filter((at) => at > since);
  return changes.length / (MEASURED / 1_000);
}

function isBusy(part) {
  if (part.querySelector(".htmx-request, .kanban-drawn") || part.matches(".htmx-request")) return true;
  if (part.getAttribute("hx-swap") === "morph") return false;
  const active = document.activeElement;
  if (part.contains(active) && isTyping(active) && active.value) return true;
  return Boolean(part.querySelector(":popover-open, dialog[open], input[type=checkbox]:checked"));
}

class Refresh {
  #timer = 0;
  #last = 0;
  #isOwed = false;

  constructor(name, selector) {
    this.name = name;
    this.selector = selector;
  }

  // `crowd`: how many browsers were told of the same.
  ask(crowd = 1) {
    if (this.#timer || !document.querySelector(this.selector)) return;
    const spread = Math.max(SPREAD, (crowd * 1_000) / FETCHES);
    const rest = Math.min(REST + REST_A_CHANGE * rate(), LONGEST);
    const due = Math.max(SOON, this.#last + rest - Date.now());
    this.#timer = setTimeout(() => this.#act(), due + Math.random() * spread);
  }

  // It could not be fetched: soon again, and at once when the network is back.
  owe() {
    this.#isOwed = true;
    setTimeout(() => this.comeBack(), LOST);
  }

  comeBack() {
    if (!this.#isOwed) return;
    this.#isOwed = false;
    this.ask();
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

document.body.addEventListener("live:announced", () => refresh("counters"));

// Something has happened to a ticket, and so many browsers were told of it.
export function changed(crowd, ...names) {
  changes.push(Date.now());
  for (const name of names) refreshes[name].ask(crowd);
}

export const showsBell = () => Boolean(document.querySelector('[data-live="bell"]'));
export const shows = (number) => Boolean(document.querySelector(`[data-live="ticket"][data-ticket="${Number(number)}"]`));

function comeBack() {
  if (!document.hidden) for (const one of Object.values(refreshes)) one.comeBack();
}

document.addEventListener("htmx:afterRequest", ({ target, detail: { successful, xhr } }) => {
  if (successful || (xhr.status >= 400 && xhr.status < 500)) return;
  for (const one of Object.values(refreshes)) if (target.matches?.(one.selector)) one.owe();
});
document.addEventListener("visibilitychange", comeBack);
addEventListener("online", () => setTimeout(comeBack, 500 + Math.random() * 1_000));
