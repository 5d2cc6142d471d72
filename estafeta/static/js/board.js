// The board: a card is moved by drawing it, by its menu (m, or the button), or by Shift and an arrow; each move is a verb.
import { icon, isTyping, make } from "./dom.js";
import { openAt } from "./menus.js";
import { say, speak } from "./words.js";

const menu = document.getElementById("board-menu");
const movesOf = (card) => JSON.parse(card.dataset.moves || "{}");
const columns = () => [...document.querySelectorAll("[data-column]")];
const columnOf = (card) => card.closest("[data-column]");

function act(card, key) {
  const move = movesOf(card)[key];
  if (!move) return false;
  sessionStorage.setItem("card-moved", card.dataset.number);
  if (move.dialog) htmx.ajax("GET", move.url, { target: "#dialog", swap: "innerHTML" });
  else htmx.ajax("POST", move.url, { target: "body", swap: "none" });
  return true;
}

function refuse(card, column) {
  speak(say("cannot_move", { column: column.dataset.label }));
  card.classList.add("kanban-refused");
  setTimeout(() => card.classList.remove("kanban-refused"), 400);
}

// Drawing.
let drawn = null;

function show(card) {
  const moves = card ? movesOf(card) : {};
  for (const column of columns()) {
    const own = card && columnOf(card) === column;
    column.classList.toggle("kanban-can", Boolean(card) && column.dataset.column in moves);
    column.classList.toggle("kanban-cannot", Boolean(card) && !own && !(column.dataset.column in moves));
    column.classList.remove("kanban-over");
  }
}

document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.("[data-card]");
  if (!card) return;
  drawn = card;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.dataset.number);
  card.classList.add("kanban-drawn");
  show(card);
});
document.addEventListener("dragover", (event) => {
  const column = drawn && event.target.closest?.("[data-column]");
  if (!column || !(column.dataset.column in movesOf(drawn))) return;
  event.preventDefault();
  for (const one of columns()) one.classList.toggle("kanban-over", one === column);
});
document.addEventListener("drop", (event) => {
  const column = drawn && event.target.closest?.("[data-column]");
  if (!column) return;
  event.preventDefault();
  act(drawn, column.dataset.column);
});
document.addEventListener("dragend", () => {
  drawn?.classList.remove("kanban-drawn");
  drawn = null;
  show(null);
});

// The menu.
function openMenu(card) {
  const items = Object.entries(movesOf(card)).map(([key, move]) => {
    const column = columns().find((one) => one.dataset.column === key);
    const name = column?.dataset.label ?? key;
    const button = make("button", { type: "button", role: "menuitem", class: "menu-item" }, icon("arrow-right"), make("span", {}, name), make("span", { class: "faint small" }, move.label));
    button.addEventListener("click", () => act(card, key));
    return button;
  });
  if (!items.length) return false;
  menu.replaceChildren(...items);
  openAt(menu, card.querySelector("[data-card-menu]") ?? card);
  const back = (event) => {
    if (event.newState !== "closed") return;
    menu.removeEventListener("toggle", back);
    focusOn(card.dataset.number);
  };
  menu.addEventListener("toggle", back);
  return true;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-card-menu]");
  if (button) openMenu(button.closest("[data-card]"));
});

// The keyboard.
const focusOn = (number) => document.querySelector(`[data-card][data-number="${CSS.escape(number)}"] [data-card-link]`)?.focus();

function step(card, key) {
  const column = columnOf(card);
  const cards = [...column.querySelectorAll("[data-card]")];
  const at = cards.indexOf(card);
  if (key === "ArrowDown" || key === "ArrowUp") {
    const next = cards[at + (key === "ArrowDown" ? 1 : -1)];
    next?.querySelector("[data-card-link]").focus();
    return Boolean(next);
  }
  const beside = nextTo(column, key, (one) => one.querySelector("[data-card]"));
  const there = beside ? [...beside.querySelectorAll("[data-card]")] : [];
  there[Math.min(at, there.length - 1)]?.querySelector("[data-card-link]").focus();
  return there.length > 0;
}

function nextTo(column, key, fits) {
  const all = columns();
  const way = key === "ArrowRight" ? 1 : -1;
  for (let at = all.indexOf(column) + way; at >= 0 && at < all.length; at += way) if (fits(all[at])) return all[at];
  return null;
}

document.addEventListener("keydown", (event) => {
  const card = event.target.closest?.("[data-card]");
  if (!card || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "m" || event.code === "KeyM") {
    if (openMenu(card)) event.preventDefault();
  } else if (event.key.startsWith("Arrow") && event.shiftKey) {
    const moves = movesOf(card);
    const goal = nextTo(columnOf(card), event.key, (one) => one.dataset.column in moves);
    event.preventDefault();
    if (goal) act(card, goal.dataset.column);
    else refuse(card, columnOf(card));
  } else if (event.key.startsWith("Arrow") && step(card, event.key)) event.preventDefault();
});

// A moved card keeps the focus in its new column.
document.addEventListener("htmx:afterSettle", (event) => {
  const number = sessionStorage.getItem("card-moved");
  if (!number || !event.target.matches?.("[data-board]")) return;
  if (!document.activeElement || document.activeElement === document.body) focusOn(number);
  document.getElementById(`card-${number}`)?.classList.add("flash");
  sessionStorage.removeItem("card-moved");
});
