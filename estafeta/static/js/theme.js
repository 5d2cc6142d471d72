// Light or dark by one press: kept on the device, and in the profile where the button knows its address.
import { post } from "./csrf.js";

const root = document.documentElement;

export function currentTheme() {
  const theme = root.dataset.theme;
  if (theme === "light" || theme === "dark") return theme;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-toggle]");
  if (!button) return;
  const theme = currentTheme() === "dark" ? "light" : "dark";
  root.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // Without storage it holds for this page.
  }
  if (button.dataset.themeToggle) post(button.dataset.themeToggle, { theme });
});
