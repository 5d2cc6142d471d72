// On a touch screen a row drawn to the left shows its verbs: the same buttons that a pointer finds on hover.
const ENOUGH = 48;
let start = null;

function show(row) {
  document.querySelectorAll(".row-swiped").forEach((other) => other !== row && other.classList.remove("row-swiped"));
  row?.classList.add("row-swiped");
}

document.addEventListener(
  "touchstart",
  (event) => {
    const row = event.target.closest?.("[data-row]");
    const [touch] = event.touches;
    start = row?.querySelector(".list-verbs") ? { row, x: touch.clientX, y: touch.clientY } : null;
    if (!row?.classList.contains("row-swiped")) show(null);
  },
  { passive: true },
);

document.addEventListener(
  "touchmove",
  (event) => {
    if (!start) return;
    const [touch] = event.touches;
    const across = touch.clientX - start.x;
    if (Math.abs(touch.clientY - start.y) > ENOUGH / 2) start = null;
    else if (across < -ENOUGH) show(start.row);
    else if (across > ENOUGH / 2) start.row.classList.remove("row-swiped");
  },
  { passive: true },
);
