// An announcement that comes while the page is open pops up, where its sender wanted it to.
import { whenAdded } from "./dom.js";
import { toast } from "./toasts.js";

const TONES = { info: "info", warning: "warning", danger: "error" };
const LONGEST = 200;
const known = new Set([...document.querySelectorAll("[data-announcement]")].map((one) => one.dataset.announcement));

whenAdded("[data-pops-up]", (element) => {
  const number = element.dataset.announcement;
  if (known.has(number)) return;
  known.add(number);
  const words = element.querySelector(".prose").textContent.trim();
  const level = Object.keys(TONES).find((name) => element.classList.contains(`callout-${name}`));
  const text = words.length > LONGEST ? `${words.slice(0, LONGEST)} …` : words;
  if (!document.hidden) toast({ text, tone: TONES[level] });
});
