// Pictures, papers, video and sound in front of the page: arrows go on, Escape goes back, a press enlarges.
import { icon, make } from "./dom.js";
import { say } from "./words.js";

const ENOUGH = 48;
let viewer = null;
let files = [];
let place = 0;

const button = (name, words, attributes = {}) =>
  make("button", { type: "button", class: "viewer-button", "aria-label": words, title: words, ...attributes }, icon(name));

function built() {
  if (viewer) return viewer;
  viewer = make(
    "dialog",
    { class: "viewer", "aria-label": say("viewer") },
    make(
      "header",
      { class: "viewer-head" },
      make("p", { class: "viewer-name clip" }),
      make("span", { class: "viewer-count num", "aria-live": "polite" }),
      make("a", { class: "viewer-button", "data-viewer-save": true, "aria-label": say("save"), title: say("save") }, icon("download")),
      make("a", { class: "viewer-button", "data-viewer-open": true, target: "_blank", rel: "noopener", "aria-label": say("open_original"), title: say("open_original") }, icon("external-link")),
      button("x", say("close"), { "data-close": true }),
    ),
    make("div", { class: "viewer-stage", tabindex: "0" }),
    button("chevron-left", say("previous"), { "data-viewer-go": "-1" }),
    button("chevron-right", say("next"), { "data-viewer-go": "1" }),
  );
  viewer.addEventListener("click", (event) => {
    const step = event.target.closest("[data-viewer-go]")?.dataset.viewerGo;
    if (step) go(Number(step));
    else if (event.target.matches("img.viewer-picture")) event.target.classList.toggle("is-large");
    else if (event.target.matches(".viewer-stage")) viewer.close();
  });
  viewer.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1 };
    if (event.target.matches("video, audio")) return;
    if (event.key in steps) go(steps[event.key]);
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(files.length - 1);
    else if (event.key === "+" || event.key === "-") viewer.querySelector("img.viewer-picture")?.classList.toggle("is-large", event.key === "+");
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  let from = null;
  viewer.addEventListener("touchstart", (event) => {
    from = event.touches.length === 1 ? event.touches[0].clientX : null;
  }, { passive: true });
  viewer.addEventListener("touchend", (event) => {
    if (from === null || viewer.querySelector(".is-large, .viewer-papers")) return;
    const way = event.changedTouches[0].clientX - from;
    if (Math.abs(way) > ENOUGH) go(way < 0 ? 1 : -1);
  });
  // Video stops when nobody looks.
  viewer.addEventListener("close", () => viewer.querySelector(".viewer-stage").replaceChildren());
  document.body.append(viewer);
  return viewer;
}

const draw = {
  picture: ({ large, name }) => make("img", { class: "viewer-picture", src: large, alt: name }),
  video: ({ large }) => make("video", { class: "viewer-video", src: large, controls: true, playsinline: true }),
  sound: ({ large }) => make("audio", { src: large, controls: true }),
  paper: ({ pages, pageUrl, name }) => {
    const count = Number(pages);
    const sheets = Array.from({ length: count }, (_none, index) =>
      make("img", {
        class: "viewer-paper",
        src: pageUrl.replace(/0$/, index + 1),
        alt: say("page_of", { name, page: index + 1 }),
        loading: index ? "lazy" : "eager",
        width: 1131,
        height: 1600,
      }),
    );
    return make("div", { class: "viewer-papers" }, ...sheets);
  },
};

function show(index) {
  place = (index + files.length) % files.length;
  const { dataset, href } = files[place];
  viewer.querySelector(".viewer-name").textContent = `${dataset.name} · ${dataset.size}`;
  viewer.querySelector(".viewer-count").textContent = files.length > 1 ? `${place + 1} / ${files.length}` : "";
  viewer.querySelector("[data-viewer-save]").href = dataset.download;
  viewer.querySelector("[data-viewer-open]").href = href;
  viewer.querySelector("[data-viewer-open]").hidden = dataset.look === "paper";
  for (const arrow of viewer.querySelectorAll("[data-viewer-go]")) arrow.hidden = files.length < 2;
  const stage = viewer.querySelector(".viewer-stage");
  stage.replaceChildren(draw[dataset.look](dataset));
  stage.scrollTo(0, 0);
}

const go = (step) => files.length > 1 && show(place + step);

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-look]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  // The same file may be shown twice: once in the story, once in a list.
  const met = new Set();
  const around = link.closest("dialog") ?? document;
  files = [...around.querySelectorAll("a[data-look]")].filter((one) => one === link || (one.href !== link.href && !met.has(one.href) && met.add(one.href)));
  built();
  show(files.indexOf(link));
  viewer.showModal();
  viewer.querySelector(".viewer-stage").focus();
});
