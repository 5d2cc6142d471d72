// Who writes here now, above the field; and that I do.
import { be, writing } from "./presence.js";

const MOST_NAMED = 3;

export function writers(section, room) {
  const place = `room:${room}`;
  const line = section.querySelector("[data-writes-line]");
  const text = section.querySelector("[data-chat-text]");
  be(place, (people) => {
    const names = people.filter((person) => person.writing).map((person) => person.name);
    const words = names.length > 1 ? section.dataset.severalWrite : section.dataset.writes;
    const said = names.length ? words.replace("%(names)s", names.slice(0, MOST_NAMED).join(", ")) : "";
    if (line.textContent !== said) line.textContent = said;
  });
  text?.addEventListener("input", () => writing(place, Boolean(text.value.trim())));
  text?.form.addEventListener("chat:sent", () => writing(place, false));
}
