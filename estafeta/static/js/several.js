// What makes sense for several people only is shown once two are chosen.
import { whenAdded } from "./dom.js";

whenAdded("[data-needs-several]", (part) => {
  const pick = part.closest("form")?.querySelector(`[data-pick][data-name="${CSS.escape(part.dataset.needsSeveral)}"]`);
  if (!pick) return;
  const show = () => {
    part.hidden = pick.querySelectorAll("[data-pick-chip]").length < 2;
  };
  new MutationObserver(show).observe(pick, { childList: true, subtree: true });
  show();
});
