// The hint that this can stand on the home screen: once, on a phone, and gone for good when it is waved away.
import { whenAdded } from "./dom.js";

const WAVED = "install-waved-away";
const isInstalled = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
const isApple = /iPhone|iPad/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
let offer = null;

function show() {
  const hint = document.querySelector("[data-install]");
  if (!hint || isInstalled() || localStorage.getItem(WAVED)) return;
  hint.querySelector("[data-install-now]").hidden = !offer;
  hint.querySelector("[data-install-apple]").hidden = Boolean(offer) || !isApple;
  hint.hidden = !offer && !isApple;
}

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
  show();
});
addEventListener("appinstalled", () => document.querySelector("[data-install]")?.setAttribute("hidden", ""));

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-install-now]")) {
    offer?.prompt();
    offer = null;
    show();
  }
  if (event.target.closest("[data-install-wave]")) {
    localStorage.setItem(WAVED, "yes");
    document.querySelector("[data-install]").hidden = true;
  }
});

whenAdded("[data-install]", show);
