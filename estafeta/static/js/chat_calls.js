// A message that calls this person pops up on every page but that of its talk. The stream says only that it does:
// a tab that is looked at asks for the words, and shows them unless another one has.
import { popups } from "./popup.js";

const source = document.getElementById("me");
if (source) start(JSON.parse(source.textContent));

function start(me) {
  let waiting = [];
  const openRoom = () => Number(document.querySelector("[data-talk]")?.dataset.room) || 0;
  const isOpen = (room) => room === openRoom() && !document.hidden;
  const show = popups({ person: me.person, sound: me.sound, name: "-calls", place: "/chat", isShown: (_, { room }) => isOpen(room) });

  async function ask(message) {
    const answer = await fetch(`/chat/messages/${message}/call`, { headers: { Accept: "application/json" }, cache: "no-store" }).catch(() => null);
    return answer?.status === 200 ? answer.json() : null;
  }

  async function claim() {
    if (document.hidden) return;
    const calls = waiting;
    waiting = [];
    for (const { number, data } of calls) {
      const card = isOpen(data.room) ? null : await ask(data.message);
      if (!card || card.quiet) continue;
      show({ ...card, id: number, key: `room-${data.room}`, stays: card.waits, message: data.message });
    }
  }

  // Whoever is waited for by several is called until one of them comes.
  async function settle(room) {
    const card = document.querySelector(`[data-popup="room-${room}"]`);
    const message = asked.get(room);
    if (!card || !message || (await ask(message))) return;
    asked.delete(room);
    document.querySelector(`[data-popup="room-${room}"]`)?.remove();
  }

  const asked = new Map();
  document.body.addEventListener("live:calls", ({ detail: { event, data, number } }) => {
    if (event === "reload") return;
    // Of one talk the newest says enough.
    waiting = [...waiting.filter((one) => one.data.room !== data.room), { number, data }];
    if (event === "waited_for") asked.set(data.room, data.message);
    claim();
  });
  document.body.addEventListener("live:chat", ({ detail: { event, data } }) => event === "state" && settle(data.room));
  document.addEventListener("visibilitychange", claim);
}
