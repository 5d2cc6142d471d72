// A combobox fed by data-source; what is chosen becomes chips with hidden fields.
import { whenAdded } from "./dom.js";
import { Chips } from "./pick_chips.js";
import { find, markOption, messageItem, optionItem } from "./pick_options.js";
import { say } from "./words.js";

class Pick {
  constructor(root) {
    this.root = root;
    this.input = root.querySelector('[role="combobox"]');
    this.list = root.querySelector('[role="listbox"]');
    this.box = root.querySelector(".pick-box");
    this.chips = new Chips(this.box, this.input, root.dataset);
    this.options = [];
    this.at = -1;
    this.asked = 0;
    root.chosen = () => this.chips.chosen();
    root.choose = (pairs) => this.replace(pairs);
    this.input.addEventListener("input", () => {
      this.owe();
      this.later();
    });
    this.input.addEventListener("focus", () => this.later(0));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.leave(), 120));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[data-index]");
      if (item) this.take(this.options[Number(item.dataset.index)]);
    });
    this.box.addEventListener("click", (event) => {
      const remove = event.target.closest("[data-pick-remove]");
      if (remove) this.remove(remove.closest("[data-pick-chip]"));
      else this.input.focus();
    });
  }

  replace(pairs) {
    this.chips.clear();
    for (const [value, label, name] of pairs) this.chips.add(value, label, name);
  }

  later(delay = 180) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), delay);
  }

  async ask() {
    const text = this.input.value.trim();
    const turn = ++this.asked;
    let results;
    try {
      results = await find(this.root.dataset.source, text);
    } catch (refused) {
      return this.show([], refused.message);
    }
    if (turn !== this.asked || document.activeElement !== this.input) return;
    const taken = new Set(this.chips.chosen().map(([value]) => value));
    const options = results.filter((result) => !taken.has(String(result.value)));
    if (this.root.dataset.create && text) options.push({ value: text, label: text, create: true });
    this.found = text;
    this.show(options, options.length ? "" : say("nothing_found"));
  }

  show(options, message) {
    this.options = options;
    this.at = options.length ? 0 : -1;
    const items = options.map((option, index) => optionItem(option, `${this.list.id}-${index}`, index, this.root.dataset.create));
    if (message) items.push(messageItem(message));
    this.list.replaceChildren(...items);
    this.list.hidden = items.length === 0;
    this.input.setAttribute("aria-expanded", !this.list.hidden);
    markOption(this.list, this.input, this.at);
  }

  close() {
    this.asked += 1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  // What is typed and not chosen would be lost on the way: the browser asks for a choice before it sends.
  owe() {
    this.input.setCustomValidity(this.input.value.trim() ? say("choose") : "");
  }

  // Whoever leaves the field having typed what means one thing only has chosen it.
  leave() {
    if (document.activeElement === this.input) return;
    if (!this.input.checkVisibility()) this.input.value = "";
    this.owe();
    const [only, ...others] = this.list.hidden ? [] : this.options;
    const text = this.input.value.trim();
    if (text && text === this.found && only && !only.create && !others.length) this.take(only);
    else this.close();
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (this.list.hidden) return this.later(0);
      if (this.options.length) this.at = (this.at + step + this.options.length) % this.options.length;
      markOption(this.list, this.input, this.at);
    } else if (event.key === "Enter" && !this.list.hidden && this.options[this.at]) {
      event.preventDefault();
      this.take(this.options[this.at]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Backspace" && !this.input.value) this.remove(this.chips.all().at(-1));
  }

  take(option) {
    if (!("multiple" in this.root.dataset)) this.chips.clear();
    this.chips.add(option.value, option.label, option.create ? `${this.root.dataset.name}_new` : undefined);
    this.input.value = "";
    this.owe();
    this.close();
    this.changed();
  }

  remove(chip) {
    if (!chip) return;
    this.chips.remove(chip);
    this.input.focus();
    this.changed();
  }

  changed() {
    this.root.dispatchEvent(new CustomEvent("pick", { bubbles: true, detail: { chosen: this.chips.chosen() } }));
  }
}

whenAdded("[data-pick]", (root) => new Pick(root));
