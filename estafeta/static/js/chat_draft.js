// What is typed into a talk and not said yet stays in this browser, for each talk of its own.
const PREFIX = "draft:chat-";

export function draftOf(form) {
  const me = document.querySelector("[data-chat]")?.dataset.me;
  const place = `${PREFIX}${me}-${form.dataset.roomKey}`;
  const text = form.querySelector("[data-chat-text]");
  const box = form.querySelector("[data-files]");
  let timer = 0;

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(place))?.values ?? null;
    } catch {
      return null;
    }
  }

  function keep() {
    clearTimeout(timer);
    timer = 0;
    const files = box.chosen?.() ?? [];
    if (!text.value.trim() && !files.length) return localStorage.removeItem(place);
    try {
      localStorage.setItem(place, JSON.stringify({ at: Date.now(), values: { text: text.value, files } }));
    } catch {
      // A full or forbidden storage must not disturb the typing.
    }
  }

  const before = kept();
  if (before && !text.value) {
    text.value = before.text ?? "";
    // The box of files binds itself a moment later.
    if (before.files?.length) setTimeout(() => box.choose?.(before.files));
  }
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 300);
  });
  addEventListener("pagehide", () => timer && keep());
  return {
    forget() {
      clearTimeout(timer);
      timer = 0;
      localStorage.removeItem(place);
    },
  };
}
