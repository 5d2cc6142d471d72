// Making elements without innerHTML, and meeting those that htmx brings later.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${document.body.dataset.sprite}#${name}`);
  svg.append(use);
  return svg;
}

// An avatar from {name, initials, hue, photo}, as components/person.html draws it.
export function avatar({ initials = "?", hue, photo } = {}, size = "m") {
  if (photo) return make("img", { class: `avatar avatar-${size}`, src: photo, alt: "" });
  const colour = hue == null ? "" : ` hue-${hue}`;
  return make("span", { class: `avatar avatar-${size}${colour}`, "aria-hidden": "true" }, initials);
}

// Runs init(element) for what is there now and for what is swapped in later, once each.
export function whenAdded(selector, init) {
  const met = new WeakSet();
  const meet = (root) => {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.unshift(root);
    for (const element of found) {
      if (met.has(element)) continue;
      met.add(element);
      init(element);
    }
  };
  meet(document);
  document.addEventListener("htmx:load", (event) => meet(event.target));
}

export const isTyping = (target) =>
  target.isContentEditable ||
  /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
  (target.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(target.type));
