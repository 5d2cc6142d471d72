// How an act that waits is drawn: as a line on its ticket, as a card in the list of all.
import { icon, make } from "./dom.js";
import { say } from "./words.js";

export const STATES = { waiting: "act_state_waiting", asks: "act_state_asks", refused: "act_state_refused" };
export const needsMe = (act) => act.state !== "waiting";

export function line(act, does) {
  return make("li", { class: `pending-line pending-${act.state}` }, icon(act.state === "waiting" ? "clock" : "alert-circle"),
    make("div", {}, make("b", {}, act.label), " — ", make("span", { class: "soft" }, say(STATES[act.state])), act.text ? make("span", { class: "pending-text" }, act.text.slice(0, 300)) : null,
      needsMe(act) ? problemsOf(act) : null, needsMe(act) ? verbsOf(act, does) : null)); // prettier-ignore
}

function changesOf(act) {
  const rows = (act.told?.changes ?? []).map(({ who, words, reason }) => make("li", {}, make("b", {}, who), ` ${words}`, reason ? make("span", { class: "soft" }, ` ${reason}`) : null));
  return rows.length ? make("ul", { class: "changes" }, ...rows) : null;
}

function problemsOf(act) {
  if (!needsMe(act)) return null;
  const { problem = "", errors = {}, status } = act.told ?? {};
  const words = [problem, ...Object.values(errors).flat()].filter(Boolean);
  if (!words.length && act.state === "refused") words.push(say(status === 404 ? "gone" : status === 403 ? "forbidden" : "failed"));
  return make("div", { class: "act-problem" }, act.state === "asks" ? make("p", {}, say("act_changed")) : null, changesOf(act), ...words.map((text) => make("p", {}, text)));
}

export function button(words, kind, act) {
  const made = make("button", { type: "button", class: `button button-small${kind ? ` button-${kind}` : ""}` }, words);
  made.addEventListener("click", act);
  return made;
}

// `does`: again, change and drop, each for an act.
function verbsOf(act, does) {
  const verbs = make("div", { class: "row act-verbs" });
  if (act.state === "asks") verbs.append(button(say("act_anyway"), "primary", () => does.again(act)));
  else if (act.state === "refused") verbs.append(button(say("try_again"), "", () => does.again(act)));
  if (act.text || act.files.length) verbs.append(button(say("act_change"), "", () => does.change(act)));
  verbs.append(button(say("act_drop"), "quiet", () => does.drop(act)));
  return verbs;
}

export function itemOf(act, does) {
  const where = act.ticket ? make("a", { href: `/tickets/${act.ticket}` }, `№ ${act.ticket} ${act.title}`) : make("span", {}, act.title);
  const files = act.files.length ? make("p", { class: "small soft" }, icon("paperclip"), act.files.map(({ name }) => name).join(", ")) : null;
  return make("li", { class: `act act-${act.state}` },
    make("p", { class: "act-head" }, make("b", {}, act.label), make("span", { class: "soft small" }, ` — ${say(STATES[act.state])}`)),
    make("p", { class: "small" }, where), act.text ? make("p", { class: "act-text" }, act.text.slice(0, 500)) : null, files, problemsOf(act), verbsOf(act, does)); // prettier-ignore
}

