// [data-copy] puts its text (or the address of this page) on the clipboard.
import { toast } from "./toasts.js";
import { say } from "./words.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = button.dataset.copy.startsWith("/") ? new URL(button.dataset.copy, location.href).href : button.dataset.copy || location.href;
  try {
    await navigator.clipboard.writeText(text);
    toast({ text: say("copied"), tone: "success" });
  } catch {
    // Without a secure origin there is no clipboard; show the text so that it can be taken by hand.
    toast({ text, tone: "info" });
  }
});
