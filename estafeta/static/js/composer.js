// Reply or note: the box changes its colour, its button and where it is sent. A client is not written to by mistake.
import { whenAdded } from "./dom.js";

const urlOf = (form) => form.dataset[form.dataset.kind === "note" ? "noteUrl" : "replyUrl"];
const asked = (form) => `client-told:${form.dataset.draft}`;

// Asked before the first reply of a ticket, and whenever a note becomes a reply.
function mustAsk(form, must) {
  const button = form.querySelector("[data-ask]");
  if (button && must) button.dataset.confirm = button.dataset.ask;
  else if (button) delete button.dataset.confirm;
}

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("[data-composer]");
  if (!form || event.target.name !== "kind" || !event.target.checked) return;
  const wasNote = form.dataset.kind === "note";
  form.dataset.kind = event.target.value;
  form.action = urlOf(form);
  if (event.target.value !== "reply") return;
  if (wasNote && form.querySelector("textarea").value.trim()) mustAsk(form, true);
  // What answers a note is a note.
  if (form.querySelector("[data-answers-kind='note']")) form.querySelector("[data-answers-drop]")?.click();
});

whenAdded("[data-composer]", (form) => mustAsk(form, !sessionStorage.getItem(asked(form))));

document.addEventListener("htmx:configRequest", (event) => {
  const form = event.detail.elt;
  if (form.matches("[data-composer]") && urlOf(form)) event.detail.path = urlOf(form);
});

document.addEventListener("htmx:afterRequest", (event) => {
  // The box has been replaced by now; the request knows the one that was sent.
  const { requestConfig, successful } = event.detail;
  const form = requestConfig?.elt;
  if (successful && form?.matches?.("[data-composer]") && form.dataset.kind === "reply") sessionStorage.setItem(asked(form), "yes");
});
