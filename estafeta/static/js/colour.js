// A colour is typed, picked in the browser's own field, or taken from those that are offered.
import { whenAdded } from "./dom.js";

whenAdded("[data-colours]", (row) => {
  const field = row.closest("form").querySelector("[data-colour]");
  const picker = row.querySelector("[data-colour-picker]");
  const set = (value) => {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  row.hidden = false;
  for (const chip of row.querySelectorAll("[data-colour-value]")) chip.style.setProperty("--chip", chip.dataset.colourValue);
  row.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-colour-value]");
    if (chip) set((picker.value = chip.dataset.colourValue));
  });
  picker.addEventListener("input", () => set(picker.value));
  field.addEventListener("input", () => {
    if (/^#[0-9a-f]{6}$/i.test(field.value)) picker.value = field.value.toLowerCase();
  });
});
