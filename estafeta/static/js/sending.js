// When a request fails nothing is lost and the person is told what to do.
import { make } from "./dom.js";
import { toast } from "./toasts.js";
import { say, speak } from "./words.js";

const REASONS = { 401: "signed_out", 403: "forbidden", 404: "gone", 429: "too_many" };

document.addEventListener("htmx:sendError", () => toast({ text: say("offline"), tone: "error" }));
document.addEventListener("htmx:timeout", () => toast({ text: say("failed"), tone: "error" }));
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  // A view that has words of its own sends them as a toast.
  if (/"?toast"?/.test(xhr.getResponseHeader("HX-Trigger") ?? "")) return;
  toast({ text: say(REASONS[xhr.status] ?? "failed"), tone: "error" });
});

// A signed-out person's request ends on the sign-in page: a whole page is never put into a fragment.
export const isWholePage = (xhr) => /^\s*<!doctype html/i.test(xhr.responseText.slice(0, 200));

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, elt } = event.detail;
  if (!isWholePage(xhr) || elt.hasAttribute("hx-select") || event.detail.boosted) return;
  event.detail.shouldSwap = false;
  if (xhr.status < 400) toast({ text: say("signed_out"), tone: "error", url: location.href, link: say("reload") });
});

function showConnection() {
  document.querySelector(".offline-line:not([data-kept-line])")?.remove();
  // A page that this device has kept says so itself.
  if (navigator.onLine || document.querySelector("[data-kept-line]")) return;
  const line = make("div", { class: "offline-line", role: "status" }, say("offline_line"));
  document.getElementById("main")?.prepend(line);
}

addEventListener("offline", showConnection);
addEventListener("online", () => {
  showConnection();
  speak(say("online"));
});
