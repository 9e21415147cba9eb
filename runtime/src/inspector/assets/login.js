// The token is asked for, and traded for a cookie that scripts cannot read.

import { Refused, logIn } from "./api.js";
import { el, put } from "./dom.js";

/** The token behind `#token=`; it is taken out of the address at once, so that no screen or history shows it. */
export async function logInByLink() {
  const given = location.hash.match(/^#token=(.+)$/);
  if (!given) return;
  history.replaceState(null, "", "#/");
  try {
    await logIn(decodeURIComponent(given[1]));
  } catch {
    // The form asks for another one.
  }
}

/** Asks for the token; `done` is called when it was taken. */
export function showLogin(main, done) {
  const answer = el("p", { class: "answer", role: "status" });
  const token = el("input", { id: "token", type: "password", autocomplete: "current-password", required: true });
  const button = el("button", { class: "main", text: "Open" });
  const form = el(
    "form",
    {
      class: "card login",
      onsubmit: async (event) => {
        event.preventDefault();
        button.disabled = true;
        put(answer, "");
        try {
          await logIn(token.value);
          done();
        } catch (error) {
          put(answer, error instanceof Refused ? error.message : String(error));
        } finally {
          button.disabled = false;
        }
      },
    },
    el("h1", { text: "genlock" }),
    el("p", { class: "quiet", text: "This driver asks for a token before it shows its elements." }),
    el("label", { for: "token", text: "Token" }),
    token,
    button,
    answer,
  );
  main.replaceChildren(form);
  token.focus();
}
