// The elements of the driver.

import { elements } from "./api.js";
import { chip, el, put } from "./dom.js";
import { colour } from "./logs.js";

const STATES = { active: "normal", timeout: "critical", paused: "warning", stopped: "plain", busy: "warning" };
const LEVELS = ["critical", "major", "minor", "warning", "normal", "undefined"];
/** How many rows are in the document; the filter finds the others. */
const SHOWN = 200;

/** The list, renewed every two seconds. Returns what ends it; `failed` is called with what refuses it. */
export function openList(first, frame, bar, failed) {
  const main = el("main", { id: "main", tabindex: "-1" });
  const search = el("input", { type: "search", placeholder: "Filter", "aria-label": "Filter elements" });
  const sum = el("span", { class: "quiet", role: "status" });
  const body = el("tbody");
  const head = el("tr", {}, ["Element", "State", "Alarm", "Connections", "Connector"].map((text) => el("th", { scope: "col", text })));
  let all = first.elements;
  bar.replaceChildren(
    el("div", { class: "name" }, el("h1", { text: "genlock" }), el("span", { class: "quiet", text: `version ${first.version}` })),
    el("div", { class: "chips" }, first.readOnly ? chip("plain", "read-only") : null),
  );
  document.title = "Elements – genlock";
  frame.replaceChildren(main);
  main.replaceChildren(
    el("h2", { text: "Elements" }),
    el("div", { class: "tools" }, search, sum),
    el("div", { class: "card scroll" }, el("table", { class: "elements" }, el("thead", {}, head), body)),
  );

  function draw() {
    const wanted = search.value.toLowerCase();
    const fitting = all.filter(({ name, protocol, state }) => `${name} ${protocol} ${state}`.toLowerCase().includes(wanted));
    fitting.sort((a, b) => LEVELS.indexOf(a.alarm) - LEVELS.indexOf(b.alarm));
    body.replaceChildren(...fitting.slice(0, SHOWN).map(line));
    const more = fitting.length > SHOWN ? `, the first ${SHOWN} of ${fitting.length} are shown` : "";
    const bad = all.filter(({ state }) => state !== "active").length;
    put(sum, `${all.length} elements, ${bad} not active${more}`);
  }

  search.addEventListener("input", draw);
  draw();
  const timer = window.setInterval(async () => {
    if (document.hidden || body.contains(document.activeElement)) return;
    try {
      all = (await elements()).elements;
      draw();
    } catch (error) {
      failed(error);
    }
  }, 2000);
  return () => window.clearInterval(timer);
}

function line({ key, name, state, alarm, connections, protocol, version }) {
  const open = connections.filter((connection) => connection.state === "open").length;
  const worst = connections.find((connection) => connection.state !== "open")?.state ?? "open";
  const level = alarm === "undefined" ? chip("plain", "none") : chip(alarm, alarm);
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, el("a", { href: `#/e/${key}`, text: name })),
    el("td", {}, chip(STATES[state], state)),
    el("td", {}, level),
    el("td", {}, connections.length > 0 ? chip(colour(worst), `${open} of ${connections.length} open`) : "–"),
    el("td", { class: "quiet", text: `${protocol} ${version}` }),
  );
}
