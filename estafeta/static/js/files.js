// Files come into a form: chosen, dropped, pasted, from the camera. Each is sent at once and becomes a draft of the
// person; the form carries its id. Nothing is sent while something is still on its way.
import { icon, make, whenAdded } from "./dom.js";
import { toast } from "./toasts.js";
import { say, speak } from "./words.js";

const AT_ONCE = 2;
const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
const boxes = () => [...document.querySelectorAll("[data-files]")].filter((box) => box.isConnected);

class Box {
  #waiting = [];
  #going = 0;
  #after = null;

  constructor(element) {
    this.element = element;
    this.list = element.querySelector("[data-files-list]");
    this.form = element.closest("form");
    for (const input of element.querySelectorAll("[data-files-input]")) {
      // From here on the ids are what is sent.
      input.removeAttribute("name");
      input.addEventListener("change", () => {
        this.take(input.files);
        input.value = "";
      });
    }
    for (const row of this.list.children) this.#bind(row);
    element.files = this;
    element.chosen = () => this.chosen();
    element.choose = (files) => this.choose(files);
    this.#tell(false);
  }

  get isBusy() {
    return this.#going > 0 || this.#waiting.length > 0;
  }

  get hasFailed() {
    return Boolean(this.list.querySelector("[data-failed]"));
  }

  chosen() {
    return [...this.list.querySelectorAll("[data-file]")].map((row) => ({
      id: Number(row.dataset.file),
      name: row.querySelector("[data-file-name]").textContent,
      size: row.querySelector("[data-file-size]").textContent,
      thumb: row.querySelector("img")?.getAttribute("src") ?? "",
    }));
  }

  choose(files) {
    this.list.replaceChildren();
    for (const file of files) this.#settle(this.#row(file.name), file);
    this.#tell();
  }

  take(files) {
    const { mostBytes, mostFiles } = this.element.dataset;
    for (const file of files) {
      const row = this.#row(file.name);
      if (mostFiles && this.list.children.length > Number(mostFiles)) this.#fail(row, say("files_too_many", { most: mostFiles }));
      else if (mostBytes && file.size > Number(mostBytes)) {
        this.#fail(row, say("file_too_large", { most: Math.floor(mostBytes / 1e6) }));
      } else this.#waiting.push([row, file]);
    }
    this.#tell();
    this.#next();
  }

  // Sends the form once everything is here.
  sendAfter(submitter) {
    this.#after = submitter ?? null;
    this.form.dataset.waitsForFiles = "";
    speak(say("files_wait"));
  }

  #next() {
    while (this.#going < AT_ONCE && this.#waiting.length) {
      const [row, file] = this.#waiting.shift();
      if (row.isConnected) this.#send(row, file);
    }
    if (this.isBusy || !this.form || !("waitsForFiles" in this.form.dataset)) return;
    delete this.form.dataset.waitsForFiles;
    if (this.hasFailed) toast({ text: say("files_failed"), tone: "error" });
    else this.form.requestSubmit(this.#after);
  }

