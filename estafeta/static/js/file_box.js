// A box in a form for files: each is sent at once and becomes a draft of the person; the form carries its id.
import { isHere, isRefused, onItsWay, told, waits } from "./file_chip.js";
import { discard, upload } from "./file_upload.js";
import { toast } from "./toasts.js";
import { say, speak } from "./words.js";

const AT_ONCE = 2;

export class FileBox {
  #waiting = [];
  #going = 0;
  #submitter = null;

  constructor(element) {
    this.element = element;
    this.list = element.querySelector("[data-files-list]");
    this.form = element.closest("form");
    for (const input of element.querySelectorAll("[data-files-input]")) {
      // From here on the ids are what is sent.
      input.removeAttribute("name");
      input.addEventListener("change", () => {
        this.take([...input.files]);
        input.value = "";
      });
    }
    for (const chip of this.list.children) this.#bind(chip);
    element.chosen = () => [...this.list.querySelectorAll("[data-file]")].map(told);
    element.choose = (files) => this.#choose(files);
    element.files = this;
    this.#tell(false);
  }

  get isBusy() {
    return this.#going > 0 || this.#waiting.length > 0;
  }

  get hasRefused() {
    return Boolean(this.list.querySelector("[data-failed]"));
  }

  take(files) {
    const { mostBytes, mostFiles } = this.element.dataset;
    for (const file of files) {
      const chip = this.#add(file.name);
      if (this.list.children.length > Number(mostFiles)) isRefused(chip, say("files_too_many", { most: mostFiles }));
      else if (file.size > Number(mostBytes)) isRefused(chip, this.#tooLarge());
      else this.#waiting.push([chip, file]);
    }
    this.#tell();
    this.#next();
  }

  // The form is sent once everything is here.
  sendLater(submitter) {
    this.#submitter = submitter ?? null;
    this.form.dataset.waitsForFiles = "";
    speak(say("files_wait"));
  }

  #choose(files) {
    this.list.replaceChildren();
    for (const file of files) isHere(this.#add(file.name), file, this.element.dataset.name);
    this.#tell();
  }

  #next() {
    while (this.#going < AT_ONCE && this.#waiting.length) {
      const [chip, file] = this.#waiting.shift();
      if (chip.isConnected) this.#send(chip, file);
    }
    if (this.isBusy || !this.form || !("waitsForFiles" in this.form.dataset)) return;
    delete this.form.dataset.waitsForFiles;
    if (this.hasRefused) toast({ text: say("files_failed"), tone: "error" });
    else this.form.requestSubmit(this.#submitter);
  }

  #send(chip, file) {
    this.#going += 1;
    chip.abort = upload(this.element.dataset.uploadUrl, file, {
      progress: (part) => chip.querySelector("progress")?.setAttribute("value", part),
      done: (status, answer) => {
        this.#going -= 1;
        this.#settle(chip, file, status, answer);
        this.#tell();
        this.#next();
      },
    });
  }

  #settle(chip, file, status, answer) {
    const isKept = status === 201 && answer?.id;
    if (!chip.isConnected) {
      if (isKept) this.#drop(answer.id);
      return;
    }
    if (isKept) {
      isHere(chip, answer, this.element.dataset.name);
      speak(say("file_here", { name: answer.name }));
      return;
    }
    // Without network it stays on the device, and goes with the form (offline_queue.js).
    if (status === 0) return void waits(chip, file);
    // What was refused with a reason would be refused again.
    const again = () => {
      chip.remove();
      this.take([file]);
    };
    isRefused(chip, answer?.error ?? this.#reason(status), status === 422 || status === 413 ? null : again);
  }

  #reason(status) {
    if (status === 401 || status === 403) return say("signed_out");
    if (status === 413) return this.#tooLarge();
    return say(navigator.onLine ? "failed" : "offline");
  }

  #tooLarge() {
    return say("file_too_large", { most: Math.floor(Number(this.element.dataset.mostBytes) / 1e6) });
  }

  #add(name) {
    const chip = onItsWay(name);
    this.#bind(chip);
    this.list.append(chip);
    return chip;
  }

  #bind(chip) {
    chip.querySelector("[data-file-remove]").addEventListener("click", () => {
      const next = (chip.nextElementSibling ?? chip.previousElementSibling)?.querySelector("[data-file-remove]");
      chip.abort?.();
      chip.remove();
      if (chip.dataset.file) this.#drop(chip.dataset.file);
      (next ?? this.element.querySelector("[data-files-input]")).focus();
      this.#tell();
      this.#next();
    });
  }

  #drop(id) {
    discard(this.element.dataset.dropUrl.replace("/0/", `/${id}/`));
  }

  // Files may stand alone: a text is not demanded then. Drafts and guards hear of the change.
  #tell(isChange = true) {
    const text = this.form?.matches("[data-composer]") && this.form.querySelector("textarea");
    if (text) text.required = this.list.children.length === 0;
    if (isChange) this.element.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
