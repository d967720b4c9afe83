import { ApiError, get, isAborted, pause, send } from "./api.js";
import { checkList } from "./checks.js";
import { computeField } from "./compute.js";
import { el, fill, newId, setText, whileBusy } from "./dom.js";
import { plainField } from "./fields.js";
import { browserSignIn } from "./sign-in.js";

const RESTART_POLL_MILLIS = 500;
const RESTART_POLLS = 60;

/** Ways to sign in to Databricks. */
const TOKEN = 0;
const BROWSER = 1;
const PRINCIPAL = 2;

const KEEP = ["memory", "file", "profile"];

/**
 * The form that says where Databricks and Clarifai are.
 *
 * @param connection what is in use
 * @param passed the checks that it has just passed, if it has
 * @param onChanged gets the connection once the service has taken it over, and the checks
 */
export function connectionForm(connection, passed, onChanged) {
  const host = plainField("host", "Databricks Host", "Address of the workspace, as in the browser: https://dbc-a1b2345c-d6e7.cloud.databricks.com", { inputmode: "url" });
  const token = secret("token", "Databricks Token", "Settings > Developer > Access tokens", connection.secrets.token);
  const clientId = plainField("clientId", "Client id", "Application id of the service principal");
  const clientSecret = secret("clientSecret", "Client secret", "An OAuth secret of the service principal", connection.secrets.clientSecret);
  const pat = secret("pat", "Personal access token", "Clarifai: Settings > Secrets. Left empty, it is read from the workspace's secret scope “clarifai”, key CLARIFAI_PAT", connection.secrets.pat);
  const userId = plainField("userId", "User id", "Owner of the Clarifai app, if that is not the owner of the token");
  host.input.value = connection.host || "";
  clientId.input.value = connection.clientId || "";
  userId.input.value = connection.userId || "";

  const signIn = browserSignIn(connection, () => host.value(), {
    onSignedIn: () => compute.refresh(),
    onRefused: showRefusal,
  });
  const methods = ["A token", ...(connection.browserSignIn ? ["Your browser"] : []), "A service principal"];
  const method = choice("Sign in to Databricks with", methods, methods.length - 1 === PRINCIPAL ? usedMethod(connection) : Math.min(1, usedMethod(connection)), () => {
    showMethod();
    compute.refresh();
  });
  const compute = computeField(connection, ready, showRefusal);
  const keep = choice(
    "Keep this connection",
    ["In the memory of the service, until it ends", `In the file ${connection.keptFile}, which only its owner can read`, "As a profile in .databrickscfg, which the tools of Databricks read, with what is Clarifai's in that file"],
    0,
    () => (profilePart.hidden = keep.value() !== 2),
  );
  const profile = plainField("profile", "Profile", "Its name. One that is there is not replaced unless it is of the same workspace");
  profile.input.value = "DEFAULT";
  const profilePart = el("div", { hidden: true }, profile.node);
  const parts = [el("div", {}, token.node), el("div", {}, signIn.node), el("div", {}, clientId.node, clientSecret.node)];
  const message = el("p", { class: "form-error", role: "alert" });
  const said = el("p", { class: "said", role: "status", tabindex: "-1" }, passed ? "Connected" : "");
  const next = el("p", { class: "next", hidden: !passed }, el("a", { class: "button primary", href: "#/import" }, "Go to Import"));
  const checks = el("div", { class: "checks" }, passed && checkList(passed));
  const check = el("button", { type: "submit", class: "primary" }, "Check and use");
  const back = el("button", { type: "button", hidden: !connection.changed, onclick: () => whileBusy([check, back], () => apply("DELETE", {})) }, "Back to the configuration");
  const named = { host, token, signIn, clientId, clientSecret, warehouseId: compute, clusterId: compute, httpPath: compute, pat, userId, profile };

  const form = el(
    "form",
    { novalidate: true, class: "connection-form", autocomplete: "off", "aria-label": "Connection" },
    el("fieldset", {}, el("legend", {}, "Databricks"), host.node, method.node, ...parts, compute.node),
    el("fieldset", {}, el("legend", {}, "Clarifai"), pat.node, userId.node),
    keep.node,
    profilePart,
    el("p", { class: "memory-note" }, "This page cannot read back what is secret in it."),
    el("p", { class: "actions" }, check, back),
    message,
    said,
    checks,
    next,
  );

  function chosenMethod() {
    return methods.length - 1 === PRINCIPAL || method.value() === TOKEN ? method.value() : PRINCIPAL;
  }

  function showMethod() {
    parts.forEach((part, index) => (part.hidden = index !== chosenMethod()));
  }

  /** What the service is to sign in with; an empty secret stands for the one that it has. */
  function credentials() {
    const way = chosenMethod();
    return {
      host: host.value(),
      authType: way === BROWSER ? "databricks-cli" : "",
      token: way === TOKEN ? token.value() : "",
      clientId: way === PRINCIPAL ? clientId.value() : "",
      clientSecret: way === PRINCIPAL ? clientSecret.value() : "",
      pat: pat.value(),
      userId: userId.value(),
    };
  }

  /** The credentials as soon as the compute can be listed with them. */
  function ready() {
    return missingCredentials().every(([, missing]) => !missing) ? { ...credentials(), pat: "", userId: "" } : null;
  }

  function missingCredentials() {
    const kept = host.value() === connection.host;
    const way = chosenMethod();
    return [
      [host, host.value() === "", "The address of the workspace is required"],
      [token, way === TOKEN && token.value() === "" && !(kept && connection.secrets.token), "A token is required"],
      [signIn, way === BROWSER && !signIn.isSignedIn(), "Sign in first"],
      [clientId, way === PRINCIPAL && clientId.value() === "", "The id of the service principal is required"],
      [clientSecret, way === PRINCIPAL && clientSecret.value() === "" && !(kept && connection.secrets.clientSecret), "The secret is required"],
    ];
  }

  function clearProblems() {
    setText(message, "");
    fill(checks);
    next.hidden = true;
    new Set(Object.values(named)).forEach((one) => one.setError(""));
  }

  /** @return whether everything that is needed is there; the first field where it is not has the focus */
  function complete() {
    const missing = [...missingCredentials(), [compute, compute.isEmpty(), "Choose what runs the SQL statements"]];
    const wrong = missing.filter(([, isMissing]) => isMissing);
    clearProblems();
    wrong.forEach(([one, , text]) => one.setError(text));
    focusOn(wrong[0]?.[0]);
    return wrong.length === 0;
  }

  async function apply(verb, body) {
    clearProblems();
    setText(said, "Checking: a statement is run on the warehouse or cluster, which may have to start first, and Clarifai is asked …");
    try {
      const answer = await send(verb, "/api/connection", body);
      fill(checks, checkList(answer.checks));
      setText(said, "The service takes the connection over …");
      onChanged(await takenOver(answer.generation), answer.checks);
    } catch (error) {
      setText(said, "");
      showRefusal(error, true);
    }
  }

  /** @param asked whether somebody has pressed a button for it, and looks for the answer */
  function showRefusal(error, asked = false) {
    if (isAborted(error)) {
      return;
    }
    const fields = error instanceof ApiError ? Object.keys(error.fields).filter((name) => named[name]) : [];
    setText(message, asked || fields.length === 0 ? error.message : "");
    if (error.answer?.checks) {
      fill(checks, checkList(error.answer.checks));
    }
    fields.forEach((name) => named[name].setError(error.fields[name]));
    if (asked) {
      focusOn(named[fields[0]]);
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (complete()) {
      const kept = { keep: KEEP[keep.value()], profile: profile.value() };
      whileBusy([check, back], () => apply("PUT", { ...credentials(), ...compute.value(), ...kept }));
    }
  });
  form.addEventListener("input", (event) => [...new Set(Object.values(named))].find((one) => one.input === event.target)?.setError(""));
  for (const one of [host, token, clientId, clientSecret]) {
    one.input.addEventListener("change", () => compute.refresh());
  }
  showMethod();
  compute.refresh();
  return { node: form, focusResult: () => said.focus() };
}

