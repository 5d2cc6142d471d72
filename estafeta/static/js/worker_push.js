// Shows what the server pushes though no page is open, and does what its buttons say, as the person who is signed in.
import { add } from "./offline_store.js";
import { hello } from "./offline_send.js";

self.addEventListener("push", (event) => {
  const told = read(event.data);
  event.waitUntil(Promise.all([show(told), badge(told.unread)]));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const told = event.notification.data ?? {};
  const verb = told.acts?.[event.action];
  event.waitUntil(verb?.opens || !verb ? open(verb?.opens ?? told.path) : act(told, event.action, verb));
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

const answered = (told, body) => show({ ...told, body, acts: {}, actions: [], urgent: false });

async function badge(unread) {
  if (!("setAppBadge" in self.navigator) || unread === undefined) return;
  await (unread ? self.navigator.setAppBadge(unread) : self.navigator.clearAppBadge()).catch(() => {});
}

async function open(path = "/") {
  const wanted = new URL(path, self.location.origin);
  if (wanted.origin !== self.location.origin) return;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = pages.find((page) => new URL(page.url).pathname === wanted.pathname);
  if (there && !wanted.search) await there.focus();
  else await self.clients.openWindow(wanted.href);
}

// With a token of this moment, and with what was seen, so that nothing newer is overlooked.
async function act(told, name, verb) {
  const me = await hello();
  // Somebody else's browser by now, or nobody's: he signs in, and looks himself.
  if (me === false || (me && me.person !== told.person)) return open(told.path);
  const fields = { seen: verb.seen, ...(verb.key ? { key: verb.key } : {}) };
  if (me === null) return wait(told, name, verb);
  try {
    const answer = await fetch(verb.path, {
      method: "POST",
      credentials: "same-origin",
      headers: { "X-CSRFToken": me.token, "HX-Request": "true", Accept: "application/json" },
      body: new URLSearchParams(fields),
    });
    if (answer.ok) return answered(told, verb.done);
    // It asks for more than a button can say: a photo, a text.
    if (answer.status === 422) return open(verb.path);
    const { problem = "" } = await answer.json().catch(() => ({}));
    return answered(told, problem || verb.failed);
  } catch {
    return wait(told, name, verb);
  }
}

async function wait(told, name, verb) {
  const { title: label } = told.actions.find(({ action }) => action === name);
  const row = { person: told.person, verb: name, label, ticket: verb.ticket, title: told.title, url: verb.path, fields: [], files: [], text: "", key: verb.key ?? "", seen: verb.seen, state: "waiting" };
  await add("acts", row);
  await self.registration.sync?.register("acts").catch(() => {});
  await answered(told, verb.waits);
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
