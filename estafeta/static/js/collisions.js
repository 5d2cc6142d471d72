// Somebody else acts on the ticket that is being written about: said at once where it is written, and what was
// shown there need not be said again when it is sent.
const WAIT = 150;
const SPREAD = 350;
const READ = 1_500;
const AGAIN = 5_000;

const story = () => document.getElementById("story-live");
const hasText = (form) => Boolean(form.querySelector('textarea[name="text"]')?.value.trim());

// Forms about this ticket into which something has been written, or a dialog that is open.
function writers(number) {
  const box = document.querySelector("form[data-composer]");
  const dialog = document.querySelector("dialog[open] form[action]");
  const found = box && story()?.dataset.ticket === String(number) && hasText(box) ? [box] : [];
  const isAbout = dialog && new RegExp(`^/tickets/${Number(number)}/`).test(dialog.getAttribute("action"));
  return isAbout && dialog.elements.seen ? [...found, dialog] : found;
}

// Shown long enough to be read, it counts as seen.
function seen(form, length) {
  const field = form.elements.seen;
  const shown = () => {
    if (document.hidden) document.addEventListener("visibilitychange", () => setTimeout(shown, READ), { once: true });
    else if (form.isConnected && Number(field.value) < length) field.value = length;
  };
  setTimeout(shown, READ);
}

async function look(number, form) {
  const slot = form.querySelector("[data-meanwhile-slot]");
  if (!slot) return;
  // From what the form was made with, so that the line tells everything that has happened since.
  form.dataset.seenFirst ??= form.elements.seen.value;
  const address = `/tickets/${Number(number)}/meanwhile?seen=${form.dataset.seenFirst}`;
  const answer = await fetch(address, { headers: { "HX-Request": "true" }, cache: "no-store" }).catch(() => null);
  if (!answer && form.isConnected) setTimeout(() => look(number, form), AGAIN);
  if (answer?.status !== 200 || answer.redirected || !form.isConnected) return;
  slot.innerHTML = await answer.text();
  slot.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
  seen(form, Number(slot.querySelector("[data-meanwhile]")?.dataset.meanwhile) || 0);
}

document.addEventListener("live:changed", ({ detail: { number } }) => {
  if (writers(number).length) setTimeout(() => writers(number).forEach((form) => look(number, form)), WAIT + Math.random() * SPREAD);
});

// Nothing is being written: what the story shows has been seen.
document.addEventListener("htmx:afterSettle", () => {
  const form = document.querySelector("form[data-composer]");
  const length = Number(story()?.dataset.length) || 0;
  if (form?.elements.seen && !hasText(form) && Number(form.elements.seen.value) < length) {
    form.elements.seen.value = length;
    delete form.dataset.seenFirst;
  }
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-meanwhile-look]");
  if (!link || !story() || link.closest("dialog")) return;
  event.preventDefault();
  story().querySelector(".timeline-item:last-child")?.scrollIntoView({ block: "center" });
});
