// Answers written once: a list over the page, filled for this ticket; what is chosen goes to the cursor.
import { make } from "./dom.js";
import { insert } from "./markdown.js";
import { find, markOption, messageItem, optionItem } from "./pick_options.js";
import { say } from "./words.js";

class Picker {
  constructor() {
    const label = say("templates");
    this.input = make("input", { type: "text", role: "combobox", autocomplete: "off", "aria-label": label, placeholder: label, "aria-expanded": "true", "aria-controls": "template-options", "aria-autocomplete": "list" });
    this.list = make("ul", { class: "palette-options template-options", id: "template-options", role: "listbox", "aria-label": label });
    this.manage = make("a", { class: "small" }, say("templates_manage"));
    this.dialog = make("dialog", { class: "dialog palette", "aria-label": label }, make("div", { class: "palette-field" }, this.input), this.list, make("div", { class: "template-foot" }, this.manage));
    document.body.append(this.dialog);
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[data-index]");
      if (item) this.take(Number(item.dataset.index));
    });
  }

  open(button) {
    this.button = button;
    this.area = button.form.querySelector("textarea");
    this.place = [this.area.selectionStart, this.area.selectionEnd];
    this.manage.href = button.dataset.templatesManage;
    this.input.value = "";
    this.show([]);
    if (!this.dialog.open) this.dialog.showModal();
    this.input.focus();
    this.ask();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 120);
  }

  async ask() {
    const text = this.input.value.trim();
    let found = [];
    let words = say("templates_none");
    try {
      found = await find(this.button.dataset.templates, text);
    } catch (refused) {
      words = refused.message;
    }
    if (text === this.input.value.trim()) this.show(found, words);
  }

  show(options, words = say("loading")) {
    this.options = options;
    this.at = 0;
    const items = options.map((option, index) => optionItem(option, `template-${index}`, index));
    this.list.replaceChildren(...(items.length ? items : [messageItem(words)]));
    markOption(this.list, this.input, this.at);
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.options.length) {
      event.preventDefault();
      this.at = (this.at + step + this.options.length) % this.options.length;
      markOption(this.list, this.input, this.at);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.take(this.at);
    }
  }

  take(index) {
    const option = this.options[index];
    if (!option) return;
    this.dialog.close();
    if (this.area.hidden) this.button.form.querySelector("[data-preview]")?.click();
    this.area.focus();
    this.area.setSelectionRange(...this.place);
    insert(this.area, option.text);
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

let picker = null;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-templates]");
  if (button) (picker ??= new Picker()).open(button);
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.code !== "Period") return;
  const button = event.target.closest?.("form")?.querySelector("[data-templates]");
  if (!button) return;
  event.preventDefault();
  button.click();
});
