// One open talk: what was said comes in parts while one scrolls, what is said now is added below.
import { readMarks } from "./chat_marks.js";
import { singly } from "./chat_message.js";
import { adopt, fetchPart } from "./chat_parts.js";
import { speak } from "./words.js";

const NEAR = 80;

export function talk(section, me) {
  const { dataset } = section;
  const scroll = section.querySelector("[data-scroll]");
  const list = section.querySelector("[data-messages]");
  const older = section.querySelector("[data-older]");
  const newer = section.querySelector("[data-newer]");
  const down = section.querySelector("[data-down]");
  const downCount = section.querySelector("[data-down-count]");
  const ids = () => [...list.querySelectorAll("[data-message]")].map((item) => Number(item.dataset.message));
  const isAtEnd = () => newer.hidden && scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
  let isFetching = false;
  let isOwed = false;
  let below = 0;

  const marks = readMarks(section, () => ids().at(-1) ?? 0, isAtEnd);

  const { renew, show } = singly(section, list, () => marks.show());

  const toEnd = () => {
    scroll.scrollTop = scroll.scrollHeight;
  };

  function showDown() {
    down.hidden = isAtEnd();
    if (down.hidden) below = 0;
    downCount.textContent = below || "";
  }

  // What one said oneself is seen at once; what others say moves nobody who reads above.
  async function catchUp({ isMine = false } = {}) {
    if (!dataset.room || !newer.hidden) return;
    if (isFetching) {
      isOwed = true;
      return;
    }
    isFetching = true;
    const wasAtEnd = isAtEnd();
    const part = await fetchPart(dataset.messagesUrl, { after: ids().at(-1) ?? 0 });
    isFetching = false;
    if (part) {
      const added = adopt(list, part.items, "beforeend");
      if (added.length) arrived(added, wasAtEnd || isMine);
      if (part.hasMore) newer.hidden = false;
    }
    if (isOwed) {
      isOwed = false;
      await catchUp();
    }
  }

  function arrived(added, follow) {
    section.querySelector("[data-talk-empty]").hidden = true;
    const others = added.filter((item) => item.dataset.author && Number(item.dataset.author) !== me);
    if (follow) toEnd();
    else below += others.length;
    for (const item of others) {
      const text = item.querySelector(".message-text")?.textContent.trim() ?? "";
      speak(dataset.typed.replace("%(name)s", nameOf(item)).replace("%(text)s", text));
    }
    showDown();
    marks.look();
  }

  const nameOf = (item) => item.querySelector(".message-name, .hidden-text")?.textContent.replace(/: $/, "") ?? "";

  async function loadOlder() {
    if (isFetching || older.hidden) return;
    isFetching = true;
    const part = await fetchPart(dataset.messagesUrl, { before: ids()[0] });
    isFetching = false;
    if (!part) return;
    const height = scroll.scrollHeight - scroll.scrollTop;
    adopt(list, part.items, "afterbegin");
    older.hidden = !part.hasMore;
    scroll.scrollTop = scroll.scrollHeight - height;
  }

  async function loadNewer() {
    if (isFetching || newer.hidden) return;
    isFetching = true;
    const part = await fetchPart(dataset.messagesUrl, { after: ids().at(-1) });
    isFetching = false;
    if (!part) return;
    adopt(list, part.items, "beforeend");
    newer.hidden = !part.hasMore;
    showDown();
    marks.look();
  }

  function hear(event, data) {
    if (event === "written") catchUp({ isMine: data.person === me });
    else if (event === "edited" || event === "taken_back") renew(data.message);
    else if (event === "read" && data.person !== me) marks.othersReadTo(data.up_to);
  }

  scroll.addEventListener("scroll", () => {
    if (scroll.scrollTop < NEAR * 3) loadOlder();
    if (scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR * 3) loadNewer();
    showDown();
    marks.look();
  });
  down.addEventListener("click", () => {
    if (newer.hidden) toEnd();
    else location.assign(dataset.pageUrl);
  });
  const fresh = list.querySelector("[data-new]");
  const marked = Number(dataset.marked);
  if (marked && ids().includes(marked)) show(marked);
  else if (fresh) fresh.scrollIntoView({ block: "start" });
  else toEnd();
  // Pictures that come later make the talk longer.
  list.addEventListener("load", () => !marked && !fresh && isNearEnd() && toEnd(), true);
  const isNearEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 400;
  showDown();
  marks.look();

  return { hear, catchUp, show, me, lastOwn: () => [...list.querySelectorAll(".message-mine:has([data-mark])")].at(-1) };
}
