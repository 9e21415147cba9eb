// The stream log, what runs, the element's log, the connections.

import { Refused, reconnect } from "./api.js";
import { chip, el, put, rechip, size, time } from "./dom.js";

/** How many lines are in the document. */
const SHOWN = 200;

/**
 * A list of lines, newest first, with a filter by text and by kind, and a pause. `render` makes a line; `words` says what
 * the filter searches.
 */
function lines(live, name, main, { title, kinds, kindOf, words, render, above }) {
  const search = el("input", { type: "search", placeholder: "Filter", "aria-label": `Filter ${title}` });
  const kind = el(
    "select",
    { "aria-label": "Kind" },
    el("option", { value: "", text: "All kinds" }),
    kinds.map((word) => el("option", { value: word, text: word })),
  );
  const pause = el("button", { type: "button", class: "second", "aria-pressed": "false", text: "Pause" });
  const state = el("span", { class: "quiet", role: "status" });
  const box = el("div", { class: "card log" });
  let paused = false;
  let waiting = 0;
  const fits = (line) =>
    (kind.value === "" || kindOf(line) === kind.value) && words(line).toLowerCase().includes(search.value.toLowerCase());
  const all = () => {
    const fitting = live.lines[name].filter(fits).slice(-SHOWN);
    box.replaceChildren(...fitting.reverse().map(render));
    if (fitting.length === 0) box.append(el("p", { class: "quiet", text: "Nothing yet." }));
  };
  const more = (event) => {
    if (paused) {
      waiting += event.detail.length;
      put(state, `${waiting} more since the pause`);
      return;
    }
    const fitting = event.detail.filter(fits);
    if (fitting.length === 0) return;
    if (!box.querySelector(".entry-line")) box.replaceChildren();
    box.prepend(...fitting.reverse().map(render));
    while (box.childElementCount > SHOWN) box.lastElementChild.remove();
  };
  pause.addEventListener("click", () => {
    paused = !paused;
    waiting = 0;
    pause.setAttribute("aria-pressed", String(paused));
    put(pause, paused ? "Resume" : "Pause");
    put(state, paused ? "Paused" : "");
    if (!paused) all();
  });
  search.addEventListener("input", all);
  kind.addEventListener("change", all);
  main.replaceChildren(
    el("h2", { text: title }),
    ...(above ? [above] : []),
    el("div", { class: "tools" }, search, kind, pause, state),
    box,
  );
  all();
  live.addEventListener(name, more);
  const begin = () => paused || all();
  live.addEventListener("state", begin);
  return () => {
    live.removeEventListener(name, more);
    live.removeEventListener("state", begin);
  };
}

const at = (line) => el("time", { class: "at", datetime: new Date(line.at).toISOString(), text: time(line.at) });

/** The stream log (BEY-24). */
export function stream(live, main) {
  const words = (line) => [line.text, line.hex, line.response && live.name("responses", line.response), line.way].join(" ");
  return lines(live, "stream", main, {
    title: "Stream log",
    kinds: ["sent", "received", "unmatched", "note"],
    kindOf: (line) => (line.unmatched ? "unmatched" : line.way),
    words,
    render: (line) => streamLine(live, line),
  });
}

function streamLine(live, line) {
  const way = { sent: "→ sent", received: "← received", note: "note" }[line.way];
  const text = line.hidden ? "(hidden: it may hold a password)" : line.hex ? line.hex.replace(/(..)(?=.)/g, "$1 ") : line.text;
  const verdict = line.unmatched
    ? chip("major", "no response matches")
    : line.response
      ? chip("normal", `response ${line.response} ${live.name("responses", line.response)}`)
      : null;
  const head = [
    at(line),
    el("span", { class: `way ${line.way}`, text: way }),
    line.connection === undefined || live.connections.size < 2 ? null : el("span", { class: "quiet", text: live.name("connections", line.connection) }),
    line.bytes === undefined ? null : el("span", { class: "quiet", text: size(line.bytes) }),
    verdict,
  ];
  const tried = line.unmatched?.length ? el("ul", { class: "tried" }, line.unmatched.map((text) => el("li", { text }))) : null;
  return el(
    "details",
    { class: "entry-line" },
    el("summary", {}, head, el("code", { class: "peek", text: text.slice(0, 160) })),
    tried,
    el("pre", { text }),
  );
}

const KINDS = { qaction: "QAction" };
const TABLES = { trigger: "triggers", action: "actions", qaction: "qactions", group: "groups", pair: "pairs", response: "responses" };

