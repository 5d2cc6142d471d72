// Cards over links to tickets and names of people: with the pointer after a moment, with the keyboard by Alt and ↓.
import { make } from "./dom.js";

const WAIT = 450;
const LEAVE = 250;
const TICKET = /^\/tickets\/(\d+)$/;
const kept = new Map();
let card = null;
let owner = null;
let opening = 0;
let closing = 0;

function addressOf(element) {
  const person = element.closest?.("[data-person]");
  if (person) return { element: person, address: `/people/${person.dataset.person}/card` };
  const link = element.closest?.("a[href]");
  if (!link || link.closest("[data-hover-card], .menu, [role='option'], nav, [data-pane]") || link.origin !== location.origin) return null;
  const number = TICKET.exec(link.pathname)?.[1];
  if (!number || location.pathname === link.pathname || link.hash) return null;
  return { element: link, address: `/tickets/${number}/card` };
}

function close() {
  clearTimeout(opening);
  clearTimeout(closing);
  card?.remove();
  owner?.removeAttribute("aria-describedby");
  card = owner = null;
}

async function fetched(address) {
  const known = kept.get(address);
  if (known && Date.now() - known.at < 30_000) return known.text;
  const answer = await fetch(address, { headers: { "HX-Request": "true" }, cache: "no-store" });
  if (!answer.ok) return "";
  const text = await answer.text();
  kept.set(address, { text, at: Date.now() });
  return text;
}

function place(element) {
  const from = element.getBoundingClientRect();
  const box = card.getBoundingClientRect();
  const below = from.bottom + 8 + box.height <= innerHeight || from.top < box.height + 8;
  card.style.left = `${Math.max(8, Math.min(from.left, innerWidth - box.width - 8))}px`;
  card.style.top = `${below ? from.bottom + 8 : from.top - 8 - box.height}px`;
}

async function open({ element, address }) {
  const text = await fetched(address).catch(() => "");
  if (!text || !element.isConnected || document.querySelector("dialog[open]")) return;
  close();
  owner = element;
  card = make("div", { class: "hover-card", id: "hover-card", role: "group", popover: "manual", "data-hover-card": true });
  card.innerHTML = text;
  document.body.append(card);
  card.showPopover();
  place(element);
  element.setAttribute("aria-describedby", "hover-card");
  htmx.process(card);
  card.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: card } }));
}

// The link of a row lies over all of it: what is meant is the name or the title under the pointer.
function meant(event) {
  if (!event.target.matches?.("[data-row-link]")) return event.target;
  const under = document.elementsFromPoint(event.clientX, event.clientY);
  return under.find((one) => one.closest("[data-person]")) ?? (under.some((one) => one.matches(".list-title")) ? event.target : null);
}

let last = null;
document.addEventListener(
  "pointermove",
  (event) => {
    if (event.pointerType !== "mouse" || event.buttons) return;
    const target = meant(event);
    if (target === last) return;
    last = target;
    if (card && (card.contains(target) || (target && owner?.contains(target)))) {
      clearTimeout(closing);
      return;
    }
    clearTimeout(opening);
    const found = target && addressOf(target);
    if (found && found.element !== owner) opening = setTimeout(() => open(found), WAIT);
    if (card) {
      clearTimeout(closing);
      closing = setTimeout(close, LEAVE);
    }
  },
  { passive: true },
);

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Escape" && card) {
      event.stopPropagation();
      close();
    } else if (event.altKey && event.key === "ArrowDown") {
      const found = addressOf(event.target) ?? addressOf(event.target.querySelector?.("[data-person]") ?? event.target);
      if (!found) return;
      event.preventDefault();
      open(found);
    }
  },
  true,
);

document.addEventListener("focusout", (event) => {
  if (card && owner === event.target) closing = setTimeout(close, LEAVE);
});
addEventListener("scroll", () => card && close(), { passive: true, capture: true });
document.addEventListener("click", (event) => {
  if (card && !card.contains(event.target)) close();
});
