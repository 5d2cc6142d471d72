// The tab of this page is in sight, however many stand before it.
import { whenAdded } from "./dom.js";

whenAdded(".tabs > [aria-current]", (tab) => {
  const line = tab.parentElement;
  const hidden = tab.offsetLeft + tab.offsetWidth - line.offsetLeft > line.clientWidth;
  if (hidden) line.scrollLeft = tab.offsetLeft - line.offsetLeft - (line.clientWidth - tab.offsetWidth) / 2;
});
