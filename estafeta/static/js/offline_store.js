// What a device keeps until it can be sent: acts done without network, and what was shared to it.
// Pages and the service worker use it alike. Rows name their person: nobody's act is sent by another.
const NAME = "estafeta";
const KEEP = 30 * 86_400_000;

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("acts", { keyPath: "id", autoIncrement: true });
      request.result.createObjectStore("shared", { keyPath: "id", autoIncrement: true });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function within(store, mode, ask) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode);
      const request = ask(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export const add = (store, row) => within(store, "readwrite", (rows) => rows.add({ ...row, at: Date.now() }));
export const put = (store, row) => within(store, "readwrite", (rows) => rows.put(row));
export const drop = (store, id) => within(store, "readwrite", (rows) => rows.delete(id));
export const one = (store, id) => within(store, "readonly", (rows) => rows.get(id));

export async function all(store) {
  const rows = await within(store, "readonly", (found) => found.getAll());
  const old = rows.filter((row) => Date.now() - row.at > KEEP);
  for (const row of old) await drop(store, row.id);
  return rows.filter((row) => !old.includes(row));
}

// Tabs and the service worker hear of changes.
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("estafeta-offline");

const here = [];

// A channel does not tell whoever speaks.
export function tell(event, data = {}) {
  channel?.postMessage({ event, data });
  for (const react of here) react(event, data);
}

export function hear(react) {
  here.push(react);
  channel?.addEventListener("message", ({ data }) => react(data.event, data.data));
}
