// Every form of a parameter, the list of many elements, and the question for the token: with answers made up here, as no
// connector of the examples has them all.

import assert from "node:assert/strict";

const discreets = [["0", "Off"], ["1", "On"]];
const PARAMS = [
  { pid: 1, name: "Temperature", kind: "read", number: true, limits: [["critical", "70", false]], trend: "average", exceptions: [["-1", "No sensor"]] },
  { pid: 2, name: "Load", kind: "read", number: true },
  { pid: 3, name: "Uptime", kind: "read", number: true },
  { pid: 4, name: "Booked", kind: "read", number: true },
  { pid: 5, name: "Relay", kind: "read", number: true, discreets },
  { pid: 105, name: "Relay", kind: "write", number: true, discreets },
  { pid: 106, name: "Restart", kind: "write", discreets: [["go", "Restart"]] },
  { pid: 107, name: "Input", kind: "write", discreets: [["a", "SDI 1"], ["b", "SDI 2"], ["c", "IP 1"]] },
  { pid: 8, name: "Group", kind: "read" },
  { pid: 9, name: "Key", kind: "read", secret: true },
  { pid: 110, name: "Gain", kind: "write", number: true, entry: { low: -20, high: 20, step: 0.5 } },
  { pid: 111, name: "Details", kind: "write", discreets: [["Details", "Details..."]] },
  { pid: 12, name: "Box", kind: "read" },
  { pid: 13, name: "Markup", kind: "read" },
  { pid: 14, name: "Frequency", kind: "read", number: true },
];
const at = (column, row) => [{ page: 0, row, column }];
const FIELDS = [
  { pid: 12, caption: "Environment", form: "title", places: at(0, 0) },
  { pid: 1, caption: "Temperature", form: "analog", unit: "°C", decimals: 1, low: -20, high: 80, places: at(0, 1), help: "Of the power supply." },
  { pid: 2, caption: "Load", form: "progress", unit: "%", places: at(0, 2) },
  { pid: 3, caption: "Uptime", form: "number", number: "seconds", places: at(0, 3) },
  { pid: 4, caption: "Booked until", form: "number", number: "datetime", decimals: 8, places: at(0, 4) },
  { pid: 14, caption: "Frequency", form: "number", number: "engineering", decimals: 3, unit: "Hz", places: at(0, 5) },
  { pid: 5, caption: "Relay", form: "discreet", partner: 105, places: at(1, 0) },
  { pid: 105, caption: "Relay", form: "togglebutton", partner: 5, places: at(1, 0) },
  { pid: 106, caption: "Restart", form: "button", question: "Restart the device?", places: at(1, 1) },
  { pid: 8, caption: "Group", form: "string", places: at(1, 2) },
  {
    pid: 107, caption: "Input", form: "discreet", dependsOn: 8, places: at(1, 3),
    choices: [["a", "SDI 1", "SDI"], ["b", "SDI 2", "SDI"], ["c", "IP 1", "IP"]].map(([value, display, group]) => ({ value, display, offeredWith: [group] })),
  },
  { pid: 9, caption: "Key", form: "string", places: at(1, 4) },
  { pid: 110, caption: "Gain", form: "number", unit: "dB", places: at(1, 5) },
  { pid: 111, caption: "Details", form: "pagebutton", places: at(1, 6) },
  { pid: 13, caption: "<b>Markup</b>", form: "string", places: at(1, 7) },
];
const MODEL = {
  name: "frame 1", protocol: "Made up", version: "1.0.0.1", readOnly: false, params: PARAMS,
  names: Object.fromEntries(["connections", "responses", "commands", "pairs", "groups", "triggers", "actions", "qactions", "timers"].map((name) => [name, []])),
  pages: { pages: [{ name: "Frame" }, { name: "Details", kind: "popup" }], fields: FIELDS },
};
const STATE = {
  at: 0, element: "active", connections: [],
  params: [[1, 71.26], [2, 45], [3, 93784], [4, 46349.5], [5, 1], [8, "SDI"], [9, null], [13, "<img src=x onerror=alert(1)>"], [14, 5187500]],
  alarms: [[1, "critical"]],
  history: { connections: [], stream: [], activity: [], log: [], trends: {} },
};

