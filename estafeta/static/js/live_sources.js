// Rows of further rooms (realtime/sources.py): up to which number this page has heard each of them.
export function furtherSources(tell, already) {
  const heard = { ...already };
  // Where the stream of this tab began, if it leads.
  let since = {};
  for (const { dataset } of document.querySelectorAll("[data-live-source]")) heard[dataset.liveSource] = Number(dataset.liveAt) || 0;

  return {
    heard,
    begin() {
      since = { ...heard };
    },
    hear(one) {
      if (one.number <= (heard[one.source] ?? 0)) return;
      heard[one.source] = one.number;
      tell(one.source, one);
    },
    reach(numbers) {
      for (const [name, number] of Object.entries(numbers)) {
        since[name] ??= number;
        heard[name] = Math.max(heard[name] ?? 0, number);
      }
    },
    // What a tab that has heard so much has to be told anew, because this one does not remember the rest.
    forgotten(numbers, isFull) {
      return Object.entries(numbers)
        .filter(([name, number]) => (isFull || number < (since[name] ?? Infinity)) && number < (heard[name] ?? number + 1))
        .map(([source, number]) => ({ source, number: heard[source] ?? number + 1, event: "reload", data: {} }));
    },
  };
}
