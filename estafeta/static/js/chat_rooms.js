import { bring } from "./chat_parts.js";

// The list of rooms is fetched anew when something happens: soon, seldom, and not by all browsers at once.
const REST = 1_500;

export function roomList(list, url) {
  let current = list;
  let timer = 0;
  let last = 0;

  async function fetchAnew() {
    timer = 0;
    last = Date.now();
    const open = document.querySelector("[data-talk]")?.dataset.room ?? "";
    const answer = await fetch(`${url}?open=${open}`, { headers: { "HX-Request": "true" }, cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return;
    const made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-rooms]");
    if (!made) return;
    const focused = current.contains(document.activeElement) ? document.activeElement.dataset.roomLink : null;
    const scrolled = current.scrollTop;
    current.replaceWith(made);
    current = made;
    bring(made);
    current.scrollTop = scrolled;
    if (focused) current.querySelector(`[data-room-link="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  // Arrows go from room to room.
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !current.contains(event.target)) return;
    const links = [...current.querySelectorAll("[data-room-link]")];
    const next = links[links.indexOf(event.target.closest("[data-room-link]")) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  return {
    refresh() {
      if (timer) return;
      timer = setTimeout(fetchAnew, Math.max(last + REST - Date.now(), 150 + Math.random() * 450));
    },
  };
}
