// What the page knows of the element that it shows, kept up to date by the driver.

import { live } from "./api.js";

/** How many lines of a list the page keeps. */
const LINES = 500;
/** How many points of a trend the page keeps. */
const POINTS = 20000;

/**
 * The element as it is now. Events: `state` (all is new), `params` (a set of ids), `alarms` (ids), `element`,
 * `connections`, `stream`, `activity`, `log` (the new lines), `link` (whether the driver is heard), `missed` (how many).
 */
export class Live extends EventTarget {
  constructor(key, model) {
    super();
    this.key = key;
    this.model = model;
    this.params = new Map(model.params.map((param) => [param.pid, param]));
    this.fields = new Map((model.pages.fields ?? []).map((field) => [field.pid, field]));
    this.values = new Map();
    this.alarms = new Map();
    this.connections = new Map();
    this.trends = new Map();
    this.lines = { connections: [], stream: [], activity: [], log: [] };
    this.element = "active";
    this.missed = 0;
    this.heard = false;
    this.source = live(key);
    this.source.addEventListener("state", (event) => this.begin(JSON.parse(event.data)));
    this.source.addEventListener("batch", (event) => this.batch(JSON.parse(event.data)));
    this.source.addEventListener("missed", (event) => this.miss(Number(event.data)));
    this.source.addEventListener("error", () => this.link(false));
  }

  end() {
    this.source.close();
  }

  /** The caption of a parameter. */
  caption(pid) {
    return this.fields.get(pid)?.caption || this.params.get(pid)?.name || `Parameter ${pid}`;
  }

  /** The name of another item: `name("pairs", 1)`. */
  name(table, id) {
    return this.model.names[table]?.find(([known]) => known === id)?.[1] ?? "";
  }

  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  link(heard) {
    if (this.heard !== heard) {
      this.heard = heard;
      this.emit("link", heard);
    }
  }

  miss(count) {
    this.missed += count;
    this.emit("missed", count);
  }

  begin(state) {
    this.element = state.element;
    this.values = new Map(state.params ?? []);
    this.alarms = new Map(state.alarms ?? []);
    this.connections = new Map((state.connections ?? []).map((connection) => [connection.id, connection]));
    const { trends, ...lines } = state.history;
    this.lines = lines;
    this.trends = new Map(Object.entries(trends).map(([pid, points]) => [Number(pid), points]));
    this.link(true);
    this.emit("state");
    this.emit("element");
  }

  batch(batch) {
    this.link(true);
    if (batch.missed > 0) this.miss(batch.missed);
    if (batch.skipped > 0) this.miss(batch.skipped);
    for (const [pid, value, at] of batch.params) {
      this.values.set(pid, value);
      const points = this.trends.get(pid);
      if (points && typeof value === "number") {
        points[0].push(at);
        points[1].push(value);
        if (points[0].length > POINTS) points.forEach((list) => list.splice(0, POINTS / 10));
      }
    }
    for (const [pid, level] of batch.alarms) this.alarms.set(pid, level);
    for (const line of batch.connections) {
      const connection = this.connections.get(line.id);
      if (!connection) continue;
      if (line.url) connection.url = line.url;
      if (!line.state) continue;
      if (line.state === "open" && connection.state !== "open") connection.opened += 1;
      Object.assign(connection, { state: line.state, text: line.text, reason: line.reason });
    }
    for (const [name, list] of Object.entries(this.lines)) {
      list.push(...batch[name]);
      if (list.length > LINES) list.splice(0, list.length - LINES);
      if (batch[name].length > 0) this.emit(name, batch[name]);
    }
    if (batch.element) {
      this.element = batch.element;
      this.emit("element");
    }
    if (batch.params.length > 0) this.emit("params", new Set(batch.params.map(([pid]) => pid)));
    if (batch.alarms.length > 0) this.emit("alarms", batch.alarms);
  }

  /** The worst alarm of the element. */
  worst() {
    const order = ["undefined", "normal", "warning", "minor", "major", "critical"];
    return [...this.alarms.values()].reduce((a, b) => (order.indexOf(b) > order.indexOf(a) ? b : a), "undefined");
  }
}
