// Served as /sw.js. Shows what the server pushes though no page is open; keeps no pages, answers no requests.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const told = read(event.data);
  event.waitUntil(Promise.all([show(told), badge(told.unread)]));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const told = event.notification.data ?? {};
  event.waitUntil(event.action === "take" && told.take ? take(told) : open(told.path));
});

self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

function read(data) {
  try {
    return data.json();
  } catch {
    return {};
  }
}

// A browser that was called must show something, or it soon hears no more calls.
function show(told) {
  return self.registration.showNotification(told.title ?? self.location.host, {
    body: told.body ?? "",
    icon: told.icon,
    badge: told.badge,
    tag: told.tag,
    renotify: Boolean(told.tag),
    requireInteraction: Boolean(told.urgent),
    actions: told.actions ?? [],
    data: told,
  });
}

async function badge(unread) {
  if (!("setAppBadge" in self.navigator) || unread === undefined) return;
  await (unread ? self.navigator.setAppBadge(unread) : self.navigator.clearAppBadge()).catch(() => {});
}

async function open(path = "/") {
  const wanted = new URL(path, self.location.origin);
  if (wanted.origin !== self.location.origin) return;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = pages.find((page) => new URL(page.url).pathname === wanted.pathname);
  if (there) await there.focus();
  else await self.clients.openWindow(wanted.href);
}

// As the ticket's page does it: with its token, and with what was seen, so that nothing newer is overlooked.
async function take(told) {
  try {
    const page = await fetch(told.path, { credentials: "same-origin" });
    const token = /<meta name="csrf-token" content="([^"]+)"/.exec(await page.text())?.[1];
    if (page.redirected || !token) return open(told.path);
    const answer = await fetch(told.take.path, {
      method: "POST",
      credentials: "same-origin",
      headers: { "X-CSRFToken": token, "HX-Request": "true" },
      body: new URLSearchParams({ seen: told.take.seen }),
    });
    if (!answer.ok) throw new Error(answer.status);
    await show({ ...told, body: told.take.done, take: null, actions: told.actions.slice(0, 1), urgent: false });
  } catch {
    await show({ ...told, body: told.take.failed, take: null, actions: told.actions.slice(0, 1) });
  }
}

async function renew(event) {
  const before = event.oldSubscription;
  const options = before?.options ?? { userVisibleOnly: true };
  const now = event.newSubscription ?? (await self.registration.pushManager.subscribe(options));
  if (!before || !now) return;
  await fetch("/push/renew", { method: "POST", body: new URLSearchParams({ ...fields(now), ...fields(before, "old_") }) });
}

function fields(subscription, start = "") {
  const { endpoint, keys } = subscription.toJSON();
  return { [`${start}endpoint`]: endpoint, [`${start}auth`]: keys.auth, [`${start}p256dh`]: keys.p256dh };
}
