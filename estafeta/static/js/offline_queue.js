// Acts that cannot reach the server wait on this device: taken out of the hands of htmx and of plain forms.
import { closeDialog } from "./dialogs.js";
import { forget } from "./drafts.js";
import { add, tell } from "./offline_store.js";
import { send } from "./offline_send.js";
import { toast } from "./toasts.js";
import { say } from "./words.js";

const me = document.getElementById("me");
const person = me ? JSON.parse(me.textContent).person : null;
const ACT = /^\/tickets\/(\d+)\/(\w+)$/;
// What a phone does in a cellar. The rest is refused at once, with what was typed still there.
const CAN_WAIT = new Set(
  "take release reply note complete accept return_to_work hand_over assign wait resume acknowledge reopen cancel follow unfollow accept_hand_over decline_hand_over attach".split(" "),
);
const SOON = 1_000;
const ABOUT_ITSELF = new Set(["csrfmiddlewaretoken", "seen", "key", "upload", "hidden"]);

export const isOffline = () => !navigator.onLine || document.documentElement.dataset.keptAt !== undefined;

function seenOn(element, number) {
  const place = element?.closest?.("[data-seen]") ?? document.querySelector(`[data-number="${number}"][data-seen], #ticket-top[data-seen]`);
  return place ? Number(place.dataset.seen) : null;
}

const keptFiles = (form) => [...(form?.querySelectorAll("[data-file-kept]") ?? [])].map(({ kept }) => ({ name: kept.name, blob: kept }));
const titleOf = (number, element) => {
  const row = element?.closest?.("[data-row]") ?? document.getElementById(`row-${number}`);
  return (row?.querySelector("[data-row-link]") ?? document.querySelector("#ticket-top h1"))?.textContent.trim() ?? "";
};

export async function keep({ path, data, element, form = null, label }) {
  const url = new URL(path, location.origin);
  const [, number = "0", verb = "open"] = ACT.exec(url.pathname) ?? [];
  const entries = [...data].filter(([, value]) => typeof value === "string");
  const given = new Map(entries);
  const seen = given.get("seen") || url.searchParams.get("seen");
  const act = {
    person, verb, label,
    ticket: Number(number),
    title: titleOf(number, element) || given.get("title") || "",
    url: url.pathname,
    fields: entries.filter(([name]) => !ABOUT_ITSELF.has(name)),
    // Acts without a form have none: the server makes one of the verb and of what was seen.
    key: given.get("key") || (url.searchParams.has("seen") ? "" : crypto.randomUUID()),
    seen: seen ? Number(seen) : seenOn(element, number),
    files: keptFiles(form),
    text: given.get("text") || given.get("reason") || given.get("title") || "",
    state: "waiting",
  }; // prettier-ignore
  await add("acts", act);
  tell("kept");
  document.dispatchEvent(new CustomEvent("offline:changed"));
  toast({ text: say("act_waits", { act: label }), tone: "info" });
  setTimeout(sendNow, SOON);
  navigator.storage?.persist?.().catch(() => {});
  navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("acts")).catch(() => {});
}

// The form has done its work here: it is empty for the next one, which has a key of its own.
function clear(form) {
  if (form.dataset.draft) forget(form.dataset.draft);
  form.removeAttribute("data-changed");
  if (form.closest("#dialog")) {
    closeDialog();
    return;
  }
  for (const area of form.querySelectorAll("textarea, input[type=text]")) area.value = "";
  for (const box of form.querySelectorAll("[data-files]")) box.choose?.([]);
  if (form.elements.key) form.elements.key.value = crypto.randomUUID();
  form.querySelector("[data-answers-drop]")?.click();
  form.dispatchEvent(new Event("input", { bubbles: true }));
  if (form.dataset.draft) forget(form.dataset.draft);
}

function labelOf(element, submitter) {
  const pressed = submitter ?? (element.matches("form") ? element.querySelector("[type=submit].button-primary, [type=submit]") : element);
  return (pressed?.getAttribute("aria-label") || pressed?.textContent || "").trim();
}

function visibleSubmit(form) {
  return [...form.querySelectorAll("[type=submit]")].find((button) => button.offsetParent !== null);
}

function asAct({ elt, requestConfig }) {
  if (!requestConfig || requestConfig.verb !== "post" || person === null) return null;
  const path = requestConfig.path;
  const found = ACT.exec(new URL(path, location.origin).pathname);
  if (!found || !CAN_WAIT.has(found[2])) return null;
  const form = elt.matches("form") ? elt : null;
  const data = requestConfig.unfilteredFormData ?? requestConfig.formData;
  const label = labelOf(elt, form && (requestConfig.triggeringEvent?.submitter ?? visibleSubmit(form)));
  return { path, data: requestConfig.formData ?? data, element: elt, form, label };
}

async function take(act) {
  await keep(act);
  if (act.form) clear(act.form);
}

// Before all others (capture): what is taken out of their hands is no failure to tell of.
// A file that is still here goes with its form by way of the device, also when the network is back by then.
const mustWait = (element) => isOffline() || Boolean(element.querySelector("[data-file-kept]"));

document.addEventListener("htmx:beforeRequest", (event) => {
  if (!mustWait(event.detail.elt)) return;
  const act = asAct(event.detail);
  if (!act) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  take(act);
}, true);

// The network was there a moment ago; the answer may be lost, so it is sent again with the same key.
document.addEventListener("htmx:sendError", (event) => {
  const { requestConfig } = event.detail;
  // What a page fetches by itself fails quietly: nobody asked for it.
  if (requestConfig?.verb === "get" && !/^(click|submit|change|input|key)/.test(requestConfig.triggeringEvent?.type ?? "")) {
    event.stopImmediatePropagation();
    return;
  }
  const act = asAct(event.detail);
  if (!act) return;
  event.stopImmediatePropagation();
  take(act);
}, true);

// A new ticket is a plain form.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.matches?.("[data-new-ticket]") || !mustWait(form) || event.defaultPrevented) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    take({ path: form.action, data: new FormData(form), element: form, form, label: labelOf(form, event.submitter) });
  },
  true,
);

export async function sendNow() {
  const how = await send();
  document.dispatchEvent(new CustomEvent("offline:changed", { detail: { how } }));
  return how;
}
