// Who else looks at this ticket, and who is writing under it.
import { avatar, make, whenAdded } from "./dom.js";
import { be, writing } from "./presence.js";
import { say } from "./words.js";

const FACES = 5;

function words(names, one, many) {
  if (!names.length) return "";
  return names.length === 1 ? say(one, { name: names[0] }) : say(many, { names: names.join(", ") });
}

function show(page, people) {
  const faces = people.slice(0, FACES).map((person) => {
    const face = avatar({ ...person, photo: person.photo || undefined }, "m");
    face.title = person.name;
    if (person.writing) face.classList.add("avatar-writes");
    return face;
  });
  const rest = people.length - faces.length;
  const also = words(people.map((person) => person.name), "here_one", "here_many");
  const said = words(people.filter((person) => person.writing).map((person) => person.name), "writes_one", "writes_many");
  const top = page.querySelector("[data-here-faces]");
  top?.replaceChildren(...faces, ...(rest > 0 ? [make("span", { class: "faint small" }, `+${rest}`)] : []));
  if (top) top.title = also;
  if (also) top?.append(make("span", { class: "hidden-text" }, also));
  const line = page.querySelector("[data-here-words]");
  if (line && line.textContent !== (said || also)) line.replaceChildren(...(said ? [make("span", { class: "writes-dots", "aria-hidden": "true" }), said] : also ? [also] : []));
  line?.classList.toggle("here-writes", Boolean(said));
}

whenAdded("[data-ticket-page]", (page) => {
  const place = `ticket:${page.dataset.ticketPage}`;
  be(place, (people) => show(page, people));
  // What a draft fills in by itself is not written now.
  page.addEventListener("input", ({ target, isTrusted }) => {
    if (isTrusted && target.matches("form[data-composer] textarea")) writing(place, Boolean(target.value.trim()));
  });
  page.addEventListener("htmx:beforeRequest", ({ target }) => target.matches("form[data-composer]") && writing(place, false));
});
