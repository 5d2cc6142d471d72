// The page of talks: the list of rooms lives, the open talk gets what is said while one looks.
import "./chat_asking.js";
import { composer } from "./chat_composer.js";
import { roomList } from "./chat_rooms.js";
import { talk } from "./chat_talk.js";
import { writers } from "./chat_writers.js";

const page = document.querySelector("[data-chat]");
if (page) start(page);

function start(page) {
  const me = Number(page.dataset.me);
  const rooms = roomList(page.querySelector("[data-rooms]"), page.dataset.roomsUrl);
  const section = page.querySelector("[data-talk]");
  const open = section ? talk(section, me) : null;
  const room = Number(section?.dataset.room) || 0;
  if (section) composer(section, open);
  if (room) writers(section, room);

  document.body.addEventListener("live:chat", ({ detail: { event, data } }) => {
    if (event === "reload") {
      open?.catchUp();
      return rooms.refresh();
    }
    if (data.room === room) open?.hear(event, data);
    // Reading marks of others change nothing in the list.
    if (event !== "read" || data.person === me) rooms.refresh();
  });
  // The word beside the dot of whom one talks to.
  document.addEventListener("live:states", ({ detail: { states } }) => {
    const word = section?.querySelector("[data-talk-state]");
    const state = states[word?.dataset.talkState];
    if (state) word.textContent = JSON.parse(word.dataset.words)[state];
  });
  document.addEventListener("live:reached", () => open?.catchUp());
}
