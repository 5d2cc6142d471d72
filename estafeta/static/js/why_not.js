// In words why an answer is not what was asked for: the server's own where it gives them.
import { say } from "./words.js";

export async function whyNot(answer) {
  if (!answer) return say(navigator.onLine ? "failed" : "offline");
  const told = await answer.json().catch(() => ({}));
  return told.error || say("failed");
}
