// The field of a talk: Enter sends, what is typed is kept until it is said, a message can be answered or quoted.
import { emoji } from "./chat_emoji.js";
import { draftOf } from "./chat_draft.js";
import { insert } from "./markdown.js";
import { say } from "./words.js";

const ENTER = "chat-enter-sends";
const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
const newKey = () => crypto.getRandomValues(new Uint32Array(4)).join("-");

export function composer(section, talk) {
  const form = section.querySelector("[data-chat-form]");
  if (!form) return;
  const text = form.querySelector("[data-chat-text]");
  const error = form.querySelector("[data-chat-error]");
  const key = form.querySelector("[data-key-field]");
  const answers = form.querySelector("[data-talk-answers]");
  const draft = draftOf(form);
  const touch = matchMedia("(hover: none) and (pointer: coarse)");
  const entersSend = () => !touch.matches && localStorage.getItem(ENTER) !== "no";
  let isSending = false;
  emoji(form, text);

  function answer(id, name, words) {
    answers.hidden = !id;
    answers.querySelector("[data-answers-field]").value = id || "";
    answers.querySelector("[data-answers-name]").textContent = name || "";
    answers.querySelector("[data-answers-text]").textContent = words || "";
    text.focus();
  }

  function refuse(words) {
    error.textContent = words;
    error.hidden = !words;
    text.toggleAttribute("aria-invalid", Boolean(words));
  }

  async function send() {
    const files = form.querySelector("[data-files]").chosen?.() ?? [];
    if (isSending || (!text.value.trim() && !files.length)) return;
    isSending = true;
    // The same words sent again after a lost answer are said once.
    key.value ||= newKey();
    form.classList.add("is-sending");
    const sent = text.value;
    const answered = await fetch(form.action, {
      method: "POST",
      credentials: "same-origin",
      headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" },
      body: new FormData(form),
    }).catch(() => null);
    isSending = false;
    form.classList.remove("is-sending");
    const told = await answered?.json().catch(() => null);
    if (answered?.status !== 201) {
      // Behind a gateway's 5xx the server may have written: then the same key says it once.
      if (answered && answered.status < 500) key.value = "";
      return refuse(told?.error ?? reason(answered));
    }
    said(sent, told);
  }

  function reason(answered) {
    if (!answered) return say(navigator.onLine ? "failed" : "offline");
    return say(answered.redirected || answered.status === 401 ? "signed_out" : "failed");
  }

  function said(sent, told) {
    key.value = "";
    refuse("");
    answer("");
    form.querySelector("[data-files]").choose?.([]);
    // What was typed on while it was sent stays.
    text.value = text.value.startsWith(sent) ? text.value.slice(sent.length).trimStart() : text.value;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    draft.forget();
    form.dispatchEvent(new CustomEvent("chat:sent"));
    if (!section.dataset.room) return location.assign(told.url);
    talk.catchUp({ isMine: true });
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  text.addEventListener("input", () => {
    if (!isSending) key.value = "";
    if (!error.hidden) refuse("");
  });
  text.addEventListener("keydown", (event) => {
    // A list of names or signs that is open takes Enter for itself.
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey && entersSend()) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "ArrowUp" && !text.value) {
      const own = talk.lastOwn();
      if (!own) return;
      event.preventDefault();
      htmx.ajax("GET", `/chat/messages/${own.dataset.message}/edit`, { target: "#dialog" });
    } else if (event.key === "Escape" && !answers.hidden) {
      event.preventDefault();
      answer("");
    }
  });
  answers.querySelector("[data-answers-off]").addEventListener("click", () => answer(""));
  document.addEventListener("click", (event) => {
    const { answerMessage, answerName, quoteMessage } = event.target.closest("[data-answer-message], [data-quote-message]")?.dataset ?? {};
    const words = (id) => section.querySelector(`[data-message="${Number(id)}"] .message-text`)?.innerText.trim() ?? "";
    if (answerMessage) answer(answerMessage, answerName, words(answerMessage).slice(0, 120));
    else if (quoteMessage) {
      text.focus();
      insert(text, `${words(quoteMessage).split("\n").map((line) => `> ${line}`.trimEnd()).join("\n")}\n\n`);
    }
  });

  const choice = section.querySelector("[data-enter-sends]");
  const showChoice = () => choice?.setAttribute("aria-checked", entersSend());
  choice?.addEventListener("click", () => {
    localStorage.setItem(ENTER, entersSend() ? "no" : "yes");
    showChoice();
  });
  showChoice();
  // On a phone the keyboard would cover what one came to read.
  if (!touch.matches && !Number(section.dataset.marked)) text.focus({ preventScroll: true });
}
