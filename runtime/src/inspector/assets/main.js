// Where the page begins: which view the address asks for, and the colours.

import { Refused, elements } from "./api.js";
import { el } from "./dom.js";
import { openElement } from "./element.js";
import { openList } from "./list.js";
import { logInByLink, showLogin } from "./login.js";

const frame = document.getElementById("frame");
const head = document.getElementById("bar");
const bar = el("div", { class: "what" });

/** What is shown: an element with its key, or what ends the list. */
let view = null;
let turn = 0;

function leave() {
  if (view?.close) view.close();
  view?.end?.();
  view = null;
}

function refused(error) {
  leave();
  const main = el("main", { id: "main", tabindex: "-1" });
  frame.replaceChildren(main);
  bar.replaceChildren();
  if (error instanceof Refused && error.status === 401) {
    showLogin(main, route);
    return;
  }
  const text = error instanceof Refused ? error.message : String(error);
  const again = el("button", { type: "button", class: "main", onclick: route, text: "Try again" });
  main.replaceChildren(el("div", { class: "card" }, el("h2", { text: "Nothing to show" }), el("p", { text }), again));
}

/** `#/` is the list, `#/e/KEY/SECTION` an element; if there is only one, the list is left out. */
async function route() {
  const mine = (turn += 1);
  const [, , key, ...section] = location.hash.split("/");
  try {
    if (key !== undefined) {
      if (view?.key !== key) {
        leave();
        const element = await openElement(key, frame, bar);
        if (mine !== turn) return element.close();
        view = { key, element, close: () => element.close() };
      }
      view.element.show(section.join("/"));
      return;
    }
    const list = await elements();
    if (mine !== turn) return;
    const [only, another] = list.elements;
    if (only && !another) {
      location.replace(`#/e/${only.key}`);
      return;
    }
    leave();
    view = { end: openList(list, frame, bar, refused) };
  } catch (error) {
    if (mine === turn) refused(error);
  }
}

/** Light or dark: as the system has it, until somebody says otherwise. */
function themes() {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const wanted = () => localStorage.getItem("genlock-theme") ?? (system.matches ? "dark" : "light");
  const button = el("button", { type: "button", class: "icon" });
  const apply = () => {
    document.documentElement.dataset.theme = wanted();
    const other = wanted() === "dark" ? "light" : "dark";
    button.textContent = wanted() === "dark" ? "☀" : "☾";
    button.setAttribute("aria-label", `Use the ${other} colours`);
    button.title = `Use the ${other} colours`;
  };
  button.addEventListener("click", () => {
    localStorage.setItem("genlock-theme", wanted() === "dark" ? "light" : "dark");
    apply();
    // Plots have their colours from when they were made.
    if (view?.element?.section?.startsWith("trends")) view.element.show(view.element.section, true);
  });
  system.addEventListener("change", apply);
  apply();
  return button;
}

head.replaceChildren(el("a", { class: "logo", href: "#/", "aria-label": "All elements" }, el("img", { src: "/assets/icon.svg", alt: "", width: "28", height: "28" })), bar, themes());
await logInByLink();
window.addEventListener("hashchange", route);
await route();
