// The words of the modules, translated by layout/words.html.
const source = document.getElementById("words");
const words = source ? JSON.parse(source.textContent) : {};

export function say(key, values = {}) {
  return (words[key] ?? key).replace(/%\((\w+)\)s/g, (_match, name) => values[name] ?? "");
}

// Said by a screen reader without moving the focus.
export function speak(text) {
  const spoken = document.getElementById("spoken");
  if (spoken) spoken.textContent = text;
}
