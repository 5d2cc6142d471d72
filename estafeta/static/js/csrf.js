// Every request of htmx and of our fetches carries the token of the page.
const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

document.addEventListener("htmx:configRequest", (event) => {
  // Not counted as something that somebody does (signin/last_seen.py).
  if (event.detail.triggeringEvent?.type.startsWith("live:")) event.detail.headers["X-By-Itself"] = "1";
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token();
});

export function post(url, fields, more = {}) {
  return fetch(url, {
    method: "POST",
    credentials: "same-origin",
    headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" },
    body: new URLSearchParams(fields),
    ...more,
  });
}
