// The first-run page: guesses the time zone, and sends the form without losing the typed passwords
// when the language is switched or something has to be mended.
const SECRETS = ["password", "again"];

function guessZone() {
  const field = document.querySelector("[data-guess-zone]");
  if (!field || field.value !== "UTC") return;
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC";
}

function show(page) {
  const old = document.querySelector("[data-first-run]");
  const fresh = page.querySelector("[data-first-run]");
  if (!fresh) return false;
  for (const name of SECRETS) {
    fresh.querySelector(`[name=${name}]`).value = old.querySelector(`[name=${name}]`).value;
  }
  const focused = document.activeElement?.name;
  old.replaceWith(fresh);
  document.documentElement.lang = fresh.dataset.language;
  document.title = page.title;
  const wrong = fresh.querySelector('[aria-invalid="true"], [role="alert"]');
  (wrong ?? fresh.querySelector(`[name="${focused}"][aria-current]`))?.focus();
  wrong?.scrollIntoView({ block: "center" });
  return true;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.closest("[data-first-run]")) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  try {
    // Not followed here: the page it leads to has a message that is shown once.
    const response = await fetch(form.action, { method: "POST", body, redirect: "manual" });
    if (response.type === "opaqueredirect") {
      location.assign("/");
      return;
    }
    if (show(new DOMParser().parseFromString(await response.text(), "text/html"))) return;
  } catch {
    // No connection: the plain way says so, and the browser keeps what was typed.
  }
  HTMLFormElement.prototype.submit.call(form);
});

guessZone();
