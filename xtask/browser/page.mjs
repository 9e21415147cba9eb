// What an operator does with the page of the reference driver, in a real browser: `node page.mjs URL SCREENSHOTS`.
//
// The driver runs against a device that goes away when this says `drop`. Each step prints a line; the first one that
// is not as it should be ends the run.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";

import { forms } from "./forms.mjs";

const [url, screenshots] = process.argv.slice(2);
const PATIENCE = 15_000;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  // CI runs as root in a container, where Chromium's sandbox cannot be.
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
const faults = [];
const strangers = [];

async function open(options) {
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => request.url().startsWith(url) || strangers.push(request.url()));
  return page;
}

const step = (text) => console.log(`ok  ${text}`);
const shot = (page, name) => page.screenshot({ path: `${screenshots}/${name}.png` });
const row = (page, pid) => page.locator(`.row[data-pid="${pid}"]`);
const value = (page, pid) => row(page, pid).locator("output.value");
const section = (page, name) => page.locator(".nav").getByRole("link", { name, exact: true }).click();

/** Waits until what `look` gives is as `wanted` says. */
async function until(what, look, wanted) {
  const end = Date.now() + PATIENCE;
  let seen;
  do {
    seen = await look();
    if (wanted(seen)) return seen;
    await new Promise((done) => setTimeout(done, 50));
  } while (Date.now() < end);
  assert.fail(`${what}: still ${JSON.stringify(seen)}`);
}

