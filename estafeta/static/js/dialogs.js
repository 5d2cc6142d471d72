// One dialog host: what htmx swaps into it is shown, 204 or the event close-dialog closes it.
const host = document.querySelector("[data-dialog-host]");

function open() {
  if (!host.open) host.showModal();
  const wanted = host.querySelector('[autofocus], [aria-invalid="true"]');
  const first = host.querySelector('.dialog-body :is(input:not([type="hidden"]), textarea, select)');
  (wanted ?? first ?? host.querySelector("button[type=submit]") ?? host).focus();
}

export function closeDialog() {
  if (host?.open) host.close();
}

if (host) {
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== host) return;
    if (host.childElementCount) open();
    else closeDialog();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr.status === 204 && host.contains(event.detail.elt)) closeDialog();
  });
  document.addEventListener("close-dialog", closeDialog);
  host.addEventListener("close", (event) => {
    if (event.target === host) host.replaceChildren();
  });
}

document.addEventListener("click", (event) => {
  const closer = event.target.closest("[data-close]");
  if (closer) closer.closest("dialog")?.close();
});

// A press on the ground beside a dialog closes it, unless something was typed into it.
document.addEventListener("mousedown", (event) => {
  const dialog = event.target;
  if (dialog.tagName !== "DIALOG" || !dialog.open) return;
  const box = dialog.getBoundingClientRect();
  const inside =
    event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  if (!inside && !dialog.querySelector("form[data-changed]")) dialog.close();
});