/** Opens pages by `open`, takes pictures by `shot`, says what was seen by `step`. */
export async function forms({ open, url, shot, step }) {
  const page = await open({ viewport: { width: 1100, height: 700 }, colorScheme: "light" });
  const sent = [];
  await page.route("**/api/elements/7/model", (route) => route.fulfill({ json: MODEL }));
  await page.route("**/api/elements/7/live", (route) =>
    route.fulfill({ contentType: "text/event-stream", body: `event: state\ndata: ${JSON.stringify(STATE)}\n\n` }),
  );
  await page.route("**/api/elements/7/params/*", (route) => {
    sent.push([route.request().url().split("/").at(-1), route.request().postDataJSON()]);
    return route.fulfill({ status: 204 });
  });
  await page.goto(`${url}#/e/7`);
  const row = (pid) => page.locator(`.row[data-pid="${pid}"]`);
  const text = async (pid) => (await row(pid).locator(".shown > span").first().textContent()).trim();
  await row(1).waitFor();
  await page.waitForFunction(() => document.querySelector('.row[data-pid="1"] .value').textContent === "71.3");
  assert.deepEqual(
    await Promise.all([1, 2, 3, 4, 5, 9, 13, 14].map(text)),
    ["71.3°C", "45%", "1 d 02:03:04", "2026-11-23 12:00:00", "On", "hidden", "<img src=x onerror=alert(1)>", "5.188e+6Hz"],
  );
  assert.equal(await page.locator("main img, main b").count(), 0, "a text became markup");
  assert.equal(await row(1).locator("meter").evaluate((meter) => meter.value), 71.26);
  assert.equal(await page.locator("fieldset legend").textContent(), "Environment");
  step("each form shows its value: scale, bar, duration, date, text; texts stay texts");

  await row(5).getByRole("button", { name: "Set Relay to Off" }).click();
  page.once("dialog", (dialog) => dialog.dismiss());
  await row(106).getByRole("button", { name: "Restart" }).click();
  page.once("dialog", (dialog) => dialog.accept());
  await row(106).getByRole("button", { name: "Restart" }).click();
  assert.deepEqual(await row(107).locator("option").allTextContents(), ["SDI 1", "SDI 2"]);
  await row(107).getByRole("combobox").selectOption("SDI 2");
  await row(107).getByRole("button", { name: "Set" }).click();
  await row(110).getByLabel("New value of Gain").fill("-3.5");
  await row(110).getByLabel("New value of Gain").press("Enter");
  await row(110).getByText("Done").waitFor();
  assert.deepEqual(sent, [
    ["105", { value: "0" }],
    ["106", { value: "go" }],
    ["107", { value: "b" }],
    ["110", { text: "-3.5" }],
  ]);
  await shot(page, "forms");
  await row(111).getByRole("button", { name: "Details..." }).click();
  await page.getByRole("heading", { name: "Details" }).waitFor();
  step("each form sets what it stands for: toggle, button with its question, choice, number; a page button opens its page");

  const states = ["active", "active", "timeout", "paused", "stopped"];
  const elements = Array.from({ length: 1000 }, (_, key) => ({
    key, name: `camera ${key + 1}`, protocol: "Made up", version: "1.0.0.1", state: states[key % 5],
    alarm: key % 50 === 2 ? "critical" : key % 7 === 0 ? "minor" : "normal", connections: [{ id: 1, state: states[key % 5] === "active" ? "open" : "backoff" }],
  }));
  await page.route("**/api/elements", (route) => route.fulfill({ json: { version: "0.1.0", readOnly: true, elements } }));
  await page.goto(`${url}#/`);
  await page.getByText("1000 elements").waitFor();
  assert.equal(await page.locator("tbody tr").first().locator(".chip.critical", { hasText: "critical" }).count(), 1);
  await shot(page, "list");
  await page.getByLabel("Filter elements").fill("camera 777");
  assert.deepEqual(await page.locator("tbody a").allTextContents(), ["camera 777"]);
  step("a thousand elements are listed by their alarms, and found by name");

  const guest = await open({ viewport: { width: 700, height: 420 }, colorScheme: "dark" });
  let given = null;
  await guest.route("**/api/elements", (route) => (given ? route.fulfill({ json: { version: "0.1.0", readOnly: true, elements } }) : route.fulfill({ status: 200, json: {} })));
  await guest.route("**/api/session", (route) => {
    given = route.request().postDataJSON().token;
    return route.fulfill({ status: 204 });
  });
  await guest.goto(`${url}#token=a%20token`);
  await guest.getByText("1000 elements").waitFor();
  assert.equal(given, "a token");
  assert.ok(!guest.url().includes("token"), "the token stays in the address");
  step("a link with the token opens the page, and the token leaves the address");
}
