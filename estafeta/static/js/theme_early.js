// Runs before the first paint: a theme chosen on this device, where the profile leaves it to the device.
if (document.documentElement.dataset.theme === "auto") {
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage may be forbidden; the device's own theme is fine then.
  }
}
