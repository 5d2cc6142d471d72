// Which places this page shows, where its reader writes, and who else is there: asked of the server only while
// somebody looks at the page. Elements with data-place take part by themselves.
import { post } from "./csrf.js";
import { whenAdded } from "./dom.js";
import { say as word } from "./words.js";

const ADDRESS = "/presence";
const SOON = 400;
const AGAIN = 8_000;
const FADE = 13_000;
const REST = 60_000;
const STILL_HERE = 5 * 60_000;
const page = crypto.getRandomValues(new Uint32Array(3)).join("-").slice(0, 32);

const shown = new Map();
const fading = new Map();
let writer = "";
let wroteAt = 0;
let saidAt = 0;
let isThere = false;
let soon = 0;
let resting = 0;

// Somebody is at a place until leave() is called; told(people) hears of everybody else who is there.
export function be(place, told = () => {}) {
  const own = { told };
  if (!shown.has(place)) shown.set(place, new Set());
  shown.get(place).add(own);
  sayLater();
  return () => {
    shown.get(place)?.delete(own);
    if (!shown.get(place)?.size) shown.delete(place);
    sayLater();
  };
}

// Called with every letter; the server hears of it seldom.
export function writing(place, does = true) {
  if (does === (writer === place) && (!does || Date.now() - wroteAt < AGAIN)) return;
  if (!does && writer !== place) return;
  writer = does ? place : "";
  wroteAt = Date.now();
  sayLater();
}

function sayLater(wait = SOON) {
  if (soon) return;
  soon = setTimeout(() => {
    soon = 0;
    say();
  }, wait);
}

async function say() {
  if (document.hidden) return;
  if (!shown.size) return leave();
  isThere = true;
  saidAt = Date.now();
  const fields = [["page", page], ...[...shown.keys()].map((place) => ["place", place])];
  if (writer && Date.now() - wroteAt < AGAIN + SOON) fields.push(["writing", writer]);
  const answer = await post(ADDRESS, fields).catch(() => null);
  if (!answer?.ok) return;
  const { places } = await answer.json();
  for (const [place, people] of Object.entries(places)) tell(place, people);
}

function leave() {
  if (!isThere) return;
  isThere = false;
  writer = "";
  post(ADDRESS, { page, left: "1" }, { keepalive: true }).catch(() => {});
}

function tell(place, people) {
  if (!shown.has(place)) return;
  clearTimeout(fading.get(place));
  for (const { told } of shown.get(place)) told(people);
  document.body.dispatchEvent(new CustomEvent("live:people", { detail: { place, people } }));
  // The word that somebody writes ends by itself, should the end of it never reach this page.
  if (!people.some((person) => person.writing)) return;
  fading.set(place, setTimeout(() => tell(place, people.map((person) => ({ ...person, writing: false }))), FADE));
}

document.addEventListener("live:presence", ({ detail: { place, people } }) => tell(place, people));
// After a break of the stream the leases may have run out.
document.addEventListener("live:reached", () => isThere && sayLater(Math.random() * 3_000));
document.addEventListener("visibilitychange", () => {
  clearTimeout(resting);
  if (document.hidden) resting = setTimeout(leave, REST);
  else if (shown.size && (!isThere || Date.now() - saidAt > STILL_HERE)) sayLater();
});
addEventListener("pagehide", leave);
addEventListener("pageshow", (event) => event.persisted && shown.size && sayLater());

let actedAt = Date.now();
for (const name of ["pointerdown", "pointermove", "keydown", "scroll"]) {
  addEventListener(name, () => (actedAt = Date.now()), { passive: true, capture: true });
}
// Once in some minutes, and only of a page at which somebody does something.
setInterval(() => isThere && !document.hidden && Date.now() - actedAt < STILL_HERE && sayLater(), STILL_HERE);

whenAdded("[data-place]", (element) => {
  const end = be(element.dataset.place);
  const gone = () => element.isConnected || (end(), document.removeEventListener("htmx:afterSwap", gone));
  document.addEventListener("htmx:afterSwap", gone);
});

// Dots beside people.
document.addEventListener("live:states", ({ detail: { states } }) => {
  for (const [person, state] of Object.entries(states)) {
    for (const dot of document.querySelectorAll(`[data-state-of="${CSS.escape(person)}"]`)) {
      dot.dataset.state = state;
      dot.title = word(`state_${state}`);
      dot.querySelector(".hidden-text")?.replaceChildren(dot.title);
    }
  }
});
