// The menu of a comment; answering and quoting it in the box below.
import { openAt } from "./menus.js";
import { insert } from "./markdown.js";
import { make } from "./dom.js";
import { toast } from "./toasts.js";
import { say } from "./words.js";

const menu = document.getElementById("comment-menu");
let opener = null;
let chosen = "";

const composer = () => document.querySelector("form[data-composer]");

// What is marked in the comment is what will be quoted.
function marked(bubble) {
  const selection = getSelection();
  const inside = selection.rangeCount && bubble?.querySelector(".prose")?.contains(selection.getRangeAt(0).commonAncestorContainer);
  return inside ? selection.toString().trim() : "";
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-comment-menu]");
  if (!button || !menu || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  opener = button;
  chosen = marked(button.closest(".bubble"));
  await htmx.ajax("GET", button.getAttribute("href"), { target: menu, swap: "innerHTML" });
  if (menu.childElementCount) openAt(menu, button);
});

export function answerTo({ id, name, kind }) {
  const form = composer();
  const line = form?.querySelector("[data-answers]");
  if (!line) return;
  const field = line.querySelector("[data-answers-field]");
  field.value = id || "";
  field.dataset.answersKind = kind || "";
  line.querySelector("[data-answers-name]").textContent = name || "";
  line.hidden = !id;
  if (id && kind === "note") form.querySelector(".composer-kind-note input:not(:checked)")?.click();
}

function write(text) {
  const area = composer()?.querySelector("textarea");
  if (!area) return;
  if (area.hidden) composer().querySelector("[data-preview]")?.click();
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
  if (text) {
    insert(area, `${area.value.trim() ? "\n\n" : ""}${text}\n\n`);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.scrollIntoView({ block: "center" });
}

async function quotation(button) {
  if (chosen) return [`**${button.dataset.answerName}**:`, ...chosen.split("\n")].map((line) => `> ${line}`.trimEnd()).join("\n");
  const answer = await fetch(button.dataset.quote, { credentials: "same-origin", headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()).text;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-answer]");
  if (!button) return;
  const { answer: id, answerName: name, answerKind: kind } = button.dataset;
  answerTo({ id, name, kind });
  try {
    write(button.dataset.quote ? await quotation(button) : "");
  } catch {
    toast({ text: say(navigator.onLine ? "failed" : "offline"), tone: "error" });
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-answers-drop]")) {
    answerTo({});
    write("");
  }
});

// The first sign under a comment needs a place to stand in, before htmx looks for it.
document.addEventListener(
  "click",
  (event) => {
    const place = event.target.closest("[data-sign]")?.getAttribute("hx-target").slice(1);
    if (!place || document.getElementById(place)) return;
    opener?.closest(".bubble")?.append(make("div", { class: "signs", id: place }));
  },
  true,
);
