// One message of a talk: its menu, itself anew when it was changed, and the way to one that is named.
import { bring } from "./chat_parts.js";
import { openAt } from "./menus.js";

export function singly(section, list, changed) {
  const { dataset } = section;
  const menu = document.getElementById("message-menu");
  const find = (id) => list.querySelector(`[data-message="${Number(id)}"]`);

  async function renew(id) {
    if (!find(id)) return;
    const answer = await fetch(dataset.messageUrl.replace(/0$/, id), { headers: { "HX-Request": "true" }, cache: "no-store" });
    if (answer.status === 404) return location.assign("/chat");
    if (!answer.ok) return;
    const [made] = new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll("[data-message]");
    const old = find(id);
    if (!made || !old) return;
    // A day and a group begin where they began.
    const hasFocus = old.contains(document.activeElement);
    old.replaceWith(made);
    bring(made);
    if (hasFocus) made.querySelector("a, button")?.focus();
    changed();
  }

  function show(id) {
    const item = find(id);
    if (!item) return location.assign(`${dataset.pageUrl}?message=${id}#message-${id}`);
    item.scrollIntoView({ block: "center" });
    item.classList.remove("message-lit");
    void item.offsetWidth;
    item.classList.add("message-lit");
  }

  list.addEventListener("click", async (event) => {
    const quoted = event.target.closest("[data-to-message]");
    if (quoted) {
      event.preventDefault();
      return show(quoted.dataset.toMessage);
    }
    const button = event.target.closest("[data-message-menu]");
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    await htmx.ajax("GET", button.getAttribute("href"), { target: menu, swap: "innerHTML" });
    if (menu.childElementCount) openAt(menu, button);
  });
  document.addEventListener("chat:changed", ({ detail }) => renew(detail.message));

  return { renew, show };
}
