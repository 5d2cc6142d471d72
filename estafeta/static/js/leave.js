// Somebody leaves: the fields that belong to the chosen way are shown.
import { whenAdded } from "./dom.js";

whenAdded("form[data-leave]", (form) => {
  const show = () => {
    const way = form.querySelector('[name="way"]:checked')?.value;
    for (const part of form.querySelectorAll("[data-way]")) part.hidden = part.dataset.way !== way;
  };
  form.addEventListener("change", show);
  show();
});
