"""What a test asks of a device: what it keeps, what waits on it, and to share something to us."""

from __future__ import annotations

KEPT = """
async () => {
  const pages = [];
  for (const name of await caches.keys()) if (name.startsWith("seen-")) for (const one of await (await caches.open(name)).keys()) pages.push(new URL(one.url).pathname);
  return pages;
}
"""
WAITING = """
() => new Promise((resolve) => {
  const request = indexedDB.open("estafeta", 1);
  request.onsuccess = () => {
    const rows = request.result.transaction("acts").objectStore("acts").getAll();
    rows.onsuccess = () => (request.result.close(), resolve(rows.result.map(({ verb, state }) => `${verb} ${state}`)));
  };
})
"""
SHARE = """(title) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/share", enctype: "multipart/form-data" });
  const field = (name, value) => form.append(Object.assign(document.createElement("input"), { name, value }));
  field("title", title); field("text", "у ворот"); field("url", "");
  const files = Object.assign(document.createElement("input"), { type: "file", name: "files" });
  const transfer = new DataTransfer();
  transfer.items.add(new File(["water"], "pool.txt", { type: "text/plain" }));
  files.files = transfer.files;
  form.append(files);
  document.body.append(form);
  form.submit();
}"""
SHARED = WAITING.replace('"acts"', '"shared"').replace(
    "({ verb, state }) => `${verb} ${state}`", "({ title }) => title"
)
