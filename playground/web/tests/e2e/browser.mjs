/** Debian's Chromium, its console under watch, and axe. */
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const artifacts = fileURLToPath(new URL("../../../../artifacts/", import.meta.url));
const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}

/** A page whose errors, and refusals by the Content-Security-Policy, are collected in `complaints`. */
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== new URL(url).origin) complaints.push(`loaded from elsewhere: ${request.url()}`);
  });
  await page.goto(url);
  return { page, complaints };
}

export async function screenshot(page, name) {
  await mkdir(artifacts, { recursive: true });
  await page.screenshot({ path: `${artifacts}${name}.png` });
}

/** What axe finds, one line a rule and place. */
export async function axeViolations(page, exclude = []) {
  // By the debugger, since the page's own policy lets no inline script in.
  await page.evaluate(await readFile(axePath, "utf8"));
  const { violations } = await page.evaluate((excluded) => globalThis.axe.run({ exclude: excluded }), exclude);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`));
}
