// What a picker offers: asked from its source, drawn as options.
import { avatar, icon, make } from "./dom.js";
import { whyNot } from "./why_not.js";

export async function find(source, text) {
  const url = new URL(source, location.href);
  url.searchParams.set("q", text);
  const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) throw new Error(await whyNot(answer));
  return (await answer.json()).results;
}

export function optionItem(option, id, index, createLabel) {
  const label = option.create ? `${createLabel}: ${option.label}` : option.label;
  const words = make("span", {}, label, option.hint ? make("small", {}, option.hint) : null);
  const picture = option.initials ? avatar(option, "m") : option.create ? icon("plus") : null;
  const kind = option.create ? "pick-option pick-option-new" : "pick-option";
  return make("li", { class: kind, role: "option", id, "data-index": index }, picture, words);
}

export function messageItem(text) {
  return make("li", { class: "pick-none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, text);
}

// The option at this place is the one that Enter takes; the field says so to screen readers.
export function markOption(list, field, at) {
  const items = [...list.querySelectorAll("[data-index]")];
  items.forEach((item, index) => item.setAttribute("aria-selected", index === at));
  items[at]?.scrollIntoView({ block: "nearest" });
  if (items[at]) field.setAttribute("aria-activedescendant", items[at].id);
  else field.removeAttribute("aria-activedescendant");
}
