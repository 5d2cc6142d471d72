// Where the browser can, what waits is sent though no page is open; and somebody is told when it could not be.
import { send } from "./offline_send.js";
import { forget } from "./worker_person.js";

self.addEventListener("sync", (event) => {
  if (event.tag === "acts") event.waitUntil(sent());
});

async function sent() {
  const how = await send();
  if (how === "signed-out") await forget();
  // Rejected, the browser tries again later by itself.
  if (how === "offline") throw new Error("still offline");
}

