// Dialogs that cannot be fetched: made of the kit that this device keeps (/phone/kit).
import { make } from "./dom.js";
import { isOffline } from "./offline_queue.js";
import { toast } from "./toasts.js";
import { say } from "./words.js";

const PAGE = /^\/tickets\/(\d+)\/(\w+)$/;

async function kit() {
  if (!("caches" in window)) return null;
  for (const name of await caches.keys()) {
    if (!name.startsWith("seen-")) continue;
    const found = await (await caches.open(name)).match("/phone/kit");
    if (found) return new DOMParser().parseFromString(await found.text(), "text/html");
  }
  return null;
}

async function show(opener, number, verb) {
  const template = (await kit())?.querySelector(`template[data-verb="${verb}"]`);
  if (!template) {
    toast({ text: say("offline_cannot"), tone: "warning" });
    return;
  }
  const host = document.querySelector("[data-dialog-host]");
  host.replaceChildren(document.importNode(template.content, true));
  const form = host.querySelector("form");
  const place = opener.closest("[data-seen]") ?? document.querySelector("#ticket-top[data-seen]");
  for (const name of ["action", "hx-post"]) form.setAttribute(name, `/tickets/${number}/${verb}`);
  form.dataset.draft = `ticket-${number}-${verb}`;
  if (place) form.prepend(make("input", { type: "hidden", name: "seen", value: place.dataset.seen }));
  form.prepend(make("input", { type: "hidden", name: "key", value: crypto.randomUUID() }));
  globalThis.htmx?.process(host);
  host.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: host } }));
  if (!host.open) host.showModal();
  host.querySelector("select, textarea")?.focus();
}

function wanted({ elt, requestConfig, pathInfo }) {
  const path = requestConfig?.path ?? pathInfo?.requestPath;
  const found = path && requestConfig?.verb === "get" && elt.getAttribute("hx-target") === "#dialog" && PAGE.exec(new URL(path, location.origin).pathname);
  return found ? { elt, number: found[1], verb: found[2] } : null;
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const asked = isOffline() && wanted(event.detail);
  if (!asked) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  show(asked.elt, asked.number, asked.verb);
}, true);
document.addEventListener("htmx:sendError", (event) => {
  const asked = wanted(event.detail);
  if (!asked) return;
  event.stopImmediatePropagation();
  show(asked.elt, asked.number, asked.verb);
}, true);
