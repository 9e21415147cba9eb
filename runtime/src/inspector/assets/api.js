// Requests to the driver.

/** An answer that is no success. */
export class Refused extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

async function request(method, path, body) {
  const headers = { "X-Genlock": "1" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: body && JSON.stringify(body), credentials: "same-origin" });
  } catch {
    throw new Refused(0, "The driver does not answer.");
  }
  if (!answer.ok) throw new Refused(answer.status, (await answer.text()).trim() || answer.statusText);
  return answer.status === 204 ? null : answer.json();
}

const element = (key) => `/api/elements/${key}`;

export const elements = () => request("GET", "/api/elements");
export const model = (key) => request("GET", `${element(key)}/model`);
export const live = (key) => new EventSource(`${element(key)}/live`);
export const logIn = (token) => request("POST", "/api/session", { token });

/** Sets a write parameter: `entry` is `{ text }` of free input or `{ value }` of a choice. */
export const set = (key, pid, entry) => request("POST", `${element(key)}/params/${pid}`, entry);
export const reconnect = (key, id) => request("POST", `${element(key)}/connections/${id}/reconnect`);
