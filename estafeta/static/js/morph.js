// A part of the page brought up to date in place: what is the same stays the same element, so that focus, ticks,
// open menus and what the pointer is over survive. hx-swap="morph" uses it.
const OWN = new Set(["aria-selected", "aria-expanded", "aria-busy", "aria-describedby", "style", "open", "draggable"]);
const HELD = "[data-row], [data-card]";

const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.id || node.dataset.key || "" : "");
const isAlike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName && keyOf(one) === keyOf(other);

// What is open under somebody's hands waits for the next time.
const isOpen = (element) => element.matches(":popover-open, dialog[open]") || Boolean(element.querySelector(":popover-open, dialog[open]"));

function attributes(from, to) {
  for (const { name, value } of [...to.attributes]) {
    if (!OWN.has(name) && from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  for (const { name } of [...from.attributes]) {
    if (!OWN.has(name) && !to.hasAttribute(name)) from.removeAttribute(name);
  }
}

function update(from, to) {
  if (from.nodeType !== Node.ELEMENT_NODE) {
    if (from.data !== to.data) from.data = to.data;
    return;
  }
  if (from.isEqualNode(to) || from.hasAttribute("data-held")) return;
  if (isOpen(from) && from.matches(`${HELD}, [popover], dialog`)) return;
  // Scripts write these anew, each element once.
  if (from.matches("time, [data-counter^='view-']")) {
    if (from.dateTime !== to.dateTime) from.replaceWith(to);
    return;
  }
  attributes(from, to);
  if (from !== document.activeElement?.closest("textarea, input")) children(from, to);
}

function children(from, to) {
  const known = new Map();
  const wanted = [...to.childNodes];
  const stay = new Set(wanted.map(keyOf));
  for (const child of [...from.childNodes]) {
    const key = keyOf(child);
    if (key && stay.has(key)) known.set(key, child);
    else if (key && !hold(child)) child.remove();
  }
  let at = from.firstChild;
  for (const one of wanted) {
    while (at?.nodeType === Node.ELEMENT_NODE && at.hasAttribute("data-held") && !stay.has(keyOf(at))) at = at.nextSibling;
    const key = keyOf(one);
    const same = key ? known.get(key) : null;
    if (same) {
      same.removeAttribute("data-held");
      if (same === at) at = at.nextSibling;
      else from.insertBefore(same, at);
      update(same, one);
    } else if (!key && at && !keyOf(at) && isAlike(at, one)) {
      const next = at.nextSibling;
      update(at, one);
      at = next;
    } else from.insertBefore(one, at);
  }
  while (at) {
    const next = at.nextSibling;
    if (!keyOf(at)) at.remove();
    at = next;
  }
}

// While the pointer or the focus is in a list nothing in it moves up: what has left stays, pale, until they go.
let pointed = null;
addEventListener("pointermove", ({ target, pointerType }) => (pointed = pointerType === "mouse" ? target : null), { passive: true });
document.documentElement.addEventListener("pointerleave", () => (pointed = null));

function hold(element) {
  if (!element.matches(HELD)) return false;
  const part = element.closest("[data-live]");
  if (!part?.contains(pointed) && !element.contains(document.activeElement)) return false;
  element.setAttribute("data-held", "");
  return true;
}

function release() {
  for (const element of document.querySelectorAll("[data-held]")) {
    const part = element.closest("[data-live]");
    if (!part?.contains(pointed) && !element.contains(document.activeElement)) element.remove();
  }
}
setInterval(release, 1_000);

export function morph(from, to) {
  // A flash that has been shown starts anew.
  for (const shown of from.querySelectorAll(".flash")) shown.classList.remove("flash");
  void from.offsetWidth;
  update(from, to);
}

globalThis.htmx?.defineExtension("morph", {
  isInlineSwap: (style) => style === "morph",
  handleSwap(style, target, fragment) {
    if (style !== "morph") return false;
    const fresh = fragment.firstElementChild ?? fragment;
    if (!isAlike(target, fresh)) {
      target.replaceWith(fresh);
      return [fresh];
    }
    morph(target, fresh);
    setTimeout(() => target.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true, detail: { elt: target, target } })), 30);
    return [target];
  },
});
