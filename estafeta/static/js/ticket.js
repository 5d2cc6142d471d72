// The ticket page: what counts as read, printing.
import "./answer_templates.js";
import "./comments.js";
import "./here.js";
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

// The story of a merged ticket lies in a box of a given height until somebody unfolds it.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-unfold-story]");
  const story = button?.closest(".story-inside");
  if (!story) return;
  button.setAttribute("aria-expanded", String(story.classList.toggle("story-unfolded")));
});
// Where all of it fits there is nothing to unfold.
document.addEventListener("htmx:afterSettle", (event) => {
  const box = event.target.closest?.(".story-inside-box");
  if (box) box.closest(".story-inside").classList.toggle("story-fits", box.scrollHeight <= box.clientHeight);
});
