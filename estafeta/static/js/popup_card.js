// The card of a live pop-up. Whoever reads the stream calls showPopup(); the look is components/notices.html's.
import { avatar, make } from "./dom.js";
import { closeButton } from "./toasts.js";
import { speak } from "./words.js";

const MOST = 3;
const LINGER = 12_000;

// avatar: {initials, hue, photo}; key: cards with the same key take each other's place; stays: until somebody takes it away.
export function showPopup({ avatar: person, title, text = "", url = "", key = "", stays = false }) {
  const region = document.getElementById("popups");
  if (!region) return null;
  const words = make(url ? "a" : "div", { class: "popup-text", href: url || null }, make("b", {}, title));
  if (text) words.append(make("span", {}, text));
  const card = make("div", { class: "popup", "data-popup": key }, avatar(person), words, closeButton());
  if (key) for (const old of [...region.children]) if (old.dataset.popup === key) old.remove();
  region.append(card);
  while (region.children.length > MOST) region.firstElementChild.remove();
  if (stays) return said(card, title, text);
  let timer = setTimeout(() => card.remove(), LINGER);
  card.addEventListener("mouseenter", () => clearTimeout(timer));
  card.addEventListener("mouseleave", () => {
    timer = setTimeout(() => card.remove(), LINGER / 2);
  });
  return said(card, title, text);
}

function said(card, title, text) {
  speak(text ? `${title}. ${text}` : title);
  return card;
}
