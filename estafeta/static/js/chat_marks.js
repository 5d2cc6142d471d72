// How far one has read is told when the end is seen; how far others have, is shown under one's own words.
import { post } from "./csrf.js";

const REST = 1_000;

export function readMarks(section, newest, isAtEnd) {
  const { dataset } = section;
  let told = Number(dataset.readTo);
  let others = Number(dataset.othersReadTo);
  let timer = 0;

  function show() {
    for (const item of section.querySelectorAll("[data-message]:has([data-mark]):not(.is-read)")) {
      if (Number(item.dataset.message) <= others) item.classList.add("is-read");
    }
  }

  function tell() {
    timer = 0;
    const up = newest();
    if (document.hidden || !document.hasFocus() || !isAtEnd() || up <= told) return;
    told = up;
    post(dataset.readUrl, { up_to: up }).catch(() => {
      told = 0;
    });
  }

  function look() {
    show();
    if (dataset.readUrl && !timer && newest() > told) timer = setTimeout(tell, REST);
  }

  addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
  return {
    look,
    show,
    othersReadTo(number) {
      others = Math.max(others, number);
      show();
    },
  };
}
