// The numbers of saved views in the menu: asked for once for all of them, after the page is there.
const REST = 10_000;
const KEPT = "view-counts";
let last = 0;
let timer = 0;

const counters = () => [...document.querySelectorAll('[data-counter^="view-"]')];

function show() {
  let known = {};
  try {
    known = JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
  } catch {
    // What cannot be read is asked for anew.
  }
  for (const element of counters()) element.textContent = known[element.dataset.counter.slice(5)] ?? "";
}

async function ask() {
  timer = 0;
  if (!counters().length || document.hidden) return;
  last = Date.now();
  const answer = await fetch("/views/counts", { headers: { Accept: "application/json", "X-By-Itself": "1" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  sessionStorage.setItem(KEPT, await answer.text());
  show();
}

function later() {
  if (timer) return;
  timer = setTimeout(ask, Math.max(0, last + REST - Date.now()));
}

show();
later();
document.addEventListener("htmx:load", (event) => {
  if (event.target.id === "navigation") show();
});
document.body.addEventListener("live:counters", later);
document.addEventListener("visibilitychange", later);
