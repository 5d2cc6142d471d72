// Buttons that write their word into a text, where the cursor is.
import { insert } from "./markdown.js";
import { whenAdded } from "./dom.js";

whenAdded("[data-insert-into]", (box) => {
  const area = document.getElementById(box.dataset.insertInto);
  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (!button || !area || area.hidden) return;
    insert(area, button.dataset.insert);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
});
