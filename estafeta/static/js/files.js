// Files come into a form: chosen, dropped, pasted, from the camera. A form is sent when its files are here.
import { whenAdded } from "./dom.js";
import { FileBox } from "./file_box.js";
import { toast } from "./toasts.js";
import { say } from "./words.js";

const boxes = () => [...document.querySelectorAll("[data-files]")];

whenAdded("[data-files]", (element) => new FileBox(element));

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
    if (!box || (!box.isBusy && !box.hasRefused)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (box.isBusy) box.sendLater(event.submitter);
    else toast({ text: say("files_failed"), tone: "error" });
  },
  true,
);
