// Suggested people beside a picker: one press puts them in, another takes them out.
import { whenAdded } from "./dom.js";

whenAdded("[data-pick-suggested]", (box) => {
  const pick = box.closest("form")?.querySelector(`[data-pick][data-name="${CSS.escape(box.dataset.pickSuggested)}"]`);
  if (!pick) return;
  const show = () => {
    const chosen = new Set(pick.chosen().map(([value]) => value));
    for (const chip of box.querySelectorAll("[data-value]")) chip.setAttribute("aria-pressed", chosen.has(chip.dataset.value));
  };
  box.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-value]");
    if (!chip) return;
    const { value, label } = chip.dataset;
    const others = pick.chosen().filter(([one]) => one !== value);
    pick.choose(others.length < pick.chosen().length ? others : [...others, [value, label]]);
    pick.dispatchEvent(new CustomEvent("pick", { bubbles: true, detail: { chosen: pick.chosen() } }));
  });
  pick.addEventListener("pick", show);
  show();
});
