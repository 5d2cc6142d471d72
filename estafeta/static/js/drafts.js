// What is typed into form[data-draft] stays in this browser until the server has confirmed it.
import { make, whenAdded } from "./dom.js";
import { isWholePage } from "./sending.js";
import { say } from "./words.js";

const PREFIX = "draft:";
const PENDING = "draft-pending";
const KEEP = 14 * 86_400_000;

const kept = (key) => {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key));
  } catch {
    return null;
  }
};
const keep = (key, values) => {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), values }));
  } catch {
    // A full or forbidden storage must not disturb the typing.
  }
};
export const forget = (key) => localStorage.removeItem(PREFIX + key);

// Text, choices and ticks; never passwords, files or the token.
const fields = (form) =>
  [...form.elements].filter(
    (field) => field.name && field.name !== "csrfmiddlewaretoken" && !/^(password|file|submit|button|hidden)$/.test(field.type),
  );

function collect(form) {
  const values = {};
  for (const field of fields(form)) {
    if (/^(checkbox|radio)$/.test(field.type)) {
      if (field.checked) (values[field.name] ??= []).push(field.value);
    } else (values[field.name] ??= []).push(field.value);
  }
  for (const pick of form.querySelectorAll("[data-pick]")) values[`pick:${pick.dataset.name}`] = pick.chosen?.() ?? [];
  for (const box of form.querySelectorAll("[data-files]")) values[`files:${box.dataset.name}`] = box.chosen?.() ?? [];
  return values;
}

function fill(form, values) {
  const left = structuredClone(values);
  for (const field of fields(form)) {
    if (/^(checkbox|radio)$/.test(field.type)) field.checked = (values[field.name] ?? []).includes(field.value);
    else if (left[field.name]?.length) field.value = left[field.name].shift();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  for (const pick of form.querySelectorAll("[data-pick]")) pick.choose?.(values[`pick:${pick.dataset.name}`] ?? []);
  for (const box of form.querySelectorAll("[data-files]")) box.choose?.(values[`files:${box.dataset.name}`] ?? []);
}

const hasText = (values) =>
  Object.entries(values).some(([name, list]) => /^(pick|files):/.test(name) ? list.length : list.some((text) => text.trim?.()));

function offerBack(form, key, draft) {
  const before = collect(form);
  if (JSON.stringify(before) === JSON.stringify(draft.values) || !hasText(draft.values)) return;
  // What the server filled in after a refused send is newer than the draft.
  if (form.querySelector('[aria-invalid="true"]')) return;
  fill(form, draft.values);
  const discard = make("button", { type: "button", class: "button button-quiet button-small" }, say("discard"));
  const line = make("div", { class: "restored", role: "status" }, make("span", {}, say("restored")), discard);
  discard.addEventListener("click", () => {
    fill(form, before);
    forget(key);
    line.remove();
  });
  (form.querySelector(".dialog-body") ?? form).prepend(line);
}

whenAdded("form[data-draft]", (form) => {
  const key = form.dataset.draft;
  const draft = kept(key);
  // Picks and toolbars bind to the same new content; they must be ready first.
  if (draft) setTimeout(() => offerBack(form, key, draft));
  let timer = 0;
  const save = () => {
    timer = 0;
    if (form.isConnected) keep(key, collect(form));
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, 300);
  };
  // Whoever leaves at once loses nothing either.
  addEventListener("pagehide", () => timer && save());
  form.addEventListener("input", later);
  form.addEventListener("pick", later);
  const sent = () => {
    clearTimeout(timer);
    timer = 0;
  };
  form.addEventListener("submit", () => {
    keep(key, collect(form));
    sent();
    if (!form.hasAttribute("hx-post")) sessionStorage.setItem(PENDING, key);
  });
});

// Before the swap, for the answer may hold a fresh form of the same key; 204 swaps nothing.
function confirmed(event) {
  const { elt, xhr } = event.detail;
  const accepted = xhr.status >= 200 && xhr.status < 400 && !isWholePage(xhr);
  if (accepted && elt.matches("form[data-draft]")) forget(elt.dataset.draft);
}
document.addEventListener("htmx:beforeSwap", confirmed);
document.addEventListener("htmx:afterRequest", (event) => event.detail.xhr.status === 204 && confirmed(event));

// A plain form is confirmed when its send was answered by a redirect to a page of a signed-in person.
const pending = sessionStorage.getItem(PENDING);
if (pending) {
  const [way] = performance.getEntriesByType("navigation");
  sessionStorage.removeItem(PENDING);
  if (way?.redirectCount > 0 && document.querySelector("[data-shell]")) forget(pending);
}

for (const name of Object.keys(localStorage)) {
  if (!name.startsWith(PREFIX)) continue;
  const draft = kept(name.slice(PREFIX.length));
  if (!draft || Date.now() - draft.at > KEEP) localStorage.removeItem(name);
}
