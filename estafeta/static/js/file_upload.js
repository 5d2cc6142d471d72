// Sends one file and tells how far it is; drafts of files are thrown away here too.
const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

export function upload(url, file, { progress, done }) {
  const request = new XMLHttpRequest();
  const body = new FormData();
  body.append("name", file.name);
  body.append("file", file);
  request.open("POST", url);
  request.setRequestHeader("X-CSRFToken", token());
  request.setRequestHeader("HX-Request", "true");
  request.responseType = "json";
  request.upload.addEventListener("progress", ({ loaded, total }) => total && progress(loaded / total));
  request.addEventListener("loadend", () => done(request.status, request.response));
  request.send(body);
  return () => request.abort();
}

export const discard = (url) => fetch(url, { method: "POST", headers: { "X-CSRFToken": token() } });
