// Of when a kept page is: the hour today, else the day too, in the zone of the person.
const root = document.documentElement;

export function ofWhen(at) {
  const date = new Date(at);
  const zone = root.dataset.timeZone ? { timeZone: root.dataset.timeZone } : {};
  const day = (moment) => moment.toLocaleDateString("en", zone);
  const how = day(date) === day(new Date()) ? { timeStyle: "short" } : { dateStyle: "short", timeStyle: "short" };
  return date.toLocaleString(root.lang, { ...how, ...zone });
}
