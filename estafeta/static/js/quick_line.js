// The quick line: Enter sends, Shift+Enter begins the text, Ctrl+Enter opens the full form; a candidate takes its place.
import { whenAdded } from "./dom.js";
import { forget } from "./drafts.js";

// What was typed stands on this page now, in the field or in the full form: it is not offered a second time.
whenAdded("form[data-quick-typed]", () => forget("quick-line"));

whenAdded("form[data-quick-line]", (form) => {
  const field = form.elements.line;
  // Once open it stays so: nothing moves away under a finger that goes elsewhere.
  form.addEventListener("focusin", () => form.classList.remove("quick-resting"), { once: true });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.altKey || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    const wanted = event.ctrlKey || event.metaKey ? "[data-quick-full]" : "[data-quick-save]";
    form.requestSubmit(form.querySelector(wanted));
  });
  form.addEventListener("click", (event) => {
    const candidate = event.target.closest('button[name="instead"]');
    if (!candidate) return;
    event.preventDefault();
    const [, ...rest] = field.value.split("\n");
    field.value = [candidate.value, ...rest].join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
});
