// The small toolbar over a Markdown text, and its preview.
import { whenAdded } from "./dom.js";
import { post } from "./csrf.js";
import { say } from "./words.js";

// execCommand is the only way that keeps the browser's own undo.
export function insert(area, text) {
  area.focus();
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
}

function wrap(area, before, after = before) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const chosen = value.slice(start, end);
  insert(area, `${before}${chosen}${after}`);
  area.setSelectionRange(start + before.length, start + before.length + chosen.length);
}

function prefixLines(area, prefix) {
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const after = area.value.indexOf("\n", area.selectionEnd);
  const end = after < 0 ? area.value.length : after;
  const lines = area.value.slice(start, end).split("\n");
  const all = lines.every((line) => line.startsWith(prefix));
  area.setSelectionRange(start, end);
  insert(area, lines.map((line) => (all ? line.slice(prefix.length) : prefix + line)).join("\n"));
}

function link(area) {
  const chosen = area.value.slice(area.selectionStart, area.selectionEnd);
  const start = area.selectionStart;
  if (/^https?:\/\/\S+$/.test(chosen)) {
    insert(area, `[](${chosen})`);
    area.setSelectionRange(start + 1, start + 1);
  } else {
    insert(area, `[${chosen}](https://)`);
    area.setSelectionRange(start + chosen.length + 3, start + chosen.length + 11);
  }
}

const MARKS = {
  bold: (area) => wrap(area, "**"),
  italic: (area) => wrap(area, "_"),
  code(area) {
    const chosen = area.value.slice(area.selectionStart, area.selectionEnd);
    if (chosen.includes("\n")) wrap(area, "```\n", "\n```");
    else wrap(area, "`");
  },
  list: (area) => prefixLines(area, "- "),
  quote: (area) => prefixLines(area, "> "),
  link,
};

async function showPreview(frame, area, preview) {
  preview.textContent = say("loading");
  if (!area.value.trim()) {
    preview.textContent = say("preview_empty");
    return;
  }
  try {
    const answer = await post(frame.dataset.previewUrl, { text: area.value });
    if (answer.status === 429) {
      preview.textContent = await answer.text();
      return;
    }
    if (!answer.ok) throw new Error(answer.statusText);
    // The server made and sanitised this HTML, as it does for every comment.
    preview.innerHTML = await answer.text();
  } catch {
    preview.textContent = say(navigator.onLine ? "failed" : "offline");
  }
}

// What scrolls must be reachable without a mouse.
whenAdded(".prose pre", (element) => {
  element.tabIndex = 0;
});

whenAdded("[data-markdown]", (frame) => {
  const area = frame.querySelector("textarea");
  const preview = frame.querySelector(".markdown-preview");
  const toggle = frame.querySelector("[data-preview]");
  const tools = [...frame.querySelectorAll("[data-mark]")];
  const apply = (mark) => {
    MARKS[mark](area);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  for (const tool of tools) tool.addEventListener("click", () => apply(tool.dataset.mark));
  toggle.addEventListener("click", () => {
    const on = toggle.getAttribute("aria-pressed") !== "true";
    toggle.setAttribute("aria-pressed", on);
    area.hidden = on;
    preview.hidden = !on;
    for (const tool of tools) tool.disabled = on;
    if (on) showPreview(frame, area, preview);
    else area.focus();
  });
  area.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const mark = { KeyB: "bold", KeyI: "italic", KeyK: "link" }[event.code];
    if (!mark) return;
    event.preventDefault();
    event.stopPropagation();
    apply(mark);
  });
});
