import { get, pause, send } from "./api.js";
import { el, newId, setText, whileBusy } from "./dom.js";

const POLL_MILLIS = 1000;

/**
 * Signs in to Databricks in another window of the browser: the service waits for its coming back, and this page asks the
 * service whether it has.
 *
 * @param host gives the address of the workspace
 */
export function browserSignIn(connection, host, { onSignedIn, onRefused }) {
  const id = newId("sign-in");
  const said = el("span", { class: "said", role: "status" });
  const error = el("p", { class: "error", id: `${id}-error` });
  const link = el("a", { target: "_blank", rel: "noopener noreferrer" }, "Open the sign-in page");
  const linkPart = el("p", { hidden: true }, link);
  const input = el("button", { type: "button", "aria-describedby": `${id}-hint ${id}-error`, onclick: () => whileBusy([input], start) }, "Sign in to Databricks");
  const node = el(
    "div",
    { class: "field" },
    el("p", {}, input, " ", said),
    linkPart,
    el("p", { class: "hint", id: `${id}-hint` }, "Opens the workspace in another window, where you sign in as you are used to. The browser has to be on the machine of the service"),
    error,
  );
  let signedInTo = connection.authType === "databricks-cli" ? connection.host : "";

  async function start() {
    setText(error, "");
    if (host() === "") {
      setText(error, "The address of the workspace is required, above");
      return;
    }
    // only what a click opens is not taken for an advertisement
    const window_ = window.open("about:blank", "_blank");
    try {
      const begun = await send("POST", "/api/connection/sign-in", { host: host() });
      link.href = begun.url;
      linkPart.hidden = false;
      if (window_) {
        window_.location.href = begun.url;
      }
      setText(said, "Waiting for you to sign in in the other window …");
      await answered();
      signedInTo = host();
      setText(said, "Signed in");
      linkPart.hidden = true;
      onSignedIn();
    } catch (failure) {
      window_?.close();
      setText(said, "");
      linkPart.hidden = true;
      onRefused(failure, true);
    }
  }

  async function answered() {
    for (;;) {
      const { state } = await get("/api/connection/sign-in");
      if (state === "signed-in") {
        return;
      }
      await pause(POLL_MILLIS);
    }
  }

  return {
    node,
    input,
    isSignedIn: () => signedInTo !== "" && signedInTo === host(),
    setError(message) {
      setText(error, message);
    },
  };
}
