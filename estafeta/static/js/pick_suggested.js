// Suggested people beside a picker: one press puts them in, another takes them out. With data-source they follow the
// department that is chosen in the same form.
import { make, whenAdded } from "./dom.js";

const chipOf = ({ value, label, why }) =>
  make("button", { type: "button", class: "chip", "data-value": value, "data-label": label }, make("b", {}, label), " ", make("span", { class: "soft" }, why));

whenAdded("[data-pick-suggested]", (box) => {
  const form = box.closest("form");
  const pick = form?.querySelector(`[data-pick][data-name="${CSS.escape(box.dataset.pickSuggested)}"]`);
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
  let turn = 0;
  const follow = async (department) => {
    const mine = ++turn;
    const url = new URL(box.dataset.source, location.href);
    if (department) url.searchParams.set("department", department);
    try {
      const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } });
      if (!answer.ok || mine !== turn) return;
      box.replaceChildren(...(await answer.json()).results.map(chipOf));
      show();
    } catch {
      // Suggestions are only a help: without the network the picker says what is wrong.
    }
  };
  form.addEventListener("pick", (event) => {
    if (event.target === pick) show();
    else if (box.dataset.source && event.target.dataset.name === "department") follow(event.detail.chosen[0]?.[0]);
  });
  show();
});
