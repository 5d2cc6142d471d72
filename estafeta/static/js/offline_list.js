// The page that stands in for one that was never seen here: what this device has kept instead.
import { make } from "./dom.js";
import { ofWhen } from "./offline_when.js";
import { say } from "./words.js";

const list = document.querySelector("[data-kept-list]");
const ALWAYS = new Set(["/phone/kit", "/phone/offline"]);

async function kept() {
  const found = [];
  for (const name of (await caches.keys()).filter((one) => one.startsWith("seen-"))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const url = new URL(request.url);
      if (ALWAYS.has(url.pathname)) continue;
      const answer = await cache.match(request);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const title = page.title.replace(/^\(\d+\) /, "").split(" · ")[0];
      found.unshift({ path: url.pathname + url.search, title, at: answer.headers.get("X-Kept-At") });
    }
  }
  return found;
}

if (list && "caches" in window) {
  kept().then((pages) => {
    list.replaceChildren(...pages.map(({ path, title, at }) => make("li", {}, make("a", { href: path }, title), " ", make("time", { class: "faint small", datetime: at }, ofWhen(at)))));
    if (!pages.length) list.replaceChildren(make("li", { class: "soft" }, say("nothing_found")));
  });
}
