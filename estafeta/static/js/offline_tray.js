// What waits for the network or for a decision: a button above the bottom bar, a list behind it, a line on the ticket.
import { make, icon } from "./dom.js";
import { closeDialog } from "./dialogs.js";
import { button, itemOf, line, needsMe, STATES } from "./offline_card.js";
import { add, all, drop, hear, put } from "./offline_store.js";
import { sendNow } from "./offline_queue.js";
import { toast } from "./toasts.js";
import { say } from "./words.js";

const AGAIN = 20_000;
const me = document.getElementById("me");
const person = me ? JSON.parse(me.textContent).person : null;
let mine = [];
let timer = 0;

async function read() {
  mine = (await all("acts")).filter((act) => act.person === person);
  return mine;
}

function tray() {
  document.querySelector("[data-tray]")?.remove();
  if (!mine.length) return;
  const stopped = mine.filter(needsMe).length;
  const words = stopped ? say("acts_need_you", { count: stopped }) : say("acts_wait", { count: mine.length });
  const button = make("button", { type: "button", class: `tray${stopped ? " tray-asks" : ""}`, "data-tray": true, "aria-haspopup": "dialog" }, icon(stopped ? "alert-circle" : "wifi-off"), words);
  button.addEventListener("click", open);
  document.querySelector("[data-shell]")?.append(button);
}

// Beside the verbs of the ticket, and in its row of a list.
function marks() {
  document.querySelectorAll("[data-pending]").forEach((old) => old.remove());
  const here = Number(document.querySelector("[data-ticket-page]")?.dataset.ticketPage) || 0;
  const acts = mine.filter((act) => act.ticket && act.ticket === here);
  if (acts.length) {
    const list = make("ul", { class: "pending", "data-pending": true, "aria-label": say("acts_here") }, ...acts.map((act) => line(act, does)));
    document.getElementById("ticket-top")?.append(list);
  }
  for (const act of mine) {
    const row = act.ticket && act.ticket !== here && document.getElementById(`row-${act.ticket}`);
    const place = row && row.querySelector(".list-what");
    if (place) place.append(make("span", { class: "pending-mark", "data-pending": true }, icon("clock"), `${act.label}: ${say(STATES[act.state])}`));
  }
}

async function again(act) {
  await put("acts", { ...act, state: "waiting", seen: act.told?.seen ?? act.seen, told: undefined });
  await refresh();
  await sendNow();
}

// Back into its form, with its files: to be changed and sent as something new.
async function change(act) {
  const files = act.files.map(({ name, blob }) => ({ name, blob }));
  const shared = await add("shared", { person, files, fields: act.fields, act: act.id });
  location.href = `${formOf(act)}?shared=${shared}`;
}

const does = { again, change, drop: async (act) => (await drop("acts", act.id), await refresh()) };
const formOf = ({ ticket, verb, url }) => (/^(reply|note)$/.test(verb) ? `/tickets/${ticket}` : url);

function open() {
  const host = document.querySelector("[data-dialog-host]");
  if (!host) return;
  const close = make("button", { type: "button", class: "button button-icon button-quiet", "data-close": true, "aria-label": say("close") }, icon("x"));
  const now = button(say("acts_send_now"), "primary", async () => tellHow(await sendNow()));
  host.replaceChildren(make("div", { class: "dialog-form", "data-tray-list": true },
    make("div", { class: "dialog-head" }, make("h2", { id: "dialog-title" }, say("acts_title")), close),
    make("div", { class: "dialog-body" }, make("p", { class: "soft small" }, say("acts_explained")), make("ul", { class: "acts" }, ...mine.map((act) => itemOf(act, does)))),
    make("div", { class: "dialog-foot" }, now))); // prettier-ignore
  if (!host.open) host.showModal();
}

function tellHow(how) {
  if (how === "offline") toast({ text: say("acts_still_offline"), tone: "warning" });
  if (how === "signed-out") toast({ text: say("acts_signed_out"), tone: "warning", url: location.href, link: say("reload") });
}

async function refresh() {
  await read();
  tray();
  marks();
  const out = document.querySelector('form[action="/sign-out"] button');
  if (out && mine.length) Object.assign(out.dataset, { confirm: say("acts_sign_out", { count: mine.length }), confirmVerb: out.textContent.trim() });
  else if (out) delete out.dataset.confirm;
  if (document.querySelector("[data-tray-list]")) mine.length ? open() : closeDialog();
  clearInterval(timer);
  if (mine.some((act) => act.state === "waiting")) timer = setInterval(() => document.hidden || sendNow(), AGAIN);
}

function begin() {
  hear((event, data) => {
    refresh();
    if (data.act?.person !== person) return;
    if (event === "sent") {
      toast({ text: data.words, url: data.path || `/tickets/${data.act.ticket}`, link: say("act_look") });
      for (const name of ["live:list", "live:counters", "live:ticket"]) document.body.dispatchEvent(new CustomEvent(name));
    }
    if (event === "stopped") toast({ text: say("act_stopped", { act: data.act.label }), tone: "warning" });
  });
  document.addEventListener("offline:changed", refresh);
  document.addEventListener("htmx:afterSettle", () => mine.length && marks());
  for (const name of ["online", "pageshow"]) addEventListener(name, () => sendNow());
  document.addEventListener("visibilitychange", () => document.hidden || (mine.length && sendNow()));
  refresh();
}

if (person !== null && "indexedDB" in window) begin();
