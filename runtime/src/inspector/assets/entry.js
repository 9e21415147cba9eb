// What sets a parameter: choices, buttons, free input. The engine decides, and its answer stands below.

import { Refused, set } from "./api.js";
import { el, put, tell } from "./dom.js";
import { days, isValue, shown } from "./format.js";

let count = 0;

/** The control of the write parameter `pid`; `open` opens the page that a page button names. */
export function entry(live, pid, open) {
  const param = live.params.get(pid);
  const field = live.fields.get(pid) ?? {};
  const form = field.form ?? (param.discreets ? "discreet" : param.number ? "number" : "string");
  if (form === "pagebutton") return pageButtons(live, param, open);
  if (live.model.readOnly) return null;
  const caption = live.caption(pid);
  const answer = el("p", { class: "answer", role: "status" });
  let controls = [];

  async function send(entry, question) {
    const asked = question || field.question;
    if (asked && !window.confirm(asked)) return;
    controls.forEach((control) => (control.disabled = true));
    put(answer, "");
    answer.classList.remove("bad");
    try {
      await set(live.key, pid, entry);
      put(answer, "Done");
      window.setTimeout(() => answer.textContent === "Done" && put(answer, ""), 2500);
    } catch (error) {
      const text = error instanceof Refused ? error.message : String(error);
      put(answer, text);
      answer.classList.add("bad");
      tell(`${caption}: ${text}`);
    } finally {
      controls.forEach((control) => (control.disabled = false));
    }
  }

  const make = { button: buttons, togglebutton: toggle, discreet: choice }[form] ?? input;
  const made = make({ live, param, field, caption, send });
  controls = made.controls;
  return { node: el("div", { class: "entry" }, made.node, answer), update: made.update ?? (() => {}) };
}

/** What may be chosen now: value, text, question, help (PARAM-164). */
function choices(live, param, field) {
  const on = field.dependsOn;
  const text = on && shown(live.params.get(on), live.fields.get(on), live.values.get(on)).text;
  if (field.choices) {
    return field.choices.filter(({ offeredWith }) => !offeredWith || offeredWith.includes(text));
  }
  const listed = (param.discreets ?? []).map(([value, display]) => ({ value, display }));
  if (listed.length > 0 || !on) return listed;
  return text.split(";").map((part) => ({ value: part.trim(), display: part.trim() }));
}

/** PARAM-145: one button a discreet. */
function buttons({ live, param, field, send }) {
  const controls = choices(live, param, field).map(({ value, display, question, help }) =>
    el("button", { type: "button", title: help, onclick: () => send({ value }, question), text: display }),
  );
  return { node: el("div", { class: "buttons" }, controls), controls };
}

/** PARAM-146: a page button sets nothing. */
function pageButtons(live, param, open) {
  const list = (param.discreets ?? []).map(([value, display]) =>
    el("button", { type: "button", onclick: () => open?.(value), text: display }),
  );
  return { node: el("div", { class: "entry" }, el("div", { class: "buttons" }, list)), update: () => {} };
}

/** PARAM-147: it sends the discreet that does not hold. */
function toggle({ live, param, field, caption, send }) {
  const next = () => {
    const now = live.values.get(field.partner ?? param.pid);
    const all = choices(live, param, field);
    return all.find(({ value }) => !isValue(param, value, now)) ?? all[0];
  };
  const button = el("button", { type: "button", onclick: () => next() && send({ value: next().value }, next().question) });
  const update = () => {
    const to = next();
    put(button, to ? `Set to ${to.display}` : "Set");
    button.setAttribute("aria-label", to ? `Set ${caption} to ${to.display}` : `Set ${caption}`);
  };
  return { node: button, controls: [button], update };
}

/** A list of discreets. */
function choice({ live, param, field, caption, send }) {
  const list = el("select", { "aria-label": `New value of ${caption}` });
  const button = el("button", { type: "submit", text: "Set" });
  let offered = "";
  const update = () => {
    const all = choices(live, param, field);
    const fresh = JSON.stringify(all);
    if (fresh === offered) return;
    offered = fresh;
    const before = list.value;
    list.replaceChildren(...all.map(({ value, display, help }) => el("option", { value, title: help, text: display })));
    const now = live.values.get(field.partner ?? param.pid);
    const held = all.find(({ value }) => value === before) ?? all.find(({ value }) => isValue(param, value, now));
    if (held) list.value = held.value;
  };
  const node = form(() => {
    const chosen = choices(live, param, field).find(({ value }) => value === list.value);
    if (chosen) send({ value: chosen.value }, chosen.question);
  }, [list, button]);
  return { node, controls: [list, button], update };
}

/** Free input, with exceptional values beside it (PARAM-150). */
function input({ live, param, field, caption, send }) {
  const id = `entry-${(count += 1)}`;
  const limits = param.entry ?? {};
  const attributes = { id, "aria-label": `New value of ${caption}`, autocomplete: "off" };
  const date = { date: "date", datetime: "datetime-local" }[field.number];
  if (date) attributes.type = date;
  else if (param.secret) attributes.type = "password";
  else if (param.number) attributes.inputmode = "decimal";
  if (!param.number && limits.high) attributes.maxlength = String(limits.high);
  const tag = field.lines > 1 && !param.secret ? "textarea" : "input";
  if (tag === "textarea") attributes.rows = String(Math.min(field.lines, 12));
  if (date === "datetime-local") attributes.step = "1";
  const control = el(tag, attributes);
  const button = el("button", { type: "submit", text: "Set" });
  const exceptional = choices(live, param, field).map(({ value, display, question }) =>
    el("button", { type: "button", class: "second", text: display, onclick: () => send({ value }, question) }),
  );
  const range = hint(param, limits);
  const node = form(() => {
    let text = control.value;
    if (date) text = days(text);
    if (field.case === "upper") text = text.toUpperCase();
    if (field.case === "lower") text = text.toLowerCase();
    send({ text });
  }, [control, field.unit && !date ? el("span", { class: "unit", text: field.unit }) : null, button, ...exceptional]);
  if (range) {
    control.setAttribute("aria-describedby", `${id}-range`);
    node.append(el("span", { class: "hint", id: `${id}-range`, text: range }));
  }
  return { node, controls: [control, button, ...exceptional] };
}

/** What may be entered (PARAM-149). */
function hint(param, { low, high, step }) {
  const has = (bound) => bound !== undefined && bound !== null;
  if (!has(low) && !has(high)) return "";
  const what = param.number ? "" : " characters";
  const steps = has(step) ? `, in steps of ${step}` : "";
  if (!has(low)) return `at most ${high}${what}${steps}`;
  if (!has(high)) return `at least ${low}${what}${steps}`;
  return `${low} to ${high}${what}${steps}`;
}

function form(submit, children) {
  return el(
    "form",
    {
      class: "line",
      onsubmit: (event) => {
        event.preventDefault();
        submit();
      },
    },
    children,
  );
}
