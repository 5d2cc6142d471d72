// Pages that were seen are kept for one person at a time, styles and scripts for one version; nothing else is touched.
// Only what the server marks (X-Kept-For: desk/kept.py) is kept, and only for who it was made for.
import { SEEN, dropShared, forget, isPersonOf } from "./worker_person.js";

const STATIC = `static-${INSTALLED.root}`;
const MOST = 80;
const LONGEST = 7 * 86_400_000;
const WARM = ["/phone/kit", "/phone/offline", "/share", "/tickets/new", "/inbox", "/"];
const WARM_FOR = 12 * 3_600_000;
const PATIENCE = 8_000;
// They say what a page begins with, not what it shows.
const ABOUT_ITSELF = ["shared", "write", "answers"];
const REFUSED = [403, 404, 410];
const TICKET = /^\/tickets\/\d+$/;

self.addEventListener("install", (event) => {
  const shell = async () => (await caches.open(STATIC)).addAll(INSTALLED.shell);
  event.waitUntil(shell().catch(() => {}).then(() => self.skipWaiting())); // prettier-ignore
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) if (name.startsWith("static-") && name !== STATIC) await caches.delete(name);
    await self.registration.navigationPreload?.enable();
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && url.pathname === "/sign-out") event.waitUntil(Promise.all([forget(), dropShared()]));
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("/static/")) event.respondWith(still(request));
  else if (request.mode === "navigate") event.respondWith(page(event, url));
});

self.addEventListener("message", (event) => {
  if (event.data?.act === "forget") event.waitUntil(forget());
  if (event.data?.act === "lose") event.waitUntil(lose(new URL(event.data.path, self.location.origin)));
  if (event.data?.act === "warm") event.waitUntil(warm(event.data.path));
});

async function still(request) {
  const cache = await caches.open(STATIC);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  // An older version is fetched for a page that is still open, and not kept.
  if (answer.ok && answer.type === "basic" && answer.status === 200 && request.url.includes(INSTALLED.root)) await cache.put(request, answer.clone());
  return answer;
}

async function page(event, url) {
  const network = (async () => (await event.preloadResponse) ?? fetch(event.request))();
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  try {
    const kept = await found(url);
    const answer = await (kept ? Promise.race([network, late]) : network);
    if (answer) {
      // A copy of what nobody keeps would pile up in memory: it may be a film.
      if (answer.headers.has("X-Kept-For")) event.waitUntil(keep(answer.clone(), url));
      else if (isSignIn(answer, url)) event.waitUntil(forget());
      else if (isRefused(answer)) event.waitUntil(lose(url));
      return answer;
    }
    network.then((slow) => look(slow, url)).catch(() => {});
    return shown(kept);
  } catch {
    const kept = (await found(url)) ?? (await found(new URL("/phone/offline", url)));
    return kept ? shown(kept) : Response.error();
  }
}

// It means that nobody is signed in any more.
const isSignIn = (answer, url) => answer.status === 200 && new URL(answer.url || url).pathname === "/sign-in";
// A ticket that was read before and is out of sight now leads elsewhere.
const isRefused = (answer) => REFUSED.includes(answer.status) || answer.redirected || answer.type === "opaqueredirect";

// The right to see it has ended: no copy outlives it. A ticket takes its further pages along.
async function lose(url) {
  const isIt = (one) => one.href === named(url) || (TICKET.test(url.pathname) && `${one.pathname}/`.startsWith(`${url.pathname}/`));
  for (const name of (await caches.keys()).filter((one) => one.startsWith(SEEN))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) if (isIt(new URL(request.url))) await cache.delete(request);
  }
}

async function look(answer, url) {
  if (isSignIn(answer, url)) await forget();
  else if (isRefused(answer)) await lose(url);
  else await keep(answer, url);
}

async function keep(answer, url) {
  const owner = answer.headers.get("X-Kept-For");
  if (!owner || answer.status !== 200 || answer.redirected) return;
  await forget(SEEN + owner);
  await isPersonOf(owner.split("-")[0]);
  const cache = await caches.open(SEEN + owner);
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", new Date().toISOString());
  await cache.delete(named(url));
  await cache.put(named(url), new Response(await answer.text(), { headers }));
  const others = (await cache.keys()).filter(({ url: one }) => !WARM.includes(new URL(one).pathname));
  for (const old of others.slice(0, Math.max(0, others.length - MOST))) await cache.delete(old);
}

function named(url) {
  const name = new URL(url);
  name.hash = "";
  for (const one of ABOUT_ITSELF) name.searchParams.delete(one);
  return name.href;
}

async function found(url) {
  for (const name of (await caches.keys()).filter((one) => one.startsWith(SEEN))) {
    const cache = await caches.open(name);
    const kept = await cache.match(named(url));
    if (!kept) continue;
    if (Date.now() - Date.parse(kept.headers.get("X-Kept-At")) < LONGEST) return kept;
    await cache.delete(named(url));
  }
  return null;
}

// As it was, but it says of when it is, and wears the styles that are here now.
async function shown(kept) {
  const text = (await kept.text())
    .replace("<html ", `<html data-kept-at="${kept.headers.get("X-Kept-At")}" `)
    .replaceAll(/\/static\/(?:dev|[0-9a-f]{12})\//g, INSTALLED.root);
  return new Response(text, { headers: kept.headers });
}

// What every device should have before it loses the network; and the page from which this began.
async function warm(path) {
  const kit = await found(new URL("/phone/kit", self.location.origin));
  const isWarm = kit && Date.now() - Date.parse(kit.headers.get("X-Kept-At")) < WARM_FOR;
  for (const one of [...(isWarm ? [] : WARM), path].filter(Boolean)) {
    const url = new URL(one, self.location.origin);
    const answer = await fetch(url, { credentials: "same-origin" }).catch(() => null);
    if (!answer) return;
    await look(answer, url);
  }
}