function focusOn(field) {
  field?.input.focus();
  field?.node.scrollIntoView({ block: "center" });
}

function usedMethod(connection) {
  if (connection.authType === "databricks-cli") {
    return BROWSER;
  }
  const principal = connection.authType ? connection.authType !== "pat" : Boolean(connection.clientId);
  return principal ? PRINCIPAL : TOKEN;
}

/** The service begins anew with the connection, and for a moment does not answer, or not with this API. */
export async function takenOver(generation) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const connection = await get("/api/connection");
      if (connection.generation >= generation) {
        return connection;
      }
    } catch (error) {
      if (error.status !== 404 || attempt >= RESTART_POLLS) {
        throw error;
      }
    }
    await pause(RESTART_POLL_MILLIS);
  }
}

/** A field whose value never comes back from the service. */
function secret(name, label, description, isSet) {
  // not "current-password": a browser would offer to keep it
  return plainField(name, label, isSet ? `${description}. One is set: leave this empty to keep it` : description, {
    type: "password",
    autocomplete: "new-password",
    placeholder: isSet ? "set" : null,
  });
}

function choice(legend, labels, chosen, onChange) {
  const name = newId("choice");
  const inputs = labels.map((_, index) => el("input", { type: "radio", name, id: `${name}-${index}`, checked: index === chosen, onchange: onChange }));
  const node = el(
    "fieldset",
    { class: "radios" },
    el("legend", {}, legend),
    ...labels.map((label, index) => el("span", { class: "radio" }, inputs[index], el("label", { for: `${name}-${index}` }, label))),
  );
  return { node, value: () => inputs.findIndex((input) => input.checked) };
}
