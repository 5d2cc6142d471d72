// What is written under a ticket is kept on the server too, so that another device offers it.
import { answerTo } from "./comments.js";
import { post } from "./csrf.js";
import { make, whenAdded } from "./dom.js";
import { say } from "./words.js";

const REST = 2_500;

class ServerDraft {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.serverDraft;
    this.area = form.querySelector('textarea[name="text"]');
    this.kept = form.dataset.hasDraft ? null : "";
    form.addEventListener("input", () => this.later());
    form.addEventListener("htmx:beforeRequest", (event) => event.target === form && this.stop());
    form.addEventListener("htmx:afterRequest", (event) => event.target === form && !event.detail.successful && this.goOn());
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
    addEventListener("pagehide", () => this.save());
    if (form.dataset.hasDraft) this.offer();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), REST);
  }

  stop() {
    clearTimeout(this.timer);
    this.isSent = true;
    this.request?.abort();
  }

  goOn() {
    this.isSent = false;
    this.later();
  }

  get kind() {
    return this.form.dataset.kind;
  }

  async save() {
    clearTimeout(this.timer);
    const text = this.area.value.trim();
    if (!this.form.isConnected || this.isSent || text === this.kept || (this.kept === null && !text)) return;
    const before = this.kept;
    this.kept = text;
    this.request = new AbortController();
    const answers = this.form.elements.answers?.value ?? "";
    const key = this.form.elements.key?.value ?? "";
    try {
      const answer = await post(this.url, { text, kind: this.kind, answers, key }, { keepalive: text.length < 15_000, signal: this.request.signal });
      if (!answer.ok) this.kept = before;
    } catch {
      // Offline: this browser keeps it as well, and the next pause tries again.
      this.kept = before;
    }
  }

  async offer() {
    const answer = await fetch(this.url, { credentials: "same-origin", headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.status !== 200 || !this.form.isConnected) return;
    const draft = await answer.json();
    const here = this.area.value.trim();
    if (here === draft.text) {
      this.kept = here;
      this.point(draft);
    } else if (here) this.tell(say("draft_two"), say("draft_take"), () => this.take(draft));
    else {
      this.take(draft);
      this.tell(say("draft_other"), say("discard"), () => this.discard());
    }
  }

  point(draft) {
    if (draft.answers) answerTo({ id: draft.answers, name: draft.answers_name, kind: draft.kind });
  }

  take(draft) {
    this.kept = draft.text;
    this.form.querySelector(`.composer-kind-${draft.kind} input`)?.click();
    this.area.value = draft.text;
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    this.point(draft);
  }

  discard() {
    this.area.value = "";
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    answerTo({});
    this.save();
  }

  tell(text, verb, act) {
    const button = make("button", { type: "button", class: "button button-quiet button-small" }, verb);
    const line = make("div", { class: "restored", role: "status" }, make("span", {}, text), button);
    button.addEventListener("click", () => {
      line.remove();
      act();
      this.area.focus();
    });
    this.form.prepend(line);
  }
}

whenAdded("form[data-server-draft]", (form) => new ServerDraft(form));
