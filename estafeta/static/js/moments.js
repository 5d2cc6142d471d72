// Moments that are chosen often, as buttons beside a field of date and time.
import { whenAdded } from "./dom.js";

whenAdded("[data-moments-for]", (box) => {
  const field = document.getElementById(box.dataset.momentsFor);
  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-moment-value]");
    if (!button || !field) return;
    field.value = button.dataset.momentValue;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
});
