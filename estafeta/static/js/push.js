// [data-push]: this browser takes messages, or not any more. The part whose data-push-state fits is shown.
import { post } from "./csrf.js";
import { toast } from "./toasts.js";

const box = document.querySelector("[data-push]");
if (box) start();

async function start() {
  if (!("serviceWorker" in navigator) || !("PushManager" in window)) {
    const isApple = /iPhone|iPad/.test(navigator.userAgent);
    return tell(isApple ? "install" : window.isSecureContext ? "unable" : "insecure");
  }
  await look();
  box.addEventListener("click", (event) => {
    if (event.target.closest("[data-push-on]")) busy(event.target.closest("button"), on);
    if (event.target.closest("[data-push-off]")) busy(event.target.closest("button"), off);
  });
}

async function look() {
  if (Notification.permission === "denied") return tell("denied");
  const registration = await navigator.serviceWorker.getRegistration("/");
  const subscription = await registration?.pushManager.getSubscription();
  const line = subscription && (await lineOf(subscription));
  line?.querySelector("[data-push-here]")?.removeAttribute("hidden");
  tell(line ? "on" : "off");
}

async function on() {
  if ((await Notification.requestPermission()) !== "granted") return tell(Notification.permission === "denied" ? "denied" : "off");
  await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  const registration = await navigator.serviceWorker.ready;
  const before = await registration.pushManager.getSubscription();
  // Made for other keys than those of today, it would never hear of us.
  if (before && encoded(before.options.applicationServerKey) !== box.dataset.pushKey) await before.unsubscribe();
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: box.dataset.pushKey,
  });
  const answer = await post(box.dataset.push, fields(subscription));
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail);
  location.reload();
}

async function off() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  const subscription = await registration?.pushManager.getSubscription();
  if (subscription) {
    await post(box.dataset.pushEnd, fields(subscription));
    await subscription.unsubscribe();
  }
  location.reload();
}

async function busy(button, act) {
  button.disabled = true;
  try {
    await act();
  } catch (error) {
    toast({ text: error.message && error.name === "Error" ? error.message : box.dataset.pushFailed, tone: "error" });
  } finally {
    button.disabled = false;
  }
}

function tell(state) {
  for (const part of box.querySelectorAll("[data-push-state]")) part.hidden = part.dataset.pushState !== state;
}

function fields(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  return { auth: keys.auth, endpoint, p256dh: keys.p256dh };
}

// The server names an address by the SHA-256 of its value (channels/webpush/subscription.py).
async function lineOf(subscription) {
  const value = new TextEncoder().encode(JSON.stringify(fields(subscription)));
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", value));
  const name = Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return document.querySelector(`[data-fingerprint="${name}"]`);
}

function encoded(buffer) {
  const text = btoa(String.fromCharCode(...new Uint8Array(buffer ?? [])));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
