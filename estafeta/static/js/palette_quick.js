import { say } from "./words.js";

// What is typed may be an order itself; it is shown as it was understood before it is sent.
export function quickLine(text) {
  const place = document.querySelector("[data-quick]")?.href;
  if (!place || !/\s/.test(text)) return [];
  const url = new URL(place);
  url.searchParams.set("line", text);
  return [{ text: say("quick_line", { text }), run: () => location.assign(url), icon: "edit" }];
}
