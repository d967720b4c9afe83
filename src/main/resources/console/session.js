import { ApiError, send } from "./api.js";
import { el, fill, setText, whileBusy } from "./dom.js";
import { plainField } from "./fields.js";

/** Who is signed in, and the way out. */
export function showSession(node, session, onSignedOut) {
  if (!session.signedIn) {
    fill(node);
    return;
  }
  async function signOut() {
    try {
      await send("DELETE", "/api/session");
    } catch (error) {
      // a session that has ended already is as good
      if (!(error instanceof ApiError && error.status === 401)) {
        return;
      }
    }
    onSignedOut();
  }
  fill(node, session.users && el("span", {}, session.user), el("button", { type: "button", class: "quiet", onclick: signOut }, "Sign out"));
}

/** The form to sign in: with a user's password where users are configured, else with the token that the service printed. */
export function signInForm(session, onSignedIn) {
  const fields = session.users
    ? [
        plainField("user", "User", "", { autocomplete: "username" }),
        plainField("password", "Password", "", { type: "password", autocomplete: "current-password" }),
      ]
    : [plainField("token", "Token", "It is in the address that databricks-connect serve printed when it started, after token=", { type: "password" })];
  const error = el("p", { class: "form-error", role: "alert" });
  const button = el("button", { type: "submit", class: "primary" }, "Sign in");
  const form = el("form", { class: "sign-in", novalidate: true }, ...fields.map((one) => one.node), error, el("p", { class: "actions" }, button));
  async function signIn() {
    setText(error, "");
    const blank = fields.find((one) => one.input.value === "");
    if (blank) {
      blank.setError("This is required");
      blank.input.focus();
      return;
    }
    try {
      await send("POST", "/api/session", Object.fromEntries(fields.map((one) => [one.input.name, one.input.value])));
      onSignedIn();
    } catch (failure) {
      setText(error, failure.message);
      fields.at(-1).input.focus();
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    whileBusy([button], signIn);
  });
  form.addEventListener("input", () => fields.forEach((one) => one.setError("")));
  return form;
}
