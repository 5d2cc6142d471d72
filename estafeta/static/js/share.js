// `?shared=` in the address: what another application handed over, or an act that is to be changed, goes into the form here.
import { all, drop, one, tell } from "./offline_store.js";

const query = new URLSearchParams(location.search);
const number = Number(query.get("shared"));
const me = document.getElementById("me");
// Nobody is offered what somebody else has handed over to this device.
const isMine = (row) => row?.person === JSON.parse(me.textContent).person;

// A reply and its files belong to the box under the story; other pages have one form of their own.
const target = () => document.querySelector("form[data-new-ticket], form[data-composer]") ?? document.querySelector("#main form[method=post]");

function fill(form, fields) {
  for (const [name, value] of fields) {
    const pick = form.querySelector(`[data-pick][data-name="${name}"]`);
    const field = form.elements[name];
    if (pick || !field || field.type === "hidden") continue;
    if (field instanceof RadioNodeList) [...field].find((choice) => choice.value === value)?.click();
    else if (field.type === "checkbox") field.checked = true;
    else field.value = value;
    field.dispatchEvent?.(new Event("input", { bubbles: true }));
  }
}

// What was shared is words and an address: the first line of a ticket is its title.
function fieldsOf({ title = "", text = "", url = "" }, form) {
  const body = [text, url].filter((part, at) => part && !(at && text.includes(part))).join("\n");
  if (!form.elements.title) return [["text", [title, body].filter(Boolean).join("\n")]];
  const [first, ...rest] = body.split("\n");
  return title ? [["title", title], ["text", body]] : [["title", first.slice(0, 200)], ["text", rest.join("\n")]]; // prettier-ignore
}

async function bring() {
  const found = await one("shared", number);
  const form = target();
  if (!form || !isMine(found)) return;
  fill(form, found.fields ?? fieldsOf(found, form));
  form.querySelector("[data-files]")?.files?.take(found.files.map(({ name, blob }) => new File([blob], name, { type: blob.type })));
  form.scrollIntoView({ block: "center" });
  await drop("shared", number);
  if (found.act) await drop("acts", found.act);
  query.delete("shared");
  history.replaceState(history.state, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
  tell("changed");
  document.dispatchEvent(new CustomEvent("offline:changed"));
}

// The page of sharing: where to. Its links carry the number of what was shared along.
async function offer() {
  const shown = document.querySelector("[data-shared-shown]");
  const rows = (await all("shared")).filter(isMine);
  const found = number ? rows.find(({ id }) => id === number) : rows.filter((row) => !row.act).at(-1);
  document.querySelector("[data-shared-none]").hidden = Boolean(found);
  document.querySelector("[data-shared-some]").hidden = !found;
  if (!found) return;
  shown.textContent = [found.title, found.text, found.url, found.files.map(({ name }) => name).join(", ")].filter(Boolean).join("\n");
  for (const link of document.querySelectorAll("[data-shared-to]")) {
    const url = new URL(link.href);
    url.searchParams.set("shared", found.id);
    link.href = url.href;
  }
}

if ("indexedDB" in window && me) {
  if (document.querySelector("[data-shared-page]")) offer();
  // Boxes for files and drafts bind themselves first.
  else if (number) addEventListener("load", () => setTimeout(bring, 100));
}
