// Completes a name while it is typed after an @: the list stands under the text, arrows choose, Enter or Tab takes.
import { whenAdded } from "./dom.js";
import { find, markOption, messageItem, optionItem } from "./pick_options.js";
import { say } from "./words.js";

const TYPED = /(?:^|[^\p{L}\p{N}_@./-])@([\p{L}\p{N}_.-]{0,40})$/u;
let made = 0;

const sourceOf = (area) => (area.closest("[data-mentions]") ?? document.querySelector("[data-mentions]"))?.dataset.mentions;

class Mentions {
  constructor(area) {
    this.area = area;
    this.options = [];
    this.at = -1;
    this.turn = 0;
    this.list = document.createElement("ul");
    Object.assign(this.list, { className: "pick-options mention-options", id: `mentions-${++made}`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", say("call_somebody"));
    area.after(this.list);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", this.list.id);
    area.addEventListener("input", () => this.look());
    area.addEventListener("click", () => this.look());
    area.addEventListener("keydown", (event) => this.key(event));
    area.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[data-index]");
      if (item) this.take(this.options[Number(item.dataset.index)]);
    });
  }

  typed() {
    if (this.area.selectionStart !== this.area.selectionEnd) return null;
    return TYPED.exec(this.area.value.slice(Math.max(0, this.area.selectionStart - 60), this.area.selectionStart));
  }

  look() {
    clearTimeout(this.timer);
    if (!this.typed()) return this.close();
    this.timer = setTimeout(() => this.ask(), 150);
  }

  async ask() {
    const typed = this.typed();
    const source = sourceOf(this.area);
    if (!typed || !source) return this.close();
    const turn = ++this.turn;
    let results = [];
    try {
      results = await find(source, typed[1]);
    } catch {
      return this.close();
    }
    if (turn !== this.turn || document.activeElement !== this.area || !this.typed()) return;
    this.show(results, typed[1]);
  }

  show(results, text) {
    this.options = results;
    this.at = results.length ? 0 : -1;
    if (!results.length && !text) return this.close();
    const items = results.map((option, index) => optionItem(option, `${this.list.id}-${index}`, index));
    if (!items.length) items.push(messageItem(say("nothing_found")));
    this.list.replaceChildren(...items);
    this.list.hidden = false;
    this.list.scrollIntoView({ block: "nearest" });
    markOption(this.list, this.area, this.at);
  }

  close() {
    this.turn += 1;
    this.list.hidden = true;
    this.area.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.options.length) {
      event.preventDefault();
      this.at = (this.at + step + this.options.length) % this.options.length;
      markOption(this.list, this.area, this.at);
    } else if (["Enter", "Tab"].includes(event.key) && !event.ctrlKey && !event.metaKey && this.options[this.at]) {
      event.preventDefault();
      event.stopPropagation();
      this.take(this.options[this.at]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  take(option) {
    const typed = this.typed();
    if (!typed) return this.close();
    const end = this.area.selectionStart;
    this.area.focus();
    this.area.setSelectionRange(end - typed[1].length, end);
    // execCommand is the only way that keeps the browser's own undo.
    const text = `${option.value} `;
    if (!document.execCommand("insertText", false, text)) this.area.setRangeText(text, end - typed[1].length, end, "end");
    this.close();
  }
}

whenAdded("[data-markdown] textarea, textarea[data-calls]", (area) => new Mentions(area));
