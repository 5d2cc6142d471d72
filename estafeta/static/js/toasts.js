// Short words about what was just done. From code: toast(); from the server: HX-Trigger {"toast": {…}}.
import { icon, make, whenAdded } from "./dom.js";
import { say, speak } from "./words.js";

const ICONS = { success: "circle-check", info: "info-circle", warning: "alert-circle", error: "alert-triangle" };
const LINGER = { error: 15_000, warning: 10_000 };
const MOST = 4;

function retire(element, after) {
  let timer = setTimeout(() => element.remove(), after);
  const hold = () => clearTimeout(timer);
  const release = () => {
    timer = setTimeout(() => element.remove(), 3_000);
  };
  for (const name of ["mouseenter", "focusin"]) element.addEventListener(name, hold);
  for (const name of ["mouseleave", "focusout"]) element.addEventListener(name, release);
}

// Shown anew, the region lies above a dialog that was opened meanwhile.
function bringForward(region) {
  if (region.matches(":popover-open")) region.hidePopover();
  region.showPopover();
}

export function closeButton() {
  return make("button", { type: "button", class: "toast-close", "data-toast-close": true, "aria-label": say("close") }, icon("x"));
}

// With `post` the link is a button that does something, such as taking back.
function doer(post, words) {
  const button = make("button", { type: "button", class: "button button-small", "hx-post": post, "hx-swap": "none" }, words);
  button.addEventListener("htmx:afterRequest", () => button.closest(".toast")?.remove());
  return button;
}

export function toast({ text, tone = "success", url = "", link = "", post = "" }) {
  const region = document.querySelector("[data-toasts]");
  if (!region || !text) return null;
  const words = make("p", {}, text);
  if (url) words.append(" ", make("a", { href: url }, link || url));
  if (post) words.append(" ", doer(post, link));
  const element = make("div", { class: `toast toast-${tone}`, "data-tone": tone }, icon(ICONS[tone] ?? ICONS.info), words, closeButton());
  for (const same of region.children) if (same.textContent === element.textContent) same.remove();
  region.append(element);
  if (post) globalThis.htmx?.process(element);
  bringForward(region);
  while (region.children.length > MOST) region.firstElementChild.remove();
  retire(element, post ? LINGER.error : (LINGER[tone] ?? 6_000));
  speak(text);
  return element;
}

whenAdded("[data-toast]", (element) => {
  retire(element, element.classList.contains("toast-error") ? LINGER.error : 6_000);
  speak(element.querySelector("p").textContent);
});

document.addEventListener("click", (event) => {
  event.target.closest("[data-toast-close]")?.closest(".toast, .popup")?.remove();
});

document.addEventListener("toast", (event) => {
  const detail = event.detail ?? {};
  toast(typeof detail.value === "string" ? { text: detail.value } : detail);
});
