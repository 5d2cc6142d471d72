// The line above a talk with an operator: asked for anew when the talk goes on, and while one waits.
const WAITS = 20_000;
const bar = () => document.querySelector("[data-talk-bar]");
const found = bar();
if (found) start(Number(found.dataset.room));

function start(room) {
  let timer = 0;

  async function refresh() {
    const old = bar();
    const answer = await fetch(old.dataset.url, { cache: "no-store" }).catch(() => null);
    // The talk is out of sight now: with another department, perhaps.
    if (answer?.status === 404) return location.assign("/chat");
    if (answer?.ok) replace(old, await answer.text());
    later();
  }

  function replace(old, text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-talk-bar]");
    if (!fresh) return;
    const hasGoneOn = fresh.dataset.state !== old.dataset.state;
    const isSame = fresh.innerHTML.replaceAll(/value="[^"]{30,}"/g, "") === old.innerHTML.replaceAll(/value="[^"]{30,}"/g, "");
    if (!hasGoneOn && (isSame || old.contains(document.activeElement))) return;
    old.replaceWith(document.adoptNode(fresh));
    htmx.process(bar());
    // Who may write has changed with it; what is being typed stays, and is refused with its reason.
    const field = document.querySelector("[data-chat-text]");
    if (hasGoneOn && !field?.value) location.reload();
  }

  function later() {
    clearTimeout(timer);
    if (bar()?.hasAttribute("data-waiting")) timer = setTimeout(() => (document.hidden ? later() : refresh()), WAITS);
  }

  document.body.addEventListener("live:chat", ({ detail: { event, data } }) => {
    // Others in line move on with every talk that is accepted.
    if (event === "reload" || (event === "state" && data.room === room)) refresh();
  });
  later();
}
