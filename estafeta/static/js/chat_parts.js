// What comes into the page by itself wakes the modules that wait for it, as what htmx brings does.
export function bring(element) {
  htmx.process(element);
  element.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: element } }));
}

// Parts of a talk, fetched as the items of its list; nothing stands in it twice.
export async function fetchPart(url, query) {
  const answer = await fetch(`${url}?${new URLSearchParams(query)}`, { headers: { "HX-Request": "true" }, cache: "no-store" }).catch(() => null);
  if (answer?.status === 404) location.assign("/chat");
  if (!answer?.ok) return null;
  const made = new DOMParser().parseFromString(`<ol>${await answer.text()}</ol>`, "text/html");
  return { items: [...made.querySelectorAll("ol > li")], hasMore: answer.headers.get("X-More") === "yes" };
}

export function adopt(list, items, place) {
  const known = new Set([...list.querySelectorAll("[data-message]")].map((item) => item.dataset.message));
  const fresh = items.filter((item) => !known.has(item.dataset.message));
  if (!fresh.some((item) => item.dataset.message)) return [];
  if (place === "afterbegin") {
    // The day that stood above belongs to the part above now, if that part ends with it.
    const last = list.querySelector("[data-day]");
    const days = fresh.filter((item) => "day" in item.dataset).map((item) => item.textContent.trim());
    if (last && last === list.firstElementChild && days.includes(last.textContent.trim())) last.remove();
    list.prepend(...fresh);
  } else list.append(...fresh);
  fresh.forEach(bring);
  return fresh.filter((item) => item.dataset.message);
}
