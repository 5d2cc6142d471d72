// Asks before what cannot be undone, in words of its consequence; the button says the verb.
import { make } from "./dom.js";
import { say } from "./words.js";

const host = document.querySelector("[data-confirm-host]");

export function ask(text, verb, kind = "danger-primary") {
  return new Promise((resolve) => {
    const cancel = make("button", { type: "button", class: "button", value: "" }, say("cancel"));
    const go = make("button", { type: "button", class: `button button-${kind}` }, verb || say("confirm"));
    let answer = false;
    cancel.addEventListener("click", () => host.close());
    go.addEventListener("click", () => {
      answer = true;
      host.close();
    });
    host.addEventListener("close", () => resolve(answer), { once: true });
    host.replaceChildren(
      make("p", { class: "dialog-text", id: "confirm-text" }, text),
      make("div", { class: "dialog-foot" }, cancel, go),
    );
    host.showModal();
    cancel.focus();
  });
}

const question = (...elements) => elements.find((element) => element?.dataset?.confirm)?.dataset;

document.addEventListener("htmx:confirm", async (event) => {
  const asked = question(event.detail.triggeringEvent?.submitter, event.detail.elt);
  if (!asked) return;
  event.preventDefault();
  if (await ask(asked.confirm, asked.confirmVerb, asked.confirmKind)) event.detail.issueRequest(true);
});

// Plain forms: the second, confirmed submit passes.
const confirmed = new WeakSet();
document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    const asked = question(event.submitter, form);
    if (!asked || form.hasAttribute("hx-post") || confirmed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!(await ask(asked.confirm, asked.confirmVerb, asked.confirmKind))) return;
    confirmed.add(form);
    form.requestSubmit(event.submitter);
  },
  true,
);
