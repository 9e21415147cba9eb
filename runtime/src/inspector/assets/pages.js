// A page of parameters, as the connector file lays it out.

import { el } from "./dom.js";
import { row } from "./field.js";
import { isValue } from "./format.js";

/** The pages to list: those of the file, and one for what stands on none. */
export function list(live) {
  const pages = (live.model.pages.pages ?? []).map((page, index) => ({ ...page, index }));
  const used = new Set((live.model.pages.fields ?? []).filter((field) => field.places).map((field) => field.pid));
  const rest = live.model.params.some((param) => !used.has(param.pid));
  if (rest) pages.push({ name: pages.length > 0 ? "Other parameters" : "Parameters", index: "rest" });
  return pages;
}

/** Whether a page is listed now (schema, 3.1). */
export function isListed(live, page) {
  if (page.kind === "popup") return false;
  if (!page.visibility) return true;
  const { default: shown, pid, value } = page.visibility;
  return isValue(live.params.get(pid), value, live.values.get(pid)) ? !shown : shown;
}

/** The page with this index, into `main`; what it returns takes changed ids. */
export function show(live, page, main, tools) {
  const rows = [];
  const add = (pid, options) => {
    const made = row(live, pid, { ...tools, ...options });
    rows.push(made);
    return made.node;
  };
  main.replaceChildren(
    el("h2", { text: page.name }),
    page.index === "rest" ? rest(live, add) : columns(live, page, add),
  );
  return (pids) => rows.filter((made) => made.pids.some((pid) => pids.has(pid))).forEach((made) => made.update());
}

/** What stands on no page, by name: for engineers. */
function rest(live, add) {
  const placed = (pid) => live.fields.get(pid)?.places !== undefined;
  const shown = live.model.params.filter((param) => !placed(param.pid) && !["constant", "table", "matrix"].includes(param.kind));
  const partner = (pid) => live.fields.get(pid)?.partner;
  const writes = new Set(shown.filter((param) => param.kind === "write").map((param) => param.pid));
  const joined = new Set(shown.map((param) => partner(param.pid)).filter((pid) => writes.has(pid)));
  const rows = shown.filter((param) => !joined.has(param.pid)).map((param) => add(param.pid, { write: writes.has(partner(param.pid)) ? partner(param.pid) : undefined }));
  return el("div", { class: "card rows" }, rows);
}

/** The columns of a page, each from top to bottom. */
function columns(live, page, add) {
  const cells = [];
  for (const field of live.model.pages.fields ?? []) {
    for (const place of field.places ?? []) {
      if (place.page === page.index) cells.push({ ...place, field, form: place.form ?? field.form });
    }
  }
  cells.sort((a, b) => a.column - b.column || a.row - b.row);
  const at = (cell) => `${cell.column}/${cell.row}`;
  const reads = new Map(cells.filter((cell) => kind(live, cell) !== "write").map((cell) => [at(cell), cell]));
  // A write parameter at the place of its read parameter is one row with it.
  const shares = (cell) =>
    kind(live, cell) === "write" && cell.field.partner !== undefined && reads.get(at(cell))?.field.pid === cell.field.partner;
  const writes = new Map(cells.filter(shares).map((cell) => [cell.field.partner, cell.field.pid]));
  const numbers = [...new Set(cells.map((cell) => cell.column))];
  const nodes = numbers.map((number) => {
    const column = el("div", { class: "column" });
    let box = null;
    for (const cell of cells.filter((cell) => cell.column === number && !shares(cell))) {
      const { pid, caption } = cell.field;
      if (cell.form === "title") {
        box = el("fieldset", { class: "card rows" }, el("legend", { text: caption }));
        column.append(box);
      } else if (cell.form === "titleend") {
        box = null;
      } else {
        if (!box) {
          box = el("div", { class: "card rows" });
          column.append(box);
        }
        box.append(table(live, cell) ?? add(pid, { form: cell.form, write: writes.get(pid) }));
      }
    }
    return column;
  });
  return el("div", { class: `columns ${page.wide ? "wide" : ""}` }, nodes);
}

const kind = (live, cell) => live.params.get(cell.field.pid)?.kind;

/** Elements run no tables yet, and the page says so instead of showing none. */
function table(live, cell) {
  if (!["table", "matrix", "chart"].includes(cell.form)) return null;
  return el("p", { class: "quiet", text: `${live.caption(cell.field.pid)}: this version of genlock runs no tables.` });
}
