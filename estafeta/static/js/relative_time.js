// <time data-relative> counts on while one looks; <time data-moment> is shown in the reader's zone.
import { say } from "./words.js";
import { whenAdded } from "./dom.js";

const page = document.documentElement.lang || "en";
const language = page === "en" ? "en-GB" : page; // day before month, a clock of 24 hours
const timeZone = document.documentElement.dataset.timeZone || undefined;
const format = (options) => new Intl.DateTimeFormat(language, { timeZone, ...options });
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
const clock = format({ hour: "2-digit", minute: "2-digit" });
const day = format({ day: "numeric", month: "short" });
const dayOfYear = format({ day: "numeric", month: "short", year: "numeric" });
const full = format({ dateStyle: "long", timeStyle: "short" });
const dateKey = new Intl.DateTimeFormat("en-CA", { timeZone });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function calendarDays(from, to) {
  return Math.round((Date.parse(dateKey.format(to)) - Date.parse(dateKey.format(from))) / DAY);
}

export function sayWhen(at, now = new Date()) {
  const passed = now - at;
  const length = Math.abs(passed);
  if (length < MINUTE) return say("just_now");
  if (length < HOUR) return relative.format(-Math.trunc(passed / MINUTE), "minute");
  const days = calendarDays(at, now);
  if (days === 0 || length < 6 * HOUR) return relative.format(-Math.trunc(passed / HOUR), "hour");
  if (Math.abs(days) < 7) return relative.format(-days, "day");
  return at.getFullYear() === now.getFullYear() ? day.format(at) : dayOfYear.format(at);
}

function sayMoment(at, style) {
  if (style === "time") return clock.format(at);
  const date = at.getFullYear() === new Date().getFullYear() ? day.format(at) : dayOfYear.format(at);
  return style === "date" ? date : `${date}, ${clock.format(at)}`;
}

function refresh(element) {
  const at = new Date(element.dateTime);
  if (Number.isNaN(at.getTime())) return;
  const text = sayWhen(at);
  if (element.textContent !== text) element.textContent = text;
}

whenAdded("time[data-relative]", (element) => {
  element.title = full.format(new Date(element.dateTime));
  refresh(element);
});
whenAdded("time[data-moment]", (element) => {
  const at = new Date(element.dateTime);
  element.title = full.format(at);
  element.textContent = sayMoment(at, element.dataset.moment);
});
whenAdded("[data-title-time]", (element) => {
  element.title = full.format(new Date(element.dataset.titleTime));
});

setInterval(() => document.querySelectorAll("time[data-relative]").forEach(refresh), 30_000);
