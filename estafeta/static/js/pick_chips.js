// What is chosen in a picker: chips with hidden fields, and the part of the form for somebody new.
import { icon, make } from "./dom.js";
import { say } from "./words.js";

export class Chips {
  constructor(box, input, { name }) {
    this.box = box;
    this.input = input;
    this.name = name;
  }

  all() {
    return [...this.box.querySelectorAll("[data-pick-chip]")];
  }

  chosen() {
    return this.all().map((chip) => {
      const { value, name } = chip.querySelector("input");
      return [value, chip.firstChild.textContent, name];
    });
  }

  clear() {
    for (const chip of this.all()) chip.remove();
  }

  add(value, label, name = this.name) {
    const remove = make("button", { type: "button", "data-pick-remove": true, "aria-label": say("remove", { name: label }) }, icon("x"));
    const hidden = make("input", { type: "hidden", name, value });
    this.input.before(make("span", { class: "pick-chip", "data-pick-chip": true }, label, hidden, remove));
    this.showNew();
  }

  remove(chip) {
    chip.remove();
    this.showNew();
  }

  showNew() {
    const isNew = this.all().some((chip) => chip.querySelector("input").name === `${this.name}_new`);
    for (const part of document.querySelectorAll(`[data-pick-new="${CSS.escape(this.name)}"]`)) part.hidden = !isNew;
  }
}
