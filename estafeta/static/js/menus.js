// Menus are native popovers; here they get their place beside the button, and the arrow keys.
const GAP = 6;

// Which button opened a menu that many share.
const openers = new WeakMap();
const openerOf = (menu) => openers.get(menu) ?? document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);

export function openAt(menu, button) {
  openers.set(menu, button);
  if (menu.matches(":popover-open")) place(menu);
  else menu.showPopover();
}

function place(menu) {
  const opener = openerOf(menu);
  if (!opener) return;
  const from = opener.getBoundingClientRect();
  const box = menu.getBoundingClientRect();
  const right = from.left + box.width > innerWidth - GAP;
  const left = right ? Math.max(GAP, from.right - box.width) : from.left;
  const below = from.bottom + GAP + box.height <= innerHeight || from.top < box.height;
  menu.style.left = `${Math.min(left, Math.max(GAP, innerWidth - box.width - GAP))}px`;
  menu.style.top = `${below ? from.bottom + GAP : from.top - GAP - box.height}px`;
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

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.('[data-menu][role="menu"]');
  if (!menu) return;
  const all = items(menu);
  const at = all.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  all.at(to % all.length)?.focus();
});

document.addEventListener("click", (event) => {
  const menu = event.target.closest('[role^="menuitem"]')?.closest("[data-menu]");
  if (menu?.matches(":popover-open")) menu.hidePopover();
});

addEventListener("scroll", () => document.querySelectorAll("[data-menu]:popover-open").forEach(place), { passive: true });