  #send(row, file) {
    this.#going += 1;
    const bar = row.querySelector("progress");
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("name", file.name);
    body.append("file", file);
    request.open("POST", this.element.dataset.uploadUrl);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("HX-Request", "true");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("loadend", () => {
      this.#going -= 1;
      const answer = request.response;
      if (request.status === 201 && answer?.id) {
        if (row.isConnected) this.#settle(row, answer);
        else this.#drop(answer.id);
      } else {
        // What was refused with a reason would be refused again.
        this.#fail(row, answer?.error ?? this.#reason(request.status), request.status === 422 ? null : file);
      }
      this.#tell();
      this.#next();
    });
    row.abort = () => request.abort();
    request.send(body);
  }

  #reason(status) {
    if (status === 401 || status === 403) return say("signed_out");
    if (status === 413) return say("file_too_large", { most: Math.floor((this.element.dataset.mostBytes ?? 0) / 1e6) });
    return say(navigator.onLine ? "failed" : "offline");
  }

  #row(name) {
    const row = make(
      "li",
      { class: "file-chip" },
      icon("file"),
      make("span", { class: "clip", "data-file-name": true }, name),
      make("span", { class: "faint nowrap small", "data-file-size": true }),
      make("progress", { max: 1, value: 0, "aria-label": name }),
      make("button", { type: "button", class: "file-chip-remove", "data-file-remove": true, "aria-label": say("remove", { name }) }, icon("x")),
    );
    this.#bind(row);
    this.list.append(row);
    return row;
  }

  #settle(row, { id, name, size, thumb }) {
    row.dataset.file = id;
    row.querySelector("progress")?.remove();
    row.querySelector("[data-file-name]").textContent = name;
    row.querySelector("[data-file-size]").textContent = size;
    if (thumb) row.querySelector(".icon").replaceWith(make("img", { class: "file-chip-picture", src: thumb, alt: "" }));
    row.append(make("input", { type: "hidden", name: this.element.dataset.name, value: id }));
    speak(say("file_here", { name }));
  }

  #fail(row, words, file) {
    if (!row.isConnected) return;
    row.dataset.failed = "";
    row.classList.add("file-chip-failed");
    row.querySelector("progress")?.remove();
    row.querySelector("[data-file-size]").replaceWith(make("span", { class: "file-chip-error small", "data-file-size": true }, words));
    if (file) {
      const again = make("button", { type: "button", class: "file-chip-remove", "aria-label": say("try_again"), title: say("try_again") }, icon("refresh"));
      again.addEventListener("click", () => {
        row.remove();
        this.take([file]);
      });
      row.querySelector("[data-file-remove]").before(again);
    }
    speak(words);
  }

  #bind(row) {
    row.querySelector("[data-file-remove]").addEventListener("click", () => {
      const next = (row.nextElementSibling ?? row.previousElementSibling)?.querySelector("[data-file-remove]");
      row.abort?.();
      row.remove();
      if (row.dataset.file) this.#drop(row.dataset.file);
      (next ?? this.element.querySelector("[data-files-input]")).focus();
      this.#tell();
      this.#next();
    });
  }

  #drop(id) {
    fetch(this.element.dataset.dropUrl.replace("/0/", `/${id}/`), { method: "POST", headers: { "X-CSRFToken": token() } });
  }

  // Files may stand alone: a text is not demanded then. Drafts and guards hear of the change.
  #tell(isChange = true) {
    const text = this.form?.matches("[data-composer]") && this.form.querySelector("textarea");
    if (text) text.required = this.list.children.length === 0;
    if (isChange) this.element.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

whenAdded("[data-files]", (element) => new Box(element));

// Whatever is dropped or pasted goes into the form under it, the open dialog, or the one form of the page.
function boxFor(target) {
  const near = target.closest?.("form")?.querySelector("[data-files]");
  if (near) return near.files;
  const dialog = document.querySelector("dialog[open]");
  return (dialog ? dialog.querySelector("[data-files]") : boxes()[0])?.files ?? null;
}

const carriesFiles = (transfer) => [...(transfer?.types ?? [])].includes("Files");
let lit = null;

function light(box) {
  if (lit !== box) lit?.form?.classList.remove("takes-files");
  lit = box;
  lit?.form?.classList.add("takes-files");
}

document.addEventListener("dragover", (event) => {
  if (!carriesFiles(event.dataTransfer) || !boxes().length) return;
  const box = boxFor(event.target);
  event.preventDefault();
  event.dataTransfer.dropEffect = box ? "copy" : "none";
  light(box);
});
document.addEventListener("dragleave", (event) => event.relatedTarget || light(null));
document.addEventListener("drop", (event) => {
  // A file that misses the form would be opened by the browser in place of the page.
  if (!carriesFiles(event.dataTransfer) || !boxes().length) return;
  event.preventDefault();
  const box = boxFor(event.target);
  light(null);
  box?.take([...event.dataTransfer.files].filter((file) => file.size || file.type));
});

const pad = (number) => String(number).padStart(2, "0");
function namedByTime(file) {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const now = new Date();
  const day = [now.getFullYear(), pad(now.getMonth() + 1), pad(now.getDate())].join("-");
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(pad).join("-");
  return new File([file], `${say("pasted")} ${day} ${time}.${file.name.split(".").pop()}`, { type: file.type });
}

document.addEventListener("paste", (event) => {
  const { files, types } = event.clipboardData ?? {};
  // A table copied from a spreadsheet is there as text and as a picture: the text is meant.
  if (!files?.length || types.includes("text/plain")) return;
  const box = boxFor(event.target);
  if (!box) return;
  event.preventDefault();
  box.take([...files].map(namedByTime));
});

document.addEventListener(
  "submit",
  (event) => {
    const box = event.target.querySelector?.("[data-files]")?.files;
    if (!box || (!box.isBusy && !box.hasFailed)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (box.isBusy) box.sendAfter(event.submitter);
    else toast({ text: say("files_failed"), tone: "error" });
  },
  true,
);
