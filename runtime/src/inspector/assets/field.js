// One parameter on a page: caption, value in its form, alarm, what sets it.

import { el, put, rechip } from "./dom.js";
import { entry } from "./entry.js";
import { shown } from "./format.js";

/** Alarm levels that are shown; the others say that all is well, or that nobody looks. */
const LOUD = ["warning", "minor", "major", "critical"];

/**
 * A row for a parameter; `write` is the write parameter that shares its place, if one does. `update` of what is
 * returned shows the value of now.
 */
export function row(live, pid, { form, write, open, plot } = {}) {
  const param = live.params.get(pid);
  const field = live.fields.get(pid);
  const caption = live.caption(pid);
  const setter = param.kind === "write" ? pid : write;
  const value = param.kind === "write" ? null : reading(live, param, field, form ?? field?.form);
  const alarm = el("span", { class: "chip quiet-alarm", hidden: true });
  const control = setter === undefined ? null : entry(live, setter, open);
  const trend =
    param.trend && plot
      ? el("button", { class: "icon", type: "button", onclick: () => plot(pid), title: `Trend of ${caption}`, "aria-label": `Trend of ${caption}` }, "∿")
      : null;
  const node = el(
    "div",
    { class: "row", "data-pid": pid },
    el("div", { class: "caption" }, el("span", { text: caption }), help(field)),
    value ? el("div", { class: "reading" }, value.node, alarm, trend) : null,
    control?.node,
  );
  const update = () => {
    value?.update();
    control?.update();
    const level = live.alarms.get(pid);
    const loud = LOUD.includes(level);
    alarm.hidden = !loud;
    if (loud) rechip(alarm, level, level);
    node.dataset.alarm = level ?? "undefined";
  };
  update();
  return { node, update, pids: [pid, setter, field?.partner, live.fields.get(setter)?.dependsOn].filter(Boolean) };
}

/** What the connector file says of it, on demand. */
function help(field) {
  if (!field?.help) return null;
  return el("details", { class: "help" }, el("summary", { "aria-label": "What is this?" }, "?"), el("p", { text: field.help }));
}

/** A value in its form. */
function reading(live, param, field, form) {
  const text = el("output", { class: "value" });
  const unit = el("span", { class: "unit" });
  const meter = form === "analog" || form === "progress" ? scale(param, field, live.caption(param.pid)) : null;
  const update = () => {
    const value = live.values.get(param.pid);
    const now = shown(param, field, value);
    put(text, now.text);
    text.dataset.kind = now.kind;
    put(unit, now.unit ?? "");
    meter?.update(value);
  };
  return { node: el("div", { class: `shown ${meter ? "metered" : ""}` }, el("span", {}, text, unit), meter?.node), update };
}

/** A bar from the lowest to the highest value. */
function scale(param, field, label) {
  // A progress goes from 0 to 100 unless its range says otherwise (schema, 7.5).
  const low = field?.low ?? 0;
  const high = field?.high ?? 100;
  const node = el("meter", { min: String(low), max: String(high), "aria-label": label });
  const update = (value) => {
    node.hidden = typeof value !== "number";
    if (typeof value === "number") node.value = value;
  };
  return { node, update };
}