/** Triggers, actions, groups, pairs as they run. */
export function activity(live, main) {
  const board = el("div", { class: "board" });
  const tiles = new Map();
  for (const [kind, table] of Object.entries(TABLES)) {
    for (const [id, name] of live.model.names[table]) {
      const state = el("span", { class: "quiet", text: "–" });
      const count = el("span", { class: "count", text: "0" });
      const tile = el(
        "div",
        { class: "tile" },
        el("span", { class: "kind", text: `${KINDS[kind] ?? kind} ${id}` }),
        el("span", { class: "name", text: name }),
        state,
        count,
      );
      tiles.set(`${kind}/${id}`, { tile, state, count, runs: 0 });
      board.append(tile);
    }
  }
  const ran = (list) => {
    for (const line of list) {
      const found = tiles.get(`${line.kind}/${line.id}`);
      if (!found) continue;
      found.runs += 1;
      put(found.count, String(found.runs));
      put(found.state, line.state || time(line.at));
      found.tile.classList.remove("ran");
      void found.tile.offsetWidth; // begins the animation anew
      found.tile.classList.add("ran");
    }
  };
  ran(live.lines.activity);
  const more = (event) => ran(event.detail);
  live.addEventListener("activity", more);
  const end = lines(live, "activity", main, {
    title: "Activity",
    kinds: Object.keys(TABLES),
    kindOf: (line) => line.kind,
    words: (line) => `${line.kind} ${line.id} ${live.name(TABLES[line.kind], line.id)} ${line.state}`,
    render: (line) =>
      el(
        "div",
        { class: "entry-line plain" },
        at(line),
        el("span", { class: "kind", text: `${KINDS[line.kind] ?? line.kind} ${line.id}` }),
        el("span", { text: live.name(TABLES[line.kind], line.id) }),
        el("span", { class: line.state.startsWith("failed") || line.state === "timeout" ? "bad" : "quiet", text: line.state }),
      ),
    above: el("section", { class: "card", "aria-label": "What runs" }, board),
  });
  return () => {
    end();
    live.removeEventListener("activity", more);
  };
}

/** The element's log. */
export function log(live, main) {
  const text = (line) => (line.pid === undefined ? line.text : `${live.caption(line.pid)}: ${line.value}`);
  const colour = { error: "critical", warning: "warning", information: "plain", message: "normal", debug: "plain" };
  return lines(live, "log", main, {
    title: "Log",
    kinds: ["error", "warning", "information", "message", "debug"],
    kindOf: (line) => line.level,
    words: text,
    render: (line) =>
      el("div", { class: "entry-line plain" }, at(line), chip(colour[line.level], line.level), el("span", { class: "said", text: text(line) })),
  });
}

/** The colour of a connection's state. */
export function colour(state) {
  return { open: "normal", connecting: "warning", closing: "warning", backoff: "critical", closed: "critical", stopped: "plain" }[state] ?? "plain";
}

/** The connections with their history, and what connects them anew. */
export function connections(live, main) {
  const cards = [...live.connections.values()].map((connection) => card(live, connection));
  main.replaceChildren(el("h2", { text: "Connections" }), ...cards.map((card) => card.node));
  const update = () => cards.forEach((card) => card.update());
  update();
  live.addEventListener("connections", update);
  live.addEventListener("state", update);
  return () => {
    live.removeEventListener("connections", update);
    live.removeEventListener("state", update);
  };
}

function card(live, { id }) {
  const name = live.name("connections", id) || `Connection ${id}`;
  const state = chip("plain", "");
  const answer = el("p", { class: "answer", role: "status" });
  const facts = el("dl", { class: "facts" });
  const past = el("div", { class: "log" });
  const button = el("button", {
    type: "button",
    class: "main",
    text: "Reconnect",
    "aria-label": `Reconnect ${name}`,
    onclick: async () => {
      button.disabled = true;
      put(answer, "");
      try {
        await reconnect(live.key, id);
        put(answer, "Connecting anew");
      } catch (error) {
        put(answer, error instanceof Refused ? error.message : String(error));
      } finally {
        button.disabled = false;
      }
    },
  });
  const update = () => {
    const now = live.connections.get(id);
    if (!now) return;
    rechip(state, colour(now.state), now.text);
    const told = live.lines.connections.filter((line) => line.id === id);
    const url = now.url ?? told.findLast((line) => line.url)?.url;
    const list = [
      ["Address", url ?? "not tried yet"],
      [now.state === "open" ? "Agreed on" : "Reason", now.reason || "–"],
      ["Times opened", String(now.opened)],
    ];
    facts.replaceChildren(...list.flatMap(([term, text]) => [el("dt", { text: term }), el("dd", { text })]));
    past.replaceChildren(
      ...told
        .slice(-50)
        .reverse()
        .map((line) =>
          el(
            "div",
            { class: "entry-line plain" },
            at(line),
            line.state ? chip(colour(line.state), line.text) : el("span", { class: "quiet", text: line.url ? `connecting to ${line.url}` : `closing with ${line.closed}` }),
            line.reason ? el("span", { class: "said", text: line.reason }) : null,
          ),
        ),
    );
  };
  const node = el(
    "section",
    { class: "card", "aria-label": name },
    el("div", { class: "head" }, el("h3", { text: name }), state, live.model.readOnly ? null : button),
    answer,
    facts,
    el("h4", { text: "History" }),
    past,
  );
  return { node, update };
}
