// Sends what waits: in order for each ticket, each act once (its key says so to the server), by its own person only.
import { all, drop, put, tell } from "./offline_store.js";

const LATER = [0, 408, 425, 429, 500, 502, 503, 504];

// Who is signed in now, with the token of this moment. null: no network. false: nobody.
export async function hello() {
  try {
    const answer = await fetch("/phone/hello", { headers: { "HX-Request": "true" }, credentials: "same-origin", cache: "no-store" });
    if (answer.status === 401 || answer.redirected) return false;
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

const headers = (me) => ({ "X-CSRFToken": me.token, "HX-Request": "true", Accept: "application/json" });

async function asked(url, me, body) {
  try {
    const answer = await fetch(url, { method: "POST", credentials: "same-origin", headers: headers(me), body });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    return { status: answer.redirected ? 401 : answer.status, told: isJson ? await answer.json() : null };
  } catch {
    return { status: 0, told: null };
  }
}

// Files first: their ids are part of what is sent, and must be the same if it has to be sent again.
async function bringFiles(act, me) {
  for (const file of act.files.filter((one) => !one.sentAs)) {
    const body = new FormData();
    body.append("name", file.name);
    body.append("file", file.blob, file.name);
    const { status, told } = await asked("/attachments", me, body);
    if (status !== 201) return { status, told: told && { problem: `${file.name}: ${told.error}` } };
    file.sentAs = String(told.id);
    await put("acts", act);
  }
  return null;
}

function bodyOf(act) {
  const body = new URLSearchParams(act.fields);
  for (const file of act.files) body.append("files", file.sentAs);
  if (act.seen != null) body.set("seen", act.seen);
  if (act.key) body.set("key", act.key);
  return body;
}

// Whether those behind it may go on.
async function settle(act, { status, told }) {
  if (status === 200 && told) {
    await drop("acts", act.id);
    if (told.seen) await seenUpTo(act, told.seen);
    tell("sent", { act: shown(act), words: told.done, path: told.path ?? "" });
    return true;
  }
  // What has been changed meanwhile needs a decision; all else that was answered, another look.
  act.state = told?.changes?.length ? "asks" : "refused";
  act.told = { status, ...told };
  await put("acts", act);
  tell("stopped", { act: shown(act) });
  return false;
}

// Our own act is no news to the next one.
async function seenUpTo(act, seen) {
  for (const later of await all("acts")) {
    if (later.ticket !== act.ticket || later.id <= act.id || later.seen == null) continue;
    await put("acts", { ...later, seen: Math.max(later.seen, seen) });
  }
}

const shown = ({ id, person, ticket, verb, label }) => ({ id, person, ticket, verb, label });
const lineOf = (act) => act.ticket || `new-${act.id}`;

async function sendAll() {
  const waiting = (await all("acts")).filter((act) => act.state === "waiting");
  if (!waiting.length) return "nothing";
  const me = await hello();
  if (!me) return me === false ? "signed-out" : "offline";
  const held = new Set();
  for (const { id } of waiting) {
    // Read again: the one before it may have changed it, or somebody has taken it out.
    const rows = await all("acts");
    const act = rows.find((row) => row.id === id);
    if (!act || act.person !== me.person || act.state !== "waiting") continue;
    if (held.has(lineOf(act)) || rows.some((row) => row.id < id && row.person === me.person && lineOf(row) === lineOf(act))) continue;
    const answer = (await bringFiles(act, me)) ?? (await asked(act.url, me, bodyOf(act)));
    if (answer.status === 401) return "signed-out";
    if (answer.status === 0) return "offline";
    // Without words of ours a 403 is an old token: the next try has a new one.
    const isLater = LATER.includes(answer.status) || (answer.status === 403 && !answer.told);
    if (isLater || !(await settle(act, answer))) held.add(lineOf(act));
  }
  return "sent";
}

let going = null;

// One at a time in this tab, and where the browser knows locks, in all of them.
export function send() {
  going ??= (navigator.locks ? navigator.locks.request("estafeta-offline", sendAll) : sendAll()).finally(() => {
    going = null;
  });
  return going;
}
