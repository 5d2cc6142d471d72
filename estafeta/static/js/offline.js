// This device keeps pages for times without network (the service worker does); here a page says what it is.
import { make, icon } from "./dom.js";
import { hello } from "./offline_send.js";
import "./offline_tray.js";
import { ofWhen } from "./offline_when.js";
import { say } from "./words.js";

const AGAIN = 15_000;
const root = document.documentElement;
const isSignedIn = Boolean(document.getElementById("me"));

// A page from the device says of when it is, until the network is back and nothing typed would be lost.
function bar(at) {
  const again = make("button", { type: "button", class: "button button-small button-quiet button-icon", "aria-label": say("try_again"), title: say("try_again") }, icon("refresh"));
  again.addEventListener("click", () => location.reload());
  const line = make("div", { class: "offline-line", role: "status", "data-kept-line": true }, icon("wifi-off"), make("span", {}, say("kept_page", { time: ofWhen(at) })), again);
  document.getElementById("main")?.prepend(line);
}

const isTyped = () => [...document.querySelectorAll("textarea, input[type=text]")].some((field) => field.value !== field.defaultValue);

async function comeBack() {
  if (document.hidden || !(await hello())) return;
  if (isTyped() || document.querySelector("dialog[open]")) {
    const text = document.querySelector("[data-kept-line] span");
    if (text) text.textContent = say("kept_page_back");
    document.querySelector("[data-kept-line]")?.classList.add("offline-line-back");
    delete root.dataset.keptAt;
  } else location.reload();
}

if (root.dataset.keptAt) {
  bar(root.dataset.keptAt);
  addEventListener("online", comeBack);
  setInterval(() => root.dataset.keptAt && comeBack(), AGAIN);
}

const worker = () => navigator.serviceWorker?.controller ?? null;

async function begin() {
  const registration = await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  await navigator.serviceWorker.ready;
  if (root.dataset.keptAt) return;
  // The page by which somebody came was fetched before anybody could keep it.
  const isNew = !worker();
  (worker() ?? registration.active)?.postMessage({ act: "warm", path: isNew ? location.pathname + location.search : "" });
}

if ("serviceWorker" in navigator && isSignedIn) {
  addEventListener("load", () => setTimeout(() => begin().catch(() => {}), 1_500));
}

// Signed out meanwhile: nothing of what was seen stays.
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 401) worker()?.postMessage({ act: "forget" });
});

// Out of sight: the copy of it goes too.
document.addEventListener("live:gone", ({ detail }) => worker()?.postMessage({ act: "lose", path: `/tickets/${detail.number}` }));

document.addEventListener("submit", (event) => {
  if (event.target.action?.endsWith("/sign-out") && !event.defaultPrevented) worker()?.postMessage({ act: "forget" });
});
