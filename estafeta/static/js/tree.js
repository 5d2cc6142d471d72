// A tree in a table: rows are dragged by their handle, or moved with Alt and the arrow keys.
import { whenAdded } from "./dom.js";

const SLACK = 4;
const WAYS = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
const MARKS = ["tree-before", "tree-after", "tree-inside"];

const place = (row, values) =>
  window.htmx.ajax("POST", row.dataset.placeUrl, { values, target: "#tree", swap: "outerHTML" });

// Which row lies under the finger, and whether its upper, middle or lower part does.
function under(x, y, moved) {
  const row = document.elementFromPoint(x, y)?.closest("[data-tree-row]");
  if (!row || row === moved || row.closest("[data-tree]") !== moved.closest("[data-tree]")) return null;
  const box = row.getBoundingClientRect();
  const part = (y - box.top) / box.height;
  return { row, where: part < 0.3 ? "before" : part > 0.7 ? "after" : "inside" };
}

function drag(handle, start) {
  const row = handle.closest("[data-tree-row]");
  let at = null;
  let moving = false;
  const unmark = () => at?.row.classList.remove(...MARKS);
  const move = (event) => {
    if (!moving && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < SLACK) return;
    moving = true;
    row.classList.add("tree-moving");
    unmark();
    at = under(event.clientX, event.clientY, row);
    at?.row.classList.add(`tree-${at.where}`);
    if (event.clientY < 60) scrollBy(0, -12);
    if (event.clientY > innerHeight - 60) scrollBy(0, 12);
  };
  const end = (event) => {
    handle.removeEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel"]) handle.removeEventListener(name, end);
    document.removeEventListener("keydown", leave, true);
    unmark();
    row.classList.remove("tree-moving");
    if (!moving) return;
    // The click that follows must not open the menu of steps.
    const ignore = (click) => click.preventDefault();
    handle.addEventListener("click", ignore);
    setTimeout(() => handle.removeEventListener("click", ignore));
    if (event.type === "pointerup" && at) place(row, { target: at.row.dataset.treeRow, where: at.where });
  };
  const leave = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    unmark();
    at = null;
  };
  handle.setPointerCapture(start.pointerId);
  handle.addEventListener("pointermove", move);
  for (const name of ["pointerup", "pointercancel"]) handle.addEventListener(name, end);
  document.addEventListener("keydown", leave, true);
}

whenAdded("[data-tree-handle]", (handle) => {
  handle.addEventListener("pointerdown", (event) => event.button === 0 && drag(handle, event));
  handle.addEventListener("keydown", (event) => {
    const way = event.altKey && WAYS[event.key];
    if (!way) return;
    event.preventDefault();
    place(handle.closest("[data-tree-row]"), { way });
  });
});
