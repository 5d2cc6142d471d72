// Whose what lies on this device is: it goes when somebody signs out, and when another person comes.
import { all, drop } from "./offline_store.js";

export const SEEN = "seen-";

export async function forget(except = "") {
  for (const name of await caches.keys()) if (name.startsWith(SEEN) && name !== except) await caches.delete(name);
}

// What was handed over and not sent: a session that ran out leaves it to its own person, nothing else does.
export async function dropShared(except = null) {
  for (const row of await all("shared")) if (except === null || row.person !== except) await drop("shared", row.id);
}

// The server cannot know that a session that ran out was followed by somebody else's: what was pushed to the one
// before is not shown to him.
export async function isPersonOf(person) {
  const kept = await caches.open("person");
  const before = await lastPerson();
  if (before === person) return;
  await dropShared(Number(person));
  if (before) await (await self.registration.pushManager?.getSubscription())?.unsubscribe();
  await kept.put("/person", new Response(person));
}

// The number of who was signed in last, as text.
export async function lastPerson() {
  return (await (await caches.open("person")).match("/person"))?.text();
}
