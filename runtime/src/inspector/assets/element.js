// One element: its header, the list of its pages, and the page that is open.

import { model } from "./api.js";
import { chip, el, put, rechip, tell } from "./dom.js";
import * as logs from "./logs.js";
import * as pages from "./pages.js";
import { Live } from "./state.js";
import * as trends from "./trends.js";

/** What is beside the pages of the connector file. */
const SECTIONS = [
  ["trends", "Trends"],
  ["connections", "Connections"],
  ["stream", "Stream log"],
  ["activity", "Activity"],
  ["log", "Log"],
];
const STATES = { active: "normal", timeout: "critical", paused: "warning", stopped: "plain" };

/** The element with this key. Throws what refuses it. */
export async function openElement(key, frame, bar) {
  return new ElementView(new Live(key, await model(key)), frame, bar);
}

class ElementView {
  constructor(live, frame, bar) {
    this.live = live;
    this.main = el("main", { id: "main", tabindex: "-1" });
    this.nav = el("nav", { class: "nav", "aria-label": "Pages" });
    frame.replaceChildren(this.nav, this.main);
    this.state = chip("plain", "…");
    this.alarm = chip("plain", "…");
    this.link = chip("critical", "not connected to the driver");
    this.missed = el("span", { class: "quiet" });
    this.links = el("span", { class: "links" });
    bar.replaceChildren(
      el("div", { class: "name" }, el("h1", { text: live.model.name }), el("span", { class: "quiet", text: `${live.model.protocol} ${live.model.version}` })),
      el("div", { class: "chips" }, this.link, this.state, this.alarm, this.links, live.model.readOnly ? chip("plain", "read-only") : null, this.missed),
    );
    this.end = () => {};
    this.update = () => {};
    live.addEventListener("state", () => this.begin());
    live.addEventListener("params", (event) => {
      this.update(event.detail);
      if (this.visibilities.size > 0) this.list();
    });
    live.addEventListener("alarms", (event) => this.alarms(event.detail));
    live.addEventListener("element", () => this.head());
    live.addEventListener("connections", () => this.head());
    live.addEventListener("link", () => this.head());
    live.addEventListener("missed", () => put(this.missed, `${live.missed} events missed`));
    this.pages = pages.list(live);
    this.visibilities = new Set(this.pages.map((page) => page.visibility?.pid).filter(Boolean));
    this.list();
    this.head();
  }

  close() {
    this.end();
    this.live.end();
  }

  /** The state is new. After the first one rows stay as they are and change: somebody may be about to enter something. */
  begin() {
    this.head();
    this.list();
    if (this.begun) this.update(new Set(this.live.params.keys()));
    else this.show(this.section, true);
    this.begun = true;
  }

  head() {
    const { live } = this;
    this.link.hidden = live.heard;
    rechip(this.state, STATES[live.element], live.element);
    const worst = live.worst();
    rechip(this.alarm, worst === "undefined" ? "plain" : worst, worst === "undefined" ? "no alarms" : `alarm: ${worst}`);
    const chips = [...live.connections.values()].map((connection) =>
      el(
        "a",
        { class: `chip ${logs.colour(connection.state)}`, href: `#/e/${live.key}/connections`, title: connection.reason },
        `${live.name("connections", connection.id) || `connection ${connection.id}`}: ${connection.state === "backoff" ? "closed" : connection.state}`,
      ),
    );
    this.links.replaceChildren(...chips);
    document.title = `${live.model.name} – genlock`;
  }

  alarms(changes) {
    this.update(new Set(changes.map(([pid]) => pid)));
    this.head();
    tell(changes.map(([pid, level]) => `${this.live.caption(pid)}: ${level}`).join(", "));
  }

  /** The list of pages, with the worst alarm of each. */
  list() {
    const { live } = this;
    const item = (page) => {
      if (page.kind === "separator") return el("hr");
      if (page.kind === "link") return web(live, page);
      return this.item(`page/${page.index}`, page.name);
    };
    const items = this.pages.filter((page) => pages.isListed(live, page)).map(item);
    const tools = SECTIONS.map(([name, title]) => this.item(name, title));
    const back = el("a", { class: "back", href: "#/" }, "All elements");
    this.nav.replaceChildren(back, ...items, el("hr"), ...tools);
  }

  item(section, title) {
    const current = this.section === section ? "page" : null;
    return el("a", { href: `#/e/${this.live.key}/${section}`, "aria-current": current, text: title });
  }

  /** Shows a section; without one the first page. */
  show(section, again = false) {
    const first = this.pages.find((page) => page.first) ?? this.pages.find((page) => page.kind === undefined);
    const wanted = section || (first ? `page/${first.index}` : "connections");
    if (wanted === this.section && !again) return;
    this.section = wanted;
    this.end();
    this.end = () => {};
    this.update = () => {};
    const { live, main } = this;
    const [name, argument] = wanted.split("/");
    if (name === "page") {
      const page = this.pages.find((page) => String(page.index) === argument);
      if (page) this.update = pages.show(live, page, main, this.tools());
      else main.replaceChildren(el("p", { class: "card", text: "This connector has no such page." }));
    } else if (name === "trends") this.end = trends.show(live, main, Number(argument));
    else if (logs[name] && SECTIONS.some(([known]) => known === name)) this.end = logs[name](live, main);
    this.list();
    if (!again) main.focus({ preventScroll: true });
  }

  /** What rows of a page can ask for. */
  tools() {
    const go = (section) => (location.hash = `#/e/${this.live.key}/${section}`);
    const open = (name) => {
      const page = this.pages.find((page) => page.name === name);
      if (page) go(`page/${page.index}`);
    };
    return { open, plot: (pid) => go(`trends/${pid}`) };
  }
}

/** A page elsewhere (schema, 3.1). Only addresses of the web are followed. */
function web(live, { name, address }) {
  const filled = address.replace(/\[id:(\d+)\]/g, (_, pid) => encodeURIComponent(live.values.get(Number(pid)) ?? ""));
  if (!/^https?:\/\//i.test(filled)) return null;
  return el("a", { href: filled, target: "_blank", rel: "noopener noreferrer", text: `${name} ↗` });
}

