// Small pictures: chosen from a box, or completed after a colon by their name in any of our languages.
import { make } from "./dom.js";
import { insert } from "./markdown.js";
import { markOption } from "./pick_options.js";

const TYPED = /(?:^|\s):([\p{L}]{2,20})$/u;
const MOST = 8;
const LANGUAGES = ["en", "ru", "uk"];
let known = null;

const load = async (url) => (known ??= await fetch(url).then((answer) => answer.json()).catch(() => null));
const nameOf = (names) => names[Math.max(LANGUAGES.indexOf(document.documentElement.lang), 0)];

export function emoji(form, text) {
  const box = form.querySelector("[data-emoji-box]");
  const button = form.querySelector("[data-emoji]");
  const url = form.dataset.emojiUrl;
  const list = make("ul", { class: "pick-options mention-options", id: "emoji-names", role: "listbox", "aria-label": box.getAttribute("aria-label"), hidden: true });
  let found = [];
  let at = 0;
  text.after(list);

  async function fill() {
    const all = await load(url);
    if (!all || box.childElementCount) return;
    const grid = make("div", { class: "emoji-grid" });
    for (const [sign, ...names] of all) {
      grid.append(make("button", { type: "button", "data-sign-of": sign, "aria-label": nameOf(names), title: `:${nameOf(names)}:` }, sign));
    }
    box.append(grid);
  }

  button.addEventListener("click", async () => {
    await fill();
    const from = button.getBoundingClientRect();
    box.togglePopover();
    if (!box.matches(":popover-open")) return;
    const { width, height } = box.getBoundingClientRect();
    box.style.left = `${Math.max(8, Math.min(from.right - width, innerWidth - width - 8))}px`;
    box.style.top = `${Math.max(8, from.top - height - 8)}px`;
    box.querySelector("button")?.focus();
  });
  box.addEventListener("toggle", (event) => button.setAttribute("aria-expanded", event.newState === "open"));
  box.addEventListener("click", (event) => {
    const sign = event.target.closest("[data-sign-of]")?.dataset.signOf;
    if (!sign) return;
    box.hidePopover();
    insert(text, sign);
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
    if (!step) return;
    const all = [...box.querySelectorAll("button")];
    event.preventDefault();
    all[all.indexOf(document.activeElement) + step]?.focus();
  });

  const typed = () => TYPED.exec(text.value.slice(Math.max(0, text.selectionStart - 30), text.selectionStart));
  const close = () => {
    list.hidden = true;
    found = [];
  };

  async function look() {
    if (!typed()) return close();
    const all = await load(url);
    const name = typed()?.[1].toLowerCase();
    if (!all || !name) return close();
    found = all.filter(([, ...names]) => names.some((one) => one.startsWith(name))).slice(0, MOST);
    at = 0;
    list.replaceChildren(
      ...found.map(([sign, ...names], index) =>
        make("li", { class: "pick-option", role: "option", id: `emoji-names-${index}`, "data-index": index }, make("span", { class: "emoji-sign" }, sign), make("span", {}, nameOf(names))),
      ),
    );
    list.hidden = !found.length;
    if (found.length) markOption(list, text, at);
  }

  function take(index) {
    const length = typed()?.[1].length;
    if (length == null || !found[index]) return close();
    const [sign] = found[index];
    const end = text.selectionStart;
    text.focus();
    text.setSelectionRange(end - length - 1, end);
    insert(text, sign);
    close();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  text.addEventListener("input", look);
  text.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => take(Number(event.target.closest("[data-index]")?.dataset.index)));
  text.addEventListener("keydown", (event) => {
    if (list.hidden || event.defaultPrevented) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      at = (at + step + found.length) % found.length;
      markOption(list, text, at);
    } else if (event.key === "Enter" || event.key === "Tab") take(at);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}
