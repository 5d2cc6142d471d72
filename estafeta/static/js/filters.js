// A form of filters says only what was filled in, so that the address stays short and can be passed on.
const isEmpty = (field) => field.name && (field.value === "" || "sentNever" in field.dataset || (/(^|\.)match$/.test(field.name) && field.value === "all"));

document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("[data-filter-form]");
  if (!form) return;
  const waiting = [...form.elements].filter((field) => !field.disabled && isEmpty(field));
  for (const field of waiting) field.disabled = true;
  setTimeout(() => {
    for (const field of waiting) field.disabled = false;
  });
});

// A named period and two days exclude each other: what was touched last is meant.
document.addEventListener("change", (event) => {
  const period = event.target.closest?.(".filters-period");
  if (!period) return;
  if (event.target.type === "date") period.querySelector("select").value = "";
  else for (const day of period.querySelectorAll("input")) day.value = "";
});
