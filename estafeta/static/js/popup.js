// Live pop-ups: of all tabs that are looked at, one shows each; with none looked at, the next that is.
import { showPopup } from "./popup_card.js";
import { say } from "./words.js";

const MOST = 3;
const MOST_WAITING = 200;
const MOMENT = 150;
const KEPT = 12_000;

export const ring = () => new Audio(new URL("../sounds/notice.wav", import.meta.url)).play().catch(() => {});

// name: of this kind of pop-up, each counts its own numbers; place: where those are read that do not fit.
export function popups({ person, sound, isShown, name = "", place = "/notifications" }) {
  const key = `estafeta-shown${name}-${person}`;
  const carried = `estafeta-popups${name}`;
  let waiting = [];
  let cards = [];

  // One tab at a time; without locks (plain http) the last that asked within a moment has the turn.
  const inTurn = navigator.locks
    ? (act) => navigator.locks.request(key, act)
    : (act) => {
        const me = crypto.getRandomValues(new Uint32Array(2)).join("-");
        localStorage.setItem(`${key}-turn`, me);
        setTimeout(() => localStorage.getItem(`${key}-turn`) === me && act(), MOMENT);
      };

  function claim() {
    if (document.hidden || !waiting.length) return;
    inTurn(() => {
      const shown = Number(localStorage.getItem(key)) || 0;
      const mine = waiting.filter(({ id }) => id > shown);
      waiting = [];
      if (!mine.length) return;
      localStorage.setItem(key, String(mine.at(-1).id));
      show(mine);
    });
  }

  function show(all) {
    // What was read on another device meanwhile is no news here.
    const foreign = all.filter((one) => !one.seen && !isShown(one.ticket, one));
    const few = foreign.length > MOST ? foreign.slice(1 - MOST) : foreign;
    if (few.length < foreign.length) {
      card({ title: say("live_more", { count: foreign.length - few.length }), url: place, avatar: { initials: "+" } });
    }
    for (const one of few) card({ ...one, key: one.key ?? `ticket-${one.ticket || one.id}` });
    if (sound && few.length) ring();
  }

  function card(data, at = Date.now()) {
    const element = showPopup(data);
    if (element) cards.push({ data, at, element });
  }

  const isFresh = ({ stays }, at) => stays || Date.now() - at < KEPT;

  // A card that has just come up survives the way to another page.
  function carry() {
    const alive = cards.filter(({ data, element, at }) => element.isConnected && isFresh(data, at));
    sessionStorage.setItem(carried, JSON.stringify(alive.map(({ data, at }) => ({ data, at }))));
    cards = [];
  }

  function unpack() {
    const packed = JSON.parse(sessionStorage.getItem(carried) ?? "[]");
    sessionStorage.removeItem(carried);
    for (const { data, at } of packed) if (isFresh(data, at) && !isShown(data.ticket, data)) card(data, at);
  }

  document.addEventListener("visibilitychange", claim);
  addEventListener("pagehide", carry);
  unpack();

  return (data) => {
    waiting = [...waiting.filter(({ id }) => id !== data.id), data].slice(-MOST_WAITING);
    claim();
  };
}
