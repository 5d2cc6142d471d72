// One file in a box: on its way, here, or refused with the reason; drawn as components/files_box.html draws it.
import { icon, make } from "./dom.js";
import { say, speak } from "./words.js";

const part = (chip, name) => chip.querySelector(`[data-file-${name}]`);

export function onItsWay(name) {
  return make(
    "li",
    { class: "file-chip" },
    icon("file"),
    make("span", { class: "clip", "data-file-name": true }, name),
    make("span", { class: "faint nowrap small", "data-file-size": true }),
    make("progress", { max: 1, value: 0, "aria-label": name }),
    make("button", { type: "button", class: "file-chip-remove", "data-file-remove": true, "aria-label": say("remove", { name }) }, icon("x")),
  );
}

export function isHere(chip, { id, name, size, thumb }, field) {
  chip.dataset.file = id;
  chip.querySelector("progress")?.remove();
  part(chip, "name").textContent = name;
  part(chip, "size").textContent = size;
  if (thumb) chip.querySelector(".icon").replaceWith(make("img", { class: "file-chip-picture", src: thumb, alt: "" }));
  chip.append(make("input", { type: "hidden", name: field, value: id }));
}

export function waits(chip, file) {
  chip.kept = file;
  if (file.type.startsWith("image/")) chip.querySelector(".icon").replaceWith(make("img", { class: "file-chip-picture", src: URL.createObjectURL(file), alt: "" }));
  chip.dataset.fileKept = "";
  chip.querySelector("progress")?.remove();
  part(chip, "size").textContent = say("file_kept");
  speak(`${file.name} ${say("file_kept")}`);
}

export function isRefused(chip, words, tryAgain) {
  chip.dataset.failed = "";
  chip.classList.add("file-chip-failed");
  chip.querySelector("progress")?.remove();
  part(chip, "size").replaceWith(make("span", { class: "file-chip-error small", "data-file-size": true }, words));
  speak(words);
  if (!tryAgain) return;
  const again = make("button", { type: "button", class: "file-chip-remove", "aria-label": say("try_again"), title: say("try_again") }, icon("refresh"));
  again.addEventListener("click", tryAgain);
  part(chip, "remove").before(again);
}

export const told = (chip) => ({
  id: Number(chip.dataset.file),
  name: part(chip, "name").textContent,
  size: part(chip, "size").textContent,
  thumb: chip.querySelector("img")?.getAttribute("src") ?? "",
});
