// The stream itself: server-sent events, or the same events fetched now and then where none come through.
const TRIES = 3;
const POLL = 15_000;
const TRY_AGAIN = 60_000;
// Longer than the server is ever silent: the machine slept, or the network was lost without a word.
const SILENCE = 40_000;
const WATCH = 10_000;
// A proxy that holds answers back tells of no error: so long a stream may take to say hello.
const HELLO = 10_000;
const NAMES = ["beat", "hello", "reached", "notification", "ticket", "gone", "news", "presence", "states", "counters", "reload"];

const uneven = (time) => time * (0.8 + Math.random() * 0.4);

// address(): where to go on from. tell(name, data, id): an event. say(state): "open", "slow" or "ended".
export function openStream({ address, tell, say }) {
  let source = null;
  let timer = 0;
  let promised = 0;
  let failures = 0;
  let closed = false;
  let polling = false;
  let streamTried = 0;
  let heardAt = 0;

  const later = (step, time) => {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(step, time);
  };

  function listen() {
    streamTried = heardAt = Date.now();
    source?.close();
    source = new EventSource(address());
    clearTimeout(promised);
    promised = setTimeout(() => {
      source.close();
      failures = TRIES;
      poll();
    }, HELLO);
    for (const name of NAMES) {
      source.addEventListener(name, (event) => {
        heardAt = Date.now();
        if (name !== "beat") tell(name, JSON.parse(event.data), Number(event.lastEventId) || 0);
      });
    }
    source.addEventListener("hello", () => {
      clearTimeout(promised);
      failures = 0;
      polling = false;
      say("open");
    });
    source.onerror = () => {
      const isRefused = source.readyState === EventSource.CLOSED;
      source.close();
      clearTimeout(promised);
      failures += 1;
      if (isRefused || failures >= TRIES) poll();
      else later(listen, uneven(1_500 * failures));
    };
  }

  async function poll() {
    polling = true;
    const stop = new AbortController();
    const patience = setTimeout(() => stop.abort(), POLL);
    try {
      const answer = await fetch(`${address()}&once=1`, { signal: stop.signal, cache: "no-store" });
      if (closed) return;
      if (answer.status === 401) return say("ended");
      if (answer.ok) {
        if (failures >= TRIES) say("slow");
        for (const event of parse(await answer.text())) tell(event.name, event.data, event.id);
      }
    } catch {
      // The server is away for a moment: the next round asks again.
    } finally {
      clearTimeout(patience);
    }
    if (closed || !polling) return;
    if (failures < TRIES || Date.now() - streamTried >= TRY_AGAIN) later(listen, uneven(1_500));
    else later(poll, uneven(POLL));
  }

  const watch = setInterval(() => {
    if (source?.readyState !== EventSource.OPEN || Date.now() - heardAt <= SILENCE) return;
    failures += 1;
    listen();
  }, WATCH);
  // Not all of them in the same moment; and no need to wait until the next try.
  const back = () => source?.readyState !== EventSource.OPEN && later(listen, uneven(1_000));
  addEventListener("online", back);

  listen();
  return () => {
    closed = true;
    clearTimeout(timer);
    clearTimeout(promised);
    clearInterval(watch);
    removeEventListener("online", back);
    source?.close();
  };
}

export function parse(text) {
  const found = [];
  for (const block of text.split("\n\n")) {
    const fields = {};
    for (const line of block.split("\n")) {
      const at = line.indexOf(":");
      if (at > 0) fields[line.slice(0, at)] = line.slice(at + 1).trimStart();
    }
    if (fields.event) found.push({ name: fields.event, data: JSON.parse(fields.data), id: Number(fields.id) || 0 });
  }
  return found;
}
