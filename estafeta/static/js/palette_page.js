// What the palette finds on the page itself: its verbs, and the pages of the menu.
const textOf = (element) => {
  const words = element.querySelector("span:not(.unread)")?.textContent || element.textContent;
  return (element.getAttribute("aria-label") || words).trim();
};

export function verbs() {
  const seen = new Map();
  for (const element of document.querySelectorAll(".main [data-verb], [data-create], [data-quick]")) {
    if (element.closest("[data-row]:not([aria-selected='true'])")) continue;
    const text = textOf(element);
    if (!seen.has(text)) seen.set(text, { text, run: () => element.click(), icon: "corner-down-right" });
  }
  return [...seen.values()];
}

export const pages = () =>
  [...document.querySelectorAll("[data-nav]")].map((link) => ({
    text: textOf(link),
    run: () => link.click(),
    icon: link.querySelector("use")?.getAttribute("href").split("#")[1] ?? "arrow-right",
  }));