try {
  const page = await open({ viewport: { width: 1100, height: 540 }, colorScheme: "light" });
  await page.goto(url);
  await page.getByRole("heading", { name: "tally" }).waitFor();
  await page.getByRole("heading", { name: "General" }).waitFor();
  step("the page of the only element opens on the first page of its connector");

  await until("status", () => value(page, 7).textContent(), (text) => text === "Open");
  assert.equal(await row(page, 7).getAttribute("data-alarm"), "normal");
  step("the status is Open, and its alarm normal");

  const before = await value(page, 30).textContent();
  await until("tally", () => value(page, 30).textContent(), (text) => text !== before && ["On", "Off"].includes(text));
  const count = Number(await value(page, 32).textContent());
  await until("states", () => value(page, 32).textContent(), (text) => Number(text) > count);
  assert.match(await row(page, 32).textContent(), /Messages/);
  step("states change as they come, by their texts and with their units");

  const sources = "11111111-1111-4111-8111-111111111111;22222222-2222-4222-8222-222222222222";
  const entry = row(page, 13).getByLabel("New value of Sources");
  await entry.fill("short");
  await row(page, 13).getByRole("button", { name: "Set" }).click();
  const refusal = await until("answer", () => row(page, 13).locator(".answer").textContent(), (text) => text !== "");
  assert.match(refusal, /parameter 113/);
  step(`the engine refuses what is out of range: ${refusal}`);
  // The engine's refusal is an answer of HTTP, which browsers write to the console by themselves.
  assert.deepEqual(faults.splice(0).filter((text) => !text.includes("422")), []);

  await entry.fill(sources);
  await entry.press("Enter");
  await until("sources", () => value(page, 13).textContent(), (text) => text === sources);
  step("a set by keyboard reaches the element");
  await shot(page, "page-light");

  await section(page, "Stream log");
  await page.locator(".entry-line .way.received").first().waitFor();
  await page.locator(".entry-line .way.sent").first().waitFor();
  await page.getByLabel("Filter Stream log").fill("subscription");
  await page.locator(".entry-line", { hasText: "22222222" }).first().waitFor();
  await page.getByLabel("Filter Stream log").fill("");
  await page.locator(".chip", { hasText: "response 1 Generic Response" }).first().waitFor();
  await shot(page, "stream");
  step("the stream log has the subscription that the set caused, and what matched");

  await section(page, "Activity");
  await until("pair 1", () => page.locator(".tile", { hasText: "pair 1" }).locator(".count").textContent(), (text) => Number(text) > 0);
  await page.locator(".entry-line .kind", { hasText: "trigger" }).first().waitFor();
  await shot(page, "activity");
  step("triggers, actions, groups and pairs are seen as they run");

  await section(page, "Trends");
  await page.locator(".trend canvas").first().waitFor();
  assert.equal(await page.locator(".trend").count(), 3);
  await page.waitForTimeout(1200);
  await shot(page, "trends-light");
  step("each trended parameter has its plot");

  await section(page, "Connections");
  const opened = async () => Number(await page.locator("dd").nth(2).textContent());
  const times = await opened();
  await page.getByRole("button", { name: /^Reconnect/ }).click();
  await until("times opened", opened, (now) => now > times);
  step("reconnect closes the connection and opens it again");
  await shot(page, "connections");

  await section(page, "General");
  // The device is gone: the driver is told by the run that watches this one.
  console.log("drop");
  await until("alarm", () => row(page, 7).getAttribute("data-alarm"), (level) => level === "critical");
  assert.equal(await row(page, 7).locator(".chip").textContent(), "critical");
  const red = await row(page, 7).evaluate((node) => getComputedStyle(node).borderLeftColor);
  assert.equal(red, "rgb(179, 22, 29)");
  assert.match(await page.locator("#told").textContent(), /Websocket Status: critical/);
  await shot(page, "alarm");
  step("when the device drops, the alarm turns red, says so in a word, and is announced");

  await page.getByRole("button", { name: "Use the dark colours" }).click();
  await shot(page, "page-dark");
  await section(page, "Trends");
  await page.locator(".trend canvas").first().waitFor();
  for (const button of await page.getByRole("button", { name: "All", exact: true }).all()) await button.click();
  await page.getByLabel("Trend of Tally").scrollIntoViewIfNeeded();
  await page.waitForTimeout(1200);
  await shot(page, "trends-dark");
  await section(page, "General");

  const phone = await open({ viewport: { width: 390, height: 800 }, colorScheme: "dark", isMobile: true, hasTouch: true });
  await phone.goto(url);
  await phone.getByRole("heading", { name: "General" }).waitFor();
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, "the page is wider than a phone");
  await shot(phone, "phone-dark");
  step("on a phone nothing is cut off");

  for (const [name, opened] of [["light", page], ["dark", phone]]) {
    if (name === "light") await opened.getByRole("button", { name: "Use the light colours" }).click();
    const faint = await opened.evaluate(contrast);
    assert.deepEqual(faint, [], `${name}: texts with a contrast below 4.5`);
  }
  const unnamed = await page.evaluate(() =>
    [...document.querySelectorAll("button, input, select, textarea, a")]
      .filter((node) => !(node.textContent.trim() || node.getAttribute("aria-label") || node.labels?.length))
      .map((node) => node.outerHTML),
  );
  assert.deepEqual(unnamed, [], "controls without a name");
  step("texts have a contrast of at least 4.5 in both colours, and every control a name");

  await forms({ open, url, shot, step });

  assert.deepEqual(faults, [], "errors in the console");
  assert.deepEqual(strangers, [], "requests to others");
  step("no error in the console, no request to anybody else");
} finally {
  await browser.close();
}

/** The texts whose colour is too near to that of what is behind them (WCAG 2.2, 1.4.3). Runs in the page. */
function contrast() {
  const parse = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return { rgb: [r, g, b], a };
  };
  const over = (top, bottom) => top.rgb.map((part, index) => part * top.a + bottom[index] * (1 - top.a));
  const behind = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) layers.unshift(parse(getComputedStyle(at).backgroundColor));
    return layers.reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faint = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    if (!own || !node.checkVisibility()) continue;
    const ground = behind(node);
    const text = over(parse(getComputedStyle(node).color), ground);
    const [high, low] = [light(text), light(ground)].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5) faint.push(`${node.textContent.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
  }
  return faint;
}
