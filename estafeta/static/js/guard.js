// Nothing is sent twice by an impatient press, and nothing typed is left behind unasked.
import { whenAdded } from "./dom.js";

const busy = new WeakMap();

function start(form, button) {
  busy.set(form, button);
  button?.setAttribute("aria-busy", "true");
}

function free(form) {
  busy.get(form)?.removeAttribute("aria-busy");
  busy.delete(form);
}

const sendButton = (form, submitter) => submitter ?? form.querySelector('[type="submit"]');

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    // What is only shown in a frame beside the form leaves the form as it is.
    if (form.method !== "post" || event.submitter?.formTarget) return;
    if (busy.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (form.matches("[hx-post], [data-sends-itself]")) return;
    queueMicrotask(() => {
      if (event.defaultPrevented) return;
      form.removeAttribute("data-changed");
      start(form, sendButton(form, event.submitter));
    });
  },
  true,
);

// htmx may ask first (data-confirm), so its forms are busy only from here on.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, requestConfig } = event.detail;
  if (elt.matches("form")) start(elt, sendButton(elt, requestConfig.triggeringEvent?.submitter));
  else if (elt.matches("button")) elt.setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful } = event.detail;
  free(elt);
  elt.removeAttribute("aria-busy");
  if (successful && elt.matches("form")) elt.removeAttribute("data-changed");
});

addEventListener("pageshow", () => document.querySelectorAll("form").forEach(free));

whenAdded("form[data-guard]", (form) => {
  form.addEventListener("input", () => form.setAttribute("data-changed", ""));
});

// Drafts are kept by drafts.js and need no question.
addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-guard][data-changed]:not([data-draft])")) event.preventDefault();
});
