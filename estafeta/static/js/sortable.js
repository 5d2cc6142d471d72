// Lists whose order is chosen: by buttons, and by dragging where there is a mouse. The order is that of the form's fields.
const itemOf = (element) => element.closest("[data-sortable-item]");

function move(item, step) {
  const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (!other) return;
  if (step < 0) other.before(item);
  else other.after(item);
  item.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-sortable-up], [data-sortable-down]");
  if (!button) return;
  event.preventDefault();
  move(itemOf(button), "sortableUp" in button.dataset ? -1 : 1);
  button.focus();
});

let dragged = null;
document.addEventListener("pointerdown", (event) => {
  const item = event.target.closest?.("[data-sortable-item]");
  if (item && event.pointerType === "mouse" && !event.target.closest("button, a")) item.draggable = true;
});
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-sortable-item]") ?? null;
  if (dragged) event.dataTransfer.effectAllowed = "move";
});
document.addEventListener("dragover", (event) => {
  const over = dragged && event.target.closest?.("[data-sortable-item]");
  if (!over || over === dragged || over.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  const { top, height } = over.getBoundingClientRect();
  if (event.clientY < top + height / 2) over.before(dragged);
  else over.after(dragged);
});
document.addEventListener("dragend", () => {
  dragged?.removeAttribute("draggable");
  dragged?.dispatchEvent(new Event("change", { bubbles: true }));
  dragged = null;
});
