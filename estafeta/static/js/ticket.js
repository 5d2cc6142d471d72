// The ticket page and its forms: live refreshes, moments chosen by a press, printing.
import { whenAdded } from "./dom.js";

// A page in the background shows news without counting as read; it is read when somebody looks.
document.addEventListener("htmx:configRequest", (event) => {
  const { elt, parameters } = event.detail;
  if (!elt.matches('[data-live="ticket"]') || !document.hidden) return;
  parameters.hidden = "1";
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && document.querySelector('[data-live="ticket"]')) {
    document.body.dispatchEvent(new CustomEvent("live:ticket"));
  }
});

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

whenAdded("[data-print]", (button) => button.addEventListener("click", () => print()));
