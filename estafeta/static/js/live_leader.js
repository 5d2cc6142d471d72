// One tab of a browser leads and holds the stream; when it goes, another follows.
// Web Locks exist only on https and localhost; elsewhere the lead is a lease in localStorage.
const RENEW = 2_000;
const LEASE = 6_000;

export function lead(name, { begin, end }) {
  return navigator.locks ? leadByLock(name, begin, end) : leadByLease(name, begin, end);
}

function leadByLock(name, begin, end) {
  const leaving = new AbortController();
  let release = null;
  navigator.locks
    .request(name, { signal: leaving.signal }, () => {
      begin();
      return new Promise((resolve) => {
        release = resolve;
      });
    })
    .catch(() => {});
  return () => {
    if (release) {
      end();
      release();
    } else leaving.abort();
  };
}

function leadByLease(name, begin, end) {
  const me = crypto.getRandomValues(new Uint32Array(2)).join("-");
  let leads = false;
  const read = () => {
    const [holder, until] = (localStorage.getItem(name) ?? "").split(" ");
    return Number(until) > Date.now() ? holder : "";
  };
  const renew = () => {
    const holder = read();
    if (leads && holder && holder !== me) {
      leads = false;
      end();
    }
    if (holder && holder !== me) return;
    localStorage.setItem(name, `${me} ${Date.now() + LEASE}`);
    // Two tabs may have written at once: who reads himself a moment later leads.
    if (!leads) setTimeout(claim, 100 + Math.random() * 200);
  };
  const claim = () => {
    if (leads || read() !== me) return;
    leads = true;
    begin();
  };
  const timer = setInterval(renew, RENEW);
  renew();
  return () => {
    clearInterval(timer);
    if (leads) end();
    leads = false;
    if (read() === me) localStorage.removeItem(name);
  };
}
