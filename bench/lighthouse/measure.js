// Lighthouse, mobile profile, for pages of somebody who is signed in:
//   node measure.js http://127.0.0.1:8000 LOGIN PASSWORD [/inbox /tickets/7 …]
import { writeFileSync } from "node:fs";
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const CHROMIUM = process.env.CHROME_PATH ?? "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
const CATEGORIES = ["performance", "accessibility", "best-practices"];
const FIGURES = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"];
const RUNS = Number(process.env.RUNS ?? 3);

const [base, login, password, ...pages] = process.argv.slice(2);
if (!password) {
  console.error("node measure.js ADDRESS LOGIN PASSWORD [/inbox /tickets/7 …]");
  process.exit(2);
}

function cookiesOf(answer) {
  return answer.headers.getSetCookie().map((line) => line.split(";")[0]);
}

async function signIn() {
  const page = await fetch(`${base}/sign-in`);
  const [, token] = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(await page.text());
  const before = cookiesOf(page);
  const answer = await fetch(`${base}/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: { Cookie: before.join("; "), Referer: `${base}/sign-in` },
    body: new URLSearchParams({ csrfmiddlewaretoken: token, login, password }),
  });
  const session = cookiesOf(answer);
  if (answer.status !== 302) throw new Error(`Signing in was answered with ${answer.status}.`);
  return [...new Map([...before, ...session].map((one) => [one.split("=")[0], one])).values()].join("; ");
}

async function firstTicket(cookie) {
  const list = await (await fetch(`${base}/inbox`, { headers: { Cookie: cookie } })).text();
  return /href="(\/tickets\/\d+)"/.exec(list)[1];
}

async function measured(address, cookie) {
  const browser = await puppeteer.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const page = await browser.newPage();
    for (const one of cookie.split("; ")) {
      const [name, value] = one.split("=");
      await browser.setCookie({ name, value, domain: new URL(base).hostname, path: "/" });
    }
    // Storage stays, for the session is a cookie; the browser itself is a new one each time.
    return await lighthouse(address, { onlyCategories: CATEGORIES, disableStorageReset: true, output: "html" }, undefined, page);
  } finally {
    await browser.close();
  }
}

const score = (result, name) => Math.round((result.lhr.categories[name].score ?? 0) * 100);
// Where a score may be had by better work; what is only told has none.
function faults({ lhr }) {
  const rows = Object.values(lhr.audits).filter(({ score, scoreDisplayMode }) => score !== null && score < 0.9 && scoreDisplayMode !== "informative");
  return rows.map(({ id, displayValue }) => (displayValue ? `${id} (${displayValue})` : id)).join(", ");
}

function transferred({ lhr }) {
  const rows = lhr.audits["network-requests"]?.details?.items ?? [];
  const scripts = rows.filter(({ resourceType }) => resourceType === "Script");
  const bytes = (list) => list.reduce((sum, { transferSize }) => sum + transferSize, 0);
  return `${rows.length} requests, ${Math.round(bytes(rows) / 1000)} kB, ${Math.round(bytes(scripts) / 1000)} kB of them scripts (with their headers)`;
}

const cookie = await signIn();
for (const path of pages.length ? pages : ["/inbox", await firstTicket(cookie)]) {
  const results = [];
  for (let run = 0; run < RUNS; run += 1) results.push(await measured(base + path, cookie));
  results.sort((one, other) => score(one, "performance") - score(other, "performance"));
  const middle = results[Math.floor(RUNS / 2)];
  console.log(`\n${path}`);
  console.log(`  ${CATEGORIES.map((name) => `${name} ${score(middle, name)}`).join(" · ")} · performance of all runs ${results.map((one) => score(one, "performance")).join(" ")}`);
  console.log(`  ${FIGURES.map((name) => `${name} ${middle.lhr.audits[name].displayValue}`).join(" · ")}`);
  console.log(`  ${transferred(middle)}`);
  console.log(`  to mend: ${faults(middle) || "nothing"}`);
  if (process.env.REPORTS) writeFileSync(`${process.env.REPORTS}/${path.replaceAll("/", "_")}.html`, middle.report);
}
