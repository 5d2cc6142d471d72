// The form of a new ticket: who asks, what follows from the topic, whom to suggest.
import { whenAdded } from "./dom.js";

const defaults = JSON.parse(document.getElementById("topic-defaults")?.textContent ?? "{}");

whenAdded("form[data-new-ticket]", (form) => {
  const { department, acceptance, topic, priority } = form.elements;
  const other = form.querySelector("[data-whose-other]");
  const people = form.querySelector('[data-pick][data-name="people"]');
  const source = people?.dataset.source;
  const filled = { priority: "", people: "", evidence: "" };

  const showWhose = () => {
    if (other) other.hidden = form.elements.whose.value !== "other";
  };
  // Only people of the department are suggested once one is chosen.
  const narrow = () => {
    if (people) people.dataset.source = department.value ? `${source}?department=${department.value}` : source;
  };
  // A choice of one's own is not overwritten; what an earlier topic filled in is.
  const fill = (field, value) => {
    if (!field || !value || (field.value && field.value !== field.dataset.filled)) return;
    field.value = value;
    field.dataset.filled = value;
  };

  const fillPriority = (value) => {
    if (!priority || !value || (priority.value !== "2" && priority.value !== filled.priority)) return;
    priority.value = filled.priority = String(value);
  };
  const fillPeople = (pairs) => {
    const chosen = people?.chosen?.().map(([value]) => value) ?? [];
    if (!people?.choose || (chosen.length && chosen.join() !== filled.people)) return;
    people.choose(pairs);
    filled.people = pairs.map(([value]) => value).join();
  };

  const boxes = () => [...form.querySelectorAll('input[name="evidence"]')];
  const ticked = () => boxes().filter((box) => box.checked).map((box) => box.value).join();
  const fillEvidence = (kinds) => {
    if (ticked() !== filled.evidence) return;
    for (const box of boxes()) box.checked = kinds.includes(box.value);
    filled.evidence = ticked();
  };

  form.addEventListener("change", (event) => {
    if (event.target.name === "whose") {
      showWhose();
      if (!other.hidden) other.querySelector('[role="combobox"]')?.focus();
    }
    if (event.target === topic) {
      const given = defaults[topic.value] ?? {};
      fill(department, given.department ? String(given.department) : "");
      fill(acceptance, given.acceptance);
      fillPriority(given.priority);
      fillPeople(given.people ?? []);
      fillEvidence(given.evidence ?? []);
    }
    narrow();
  });
  showWhose();
  narrow();
});
