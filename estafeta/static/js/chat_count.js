// In how many talks something is new, beside the word in the menu: asked for anew soon after something happened.
const badges = () => document.querySelectorAll('[data-counter="chat"]');
let timer = 0;

async function ask() {
  timer = 0;
  const answer = await fetch("/chat/unread", { headers: { Accept: "application/json" }, cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return;
  const { unread } = await answer.json();
  for (const badge of badges()) badge.textContent = unread || "";
}

document.addEventListener("live:chat", ({ detail: { event, data } }) => {
  const me = Number(JSON.parse(document.getElementById("me")?.textContent ?? "{}").person);
  const isMine = data.person === me;
  if (timer || !badges().length || (event === "read" ? !isMine : isMine)) return;
  timer = setTimeout(ask, 300 + Math.random() * 1_200);
});
