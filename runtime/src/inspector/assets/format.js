// Values as an operator reads them (PARAM-161 to PARAM-168).

const two = (number) => String(Math.trunc(number)).padStart(2, "0");

/** Whether `raw`, as the connector file writes it, is `value`: by number where the parameter is one (PARAM-163). */
export function isValue(param, raw, value) {
  if (value === null || value === undefined) return false;
  return param.number ? Number(raw) === Number(value) && raw.trim() !== "" : raw === String(value);
}

/** The shown text of a value, and whether it is a number that takes the unit. */
export function shown(param, field, value) {
  if (param.secret) return { text: "hidden", kind: "empty" };
  if (value === null || value === undefined) return { text: "Not initialized", kind: "empty" };
  if (typeof value === "object") return { text: long(value), kind: "text" };
  const known = (list) => list?.find(([raw]) => isValue(param, raw, value))?.[1];
  // PARAM-104: exceptions come first.
  const exception = known(param.exceptions);
  if (exception !== undefined) return { text: exception, kind: "word" };
  const caption = field?.choices?.find((choice) => isValue(param, choice.value, value))?.display;
  const discreet = caption ?? known(param.discreets);
  if (discreet !== undefined) return { text: discreet, kind: "word" };
  const number = typeof value === "number" ? value : Number.NaN;
  if (Number.isNaN(number)) return { text: String(value), kind: "text" };
  return { text: written(number, field), kind: "number", unit: isTime(field) ? "" : field?.unit ?? "" };
}

function long(value) {
  if (value.hex === undefined) return `${value.cut}… (${value.bytes} bytes)`;
  const digits = value.hex.replace(/(..)(?=.)/g, "$1 ");
  return value.hex.length / 2 < value.bytes ? `${digits} … (${value.bytes} bytes)` : digits;
}

/** Forms that say their unit themselves. */
export function isTime(field) {
  return ["seconds", "minutes", "hours", "timeofday", "date", "datetime"].includes(field?.number);
}

function written(number, field) {
  const decimals = field?.decimals;
  switch (field?.number) {
    case "hexadecimal":
      return `0x${Math.trunc(number).toString(16).toUpperCase()}`;
    case "normalised":
      return number.toExponential(decimals ?? 0);
    case "engineering":
      return engineering(number, decimals ?? 0);
    case "seconds":
      return duration(number);
    case "minutes":
      return duration(number * 60);
    case "hours":
      return duration(number * 3600);
    case "timeofday":
      return clock(number);
    case "date":
      return day(number).toISOString().slice(0, 10);
    case "datetime":
      return day(number).toISOString().slice(0, 19).replace("T", " ");
    default:
      // PARAM-165
      return decimals === undefined ? String(number) : number.toFixed(Math.min(decimals, 20));
  }
}

function engineering(number, decimals) {
  if (number === 0) return (0).toFixed(decimals);
  const exponent = Math.floor(Math.log10(Math.abs(number)) / 3) * 3;
  return `${(number / 10 ** exponent).toFixed(decimals)}e${exponent < 0 ? "" : "+"}${exponent}`;
}

const clock = (seconds) => [seconds / 3600, (seconds % 3600) / 60, seconds % 60].map(two).join(":");

function duration(seconds) {
  const sign = seconds < 0 ? "-" : "";
  const whole = Math.abs(seconds);
  const days = Math.floor(whole / 86400);
  return `${sign}${days > 0 ? `${days} d ` : ""}${clock(whole % 86400)}`;
}

/** Days since 1899-12-30 have no time zone, so they are shown as they are. */
function day(days) {
  const date = new Date(Math.round((days - 25569) * 86400) * 1000);
  return Number.isNaN(date.getTime()) ? new Date(0) : date;
}

/** What a date or a time that was entered is as a number of days. */
export function days(text) {
  const at = Date.parse(`${text}${text.includes("T") ? "" : "T00:00"}Z`);
  return Number.isNaN(at) ? "" : String(at / 86400000 + 25569);
}
