// The ticket page: what counts as read, printing.
import "./answer_templates.js";
import "./comments.js";
import { whenAdded } from "./dom.js";
import "./server_drafts.js";

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

whenAdded("[data-print]", (button) => button.addEventListener("click", () => print()));
