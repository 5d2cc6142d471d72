// Menus are native popovers; here they get their place beside the button, and the arrow keys.
import { isTyping } from "./dom.js";

const GAP = 6;

// Which button opened a menu that many share.
const openers = new WeakMap();
const openerOf = (menu) => openers.get(menu) ?? document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);

export function openAt(menu, button) {
  openers.set(menu, button);
  if (menu.matches(":popover-open")) place(menu);
  else menu.showPopover();
}

// On a phone a menu is a sheet at the lower edge, which the stylesheet places.
const isSheet = matchMedia("(max-width: 47.99rem)");
isSheet.addEventListener("change", () => document.querySelectorAll("[data-menu]:popover-open").forEach((menu) => menu.hidePopover()));

function place(menu) {
  const opener = openerOf(menu);
  if (!opener || isSheet.matches) return;
  const from = opener.getBoundingClientRect();
  const box = menu.getBoundingClientRect();
  const right = from.left + box.width > innerWidth - GAP;
  const left = right ? Math.max(GAP, from.right - box.width) : from.left;
  const below = from.bottom + GAP + box.height <= innerHeight || from.top < box.height;
  menu.style.left = `${Math.min(left, Math.max(GAP, innerWidth - box.width - GAP))}px`;
  const top = below ? from.bottom + GAP : from.top - GAP - box.height;
  // Where it fits neither below nor above it lies over the button: no entry may be out of reach.
  menu.style.top = `${Math.max(GAP, Math.min(top, innerHeight - box.height - GAP))}px`;
}

const items = (menu) => [...menu.querySelectorAll('[role^="menuitem"]')].filter((item) => item.checkVisibility());
const enter = (menu) => items(menu)[0]?.focus({ preventScroll: true });

document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target;
    if (!menu.matches?.("[data-menu]")) return;
    const opener = openerOf(menu);
    opener?.setAttribute("aria-expanded", event.newState === "open");
    if (event.newState !== "open") {
      // htmx hands attributes on to what it puts in place; the policy refuses a style there.
      // Asked for first: Chromium writes down what the script has set only then, and would leave it empty.
      if (menu.getAttribute("style") !== null) menu.removeAttribute("style");
      return;
    }
    place(menu);
    enter(menu);
  },
  true,
);

document.addEventListener("htmx:afterSettle", (event) => {
  const menu = event.target.closest?.("[data-menu]");
  if (!menu?.matches(":popover-open")) return;
  place(menu);
  // What a menu holds may come after it has opened.
  if (!menu.contains(document.activeElement)) enter(menu);
});

// The first entry of the group before or after.
function ofGroup(all, at, step) {
  const groups = [...new Set(all.map((item) => item.closest(".menu-group")).filter(Boolean))];
  if (groups.length < 2) return null;
  const to = groups.indexOf(all[at]?.closest(".menu-group")) + step;
  const group = groups.at(to % groups.length);
  return all.find((item) => item.closest(".menu-group") === group);
}

// Letters typed in a row find the entry that begins with them; the same letter again finds the next one.
let typed = "";
let typedAt = 0;

function named(all, at, key) {
  typed = Date.now() - typedAt < 700 ? typed + key : key;
  typedAt = Date.now();
  const isSame = [...typed].every((letter) => letter === typed[0]);
  const words = isSame ? typed[0] : typed;
  const from = isSame ? at + 1 : Math.max(at, 0);
  const turned = [...all.slice(from), ...all.slice(0, from)];
  return turned.find((item) => item.textContent.trim().toLocaleLowerCase().startsWith(words));
}

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.('[data-menu][role="menu"]');
  if (!menu || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const all = items(menu);
  const at = all.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  let item = null;
  if (to !== undefined) item = all.at(to % all.length);
  else if (event.key === "ArrowRight") item = ofGroup(all, at, 1);
  else if (event.key === "ArrowLeft") item = ofGroup(all, at, -1);
  else if (event.key.length === 1 && event.key !== " ") item = named(all, at, event.key.toLocaleLowerCase());
  else if (event.key === "Tab") menu.hidePopover();
  if (to === undefined && !item) return;
  event.preventDefault();
  item?.focus();
});

document.addEventListener("click", (event) => {
  const menu = event.target.closest('[role^="menuitem"]')?.closest("[data-menu]");
  if (menu?.matches(":popover-open")) menu.hidePopover();
});

addEventListener("scroll", () => document.querySelectorAll("[data-menu]:popover-open").forEach(place), { passive: true });
