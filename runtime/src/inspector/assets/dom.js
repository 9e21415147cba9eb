// Elements without markup: every text goes in as text, so nothing of a device or a connector can become HTML.

/** An element with attributes (`on…` are listeners, `class`, `text`) and children (nodes or texts; null is left out). */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "text") node.textContent = value;
    else if (name in node && typeof value !== "string") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Puts `text` there, if it is not there already: an unchanged node is not announced again. */
export function put(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A word in a coloured chip. The colour never stands alone. */
export function chip(kind, text) {
  return el("span", { class: `chip ${kind}`, text });
}

/** Makes `node` such a chip. */
export function rechip(node, kind, text) {
  node.className = `chip ${kind}`;
  put(node, text);
}

/** Tells who cannot see it. */
export function tell(text) {
  put(document.getElementById("told"), text);
}

const two = (number) => String(number).padStart(2, "0");

/** The time of the day of `at`, ms since 1970, with ms. */
export function time(at) {
  const date = new Date(at);
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  return `${clock}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

/** A number of bytes. */
export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
