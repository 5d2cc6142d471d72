// Sends what the forms of the API's page hold, with the token typed above. The token is never kept.

const token = document.querySelector("[data-api-token]");

function addressOf(form) {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  const headers = {};
  for (const field of form.querySelectorAll("[data-part]")) {
    const value = field.value.trim();
    if (field.dataset.part === "path") path = path.replace(`{${field.name}}`, encodeURIComponent(value));
    else if (!value) continue;
    else if (field.dataset.part === "header") headers[field.name] = value;
    else query.append(field.name, value);
  }
  return { address: query.size ? `${path}?${query}` : path, headers };
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

async function send(form) {
  const { address, headers } = addressOf(form);
  const body = form.querySelector("[data-api-body]");
  const shown = form.querySelector("[data-api-answer]");
  if (token.value) headers.Authorization = `Bearer ${token.value.trim()}`;
  if (body) headers["Content-Type"] = "application/json";
  shown.hidden = false;
  shown.textContent = `${form.dataset.method} ${address}`;
  try {
    const answer = await fetch(address, {
      method: form.dataset.method,
      headers,
      body: body?.value,
      credentials: "omit",
    });
    shown.textContent += `\n${answer.status}\n\n${pretty(await answer.text())}`;
  } catch (error) {
    shown.textContent += `\n${error.message}`;
  }
}

for (const form of document.querySelectorAll("[data-api-try]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}

function openNamed() {
  const named = document.getElementById(location.hash.slice(1));
  if (named instanceof HTMLDetailsElement) named.open = true;
}

addEventListener("hashchange", openNamed);
openNamed();
