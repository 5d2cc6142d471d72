// "Send to Estafeta": what another application hands over is kept on the device before anything else happens to it.
import { add } from "./offline_store.js";
import { lastPerson } from "./worker_person.js";

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "POST" && new URL(url).pathname === "/share") event.respondWith(taken(event.request));
});

async function taken(request) {
  const form = await request.formData();
  const files = form.getAll("files").filter((file) => file.size);
  const [title, text, url] = ["title", "text", "url"].map((name) => String(form.get(name) ?? "").trim());
  const person = Number(await lastPerson());
  const number = await add("shared", { person, title, text, url, files: files.map((file) => ({ name: file.name, blob: file })) });
  return Response.redirect(`/share?shared=${number}`, 303);
}
