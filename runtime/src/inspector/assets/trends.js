// Plots of trended parameters.

import { el, time } from "./dom.js";
import { isTime, shown } from "./format.js";

/** Spans that a plot can show, in seconds; none: all that there is. */
const SPANS = [
  ["5 min", 300],
  ["30 min", 1800],
  ["All", null],
];

/** The plots of all trended parameters, into `main`; `first` is scrolled to. Returns what draws, and what ends. */
export function show(live, main, first) {
  const pids = [...live.trends.keys()];
  const plots = pids.map((pid) => plot(live, pid));
  main.replaceChildren(
    el("h2", { text: "Trends" }),
    el("p", { class: "quiet", text: "Drag over a plot to zoom in; double-click to follow again." }),
    ...(pids.length > 0 ? [] : [el("p", { class: "card", text: "No parameter of this connector is trended." })]),
    ...plots.map((plot) => plot.node),
  );
  plots.forEach((plot) => plot.begin());
  const wanted = plots.find((plot) => plot.pid === first);
  wanted?.node.scrollIntoView();
  const timer = window.setInterval(() => plots.forEach((plot) => plot.draw()), 1000);
  const resize = new ResizeObserver(() => plots.forEach((plot) => plot.fit()));
  resize.observe(main);
  return () => {
    window.clearInterval(timer);
    resize.disconnect();
    plots.forEach((plot) => plot.end());
  };
}

function plot(live, pid) {
  const param = live.params.get(pid);
  const field = live.fields.get(pid);
  const caption = live.caption(pid);
  const box = el("div", { class: "plot" });
  const latest = el("output", { class: "value" });
  let chart = null;
  let span = SPANS[0][1];
  let zoomed = false;
  const buttons = SPANS.map(([text, seconds]) =>
    el("button", {
      type: "button",
      class: "second",
      "aria-pressed": String(seconds === span),
      text,
      onclick: () => {
        span = seconds;
        zoomed = false;
        buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(SPANS[index][1] === span)));
        draw();
      },
    }),
  );
  const node = el(
    "section",
    { class: "card trend", "aria-label": `Trend of ${caption}` },
    el("div", { class: "head" }, el("h3", { text: caption }), latest, el("div", { class: "buttons" }, buttons)),
    box,
  );

  const words = (value) => {
    const now = shown(param, field, value);
    return now.unit ? `${now.text} ${now.unit}` : now.text;
  };

  /** Times in seconds and numbers, the last one drawn on until now. */
  function data() {
    const [times, numbers] = live.trends.get(pid) ?? [[], []];
    if (times.length === 0) return [[], []];
    return [[...times, Date.now()].map((at) => at / 1000), [...numbers, numbers.at(-1)]];
  }

  function draw() {
    if (!chart || document.hidden) return;
    const points = data();
    latest.textContent = points[1].length > 0 ? words(points[1].at(-1)) : "no value yet";
    chart.setData(points, false);
    if (!zoomed) {
      const end = Date.now() / 1000;
      const start = span === null ? points[0][0] ?? end - 60 : end - span;
      chart.setScale("x", { min: start, max: Math.max(end, start + 1) });
    }
  }

  function begin() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const discreet = param.discreets !== undefined;
    const grid = { stroke: colour("--line"), width: 1 };
    const axis = { stroke: colour("--quiet"), grid, ticks: grid, font: "12px system-ui, sans-serif" };
    const levels = (param.discreets ?? []).map(([value]) => Number(value)).sort((a, b) => a - b);
    chart = new uPlot(
      {
        width: Math.max(box.clientWidth, 200),
        height: 190,
        cursor: { drag: { x: true, y: false } },
        legend: { live: true },
        scales: {
          x: { time: true },
          y: field?.logarithmic
            ? { distr: 3 }
            : { range: (_, low, high) => (discreet ? [levels[0] - 0.2, levels.at(-1) + 0.2] : around(low, high)) },
        },
        axes: [
          { ...axis, space: 80, values: (_, splits) => splits.map((at) => time(at * 1000).slice(0, 8)) },
          {
            ...axis,
            size: discreet || isTime(field) ? 90 : 64,
            splits: discreet ? () => levels : undefined,
            values: (_, splits) => splits.map((value) => (discreet || isTime(field) ? words(value) : String(value))),
          },
        ],
        series: [
          { label: "Time", value: (_, at) => (at === null ? "–" : time(at * 1000)) },
          {
            label: caption,
            stroke: colour("--accent"),
            width: 2,
            fill: discreet ? colour("--accent-soft") : undefined,
            paths: uPlot.paths.stepped({ align: 1 }),
            points: { show: false },
            value: (_, value) => (value === null || value === undefined ? "–" : words(value)),
          },
        ],
        hooks: { setSelect: [(chart) => (zoomed = chart.select.width > 0 || zoomed)] },
      },
      data(),
      box,
    );
    chart.over.addEventListener("dblclick", () => {
      zoomed = false;
      draw();
    });
    draw();
  }

  return {
    node,
    pid,
    begin,
    draw,
    fit: () => chart?.setSize({ width: Math.max(box.clientWidth, 200), height: 190 }),
    end: () => chart?.destroy(),
  };
}

/** A little room around what is there. */
function around(low, high) {
  if (low === null || high === null) return [0, 1];
  const room = (high - low || Math.abs(high) || 1) * 0.1;
  return [low - room, high + room];
}
