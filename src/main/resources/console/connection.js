import { ApiError, get, isAborted, pause, send } from "./api.js";
import { checkList } from "./checks.js";
import { computeField } from "./compute.js";
import { el, fill, newId, setText, whileBusy } from "./dom.js";
import { plainField } from "./fields.js";

const RESTART_POLL_MILLIS = 500;
const RESTART_POLLS = 60;

/**
 * The form that says where Databricks and Clarifai are.
 *
 * @param connection what is in use
 * @param passed the checks that it has just passed, if it has
 * @param onChanged gets the connection once the service has taken it over, and the checks
 */
export function connectionForm(connection, passed, onChanged) {
  const host = plainField("host", "Databricks workspace", "Its address, as in the browser: https://dbc-a1b2345c-d6e7.cloud.databricks.com", { inputmode: "url" });
  const token = secret("token", "Access token", "Settings > Developer > Access tokens", connection.secrets.token);
  const clientId = plainField("clientId", "Client id", "Application id of the service principal");
  const clientSecret = secret("clientSecret", "Client secret", "An OAuth secret of the service principal", connection.secrets.clientSecret);
  const pat = secret("pat", "Personal access token", "Clarifai: Settings > Secrets. Left empty, it is read from the workspace's secret scope “clarifai”, key CLARIFAI_PAT", connection.secrets.pat);
  const userId = plainField("userId", "User id", "Owner of the Clarifai app, if that is not the owner of the token");
  host.input.value = connection.host || "";
  clientId.input.value = connection.clientId || "";
  userId.input.value = connection.userId || "";

  const principal = connection.authType ? connection.authType !== "pat" : Boolean(connection.clientId);
  const method = choice("Sign in with", ["An access token", "A service principal"], principal ? 1 : 0, () => showMethod());
  const compute = computeField(
    connection,
    () => {
      clearProblems();
      return credentials();
    },
    showRefusal,
  );
  const tokenPart = el("div", {}, token.node);
  const principalPart = el("div", {}, clientId.node, clientSecret.node);
  const message = el("p", { class: "form-error", role: "alert" });
  const said = el("p", { class: "said", role: "status", tabindex: "-1" }, passed ? "Connected" : "");
  const checks = el("div", { class: "checks" }, passed && checkList(passed));
  const check = el("button", { type: "submit", class: "primary" }, "Check and use");
  const back = el("button", { type: "button", hidden: !connection.changed, onclick: () => whileBusy([check, back], () => apply("DELETE", {})) }, "Back to the configuration");
  const named = { host, token, clientId, clientSecret, warehouseId: compute, clusterId: compute, pat, userId };

  const form = el(
    "form",
    { novalidate: true, class: "connection-form", autocomplete: "off", "aria-label": "Connection" },
    el("fieldset", {}, el("legend", {}, "Databricks"), host.node, method.node, tokenPart, principalPart, compute.node),
    el("fieldset", {}, el("legend", {}, "Clarifai"), pat.node, userId.node),
    el("p", { class: "memory-note" }, "What you enter here stays in the memory of the service until it ends. It is not written to a file, and this page cannot read it back."),
    el("p", { class: "actions" }, check, back),
    message,
    said,
    checks,
  );

  function showMethod() {
    tokenPart.hidden = method.value() === 1;
    principalPart.hidden = method.value() === 0;
  }

  /** What the service is to sign in with; an empty secret stands for the one that it has. */
  function credentials() {
    const byToken = method.value() === 0;
    return {
      host: host.value(),
      token: byToken ? token.value() : "",
      clientId: byToken ? "" : clientId.value(),
      clientSecret: byToken ? "" : clientSecret.value(),
      pat: pat.value(),
      userId: userId.value(),
    };
  }

  function clearProblems() {
    setText(message, "");
    fill(checks);
    new Set(Object.values(named)).forEach((one) => one.setError(""));
  }

  /** @return whether everything that is needed is there; the first field where it is not has the focus */
  function complete() {
    const kept = host.value() === connection.host;
    const byToken = method.value() === 0;
    const missing = [
      [host, host.value() === "", "The address of the workspace is required"],
      [token, byToken && token.value() === "" && !(kept && connection.secrets.token), "An access token is required"],
      [clientId, !byToken && clientId.value() === "", "The id of the service principal is required"],
      [clientSecret, !byToken && clientSecret.value() === "" && !(kept && connection.secrets.clientSecret), "The secret is required"],
      [compute, compute.isEmpty(), "Choose what runs the SQL statements"],
    ];
    const wrong = missing.filter(([, isMissing]) => isMissing);
    clearProblems();
    wrong.forEach(([one, , text]) => one.setError(text));
    wrong[0]?.[0].input.focus();
    return wrong.length === 0;
  }

  async function apply(verb, body) {
    clearProblems();
    setText(said, "Checking with both services; this takes longer when the warehouse or cluster has to start …");
    try {
      const answer = await send(verb, "/api/connection", body);
      fill(checks, checkList(answer.checks));
      setText(said, "The service takes the connection over …");
      onChanged(await takenOver(answer.generation), answer.checks);
    } catch (error) {
      setText(said, "");
      showRefusal(error);
    }
  }

  function showRefusal(error) {
    if (isAborted(error)) {
      return;
    }
    setText(message, error.message);
    if (!(error instanceof ApiError)) {
      return;
    }
    if (error.answer.checks) {
      fill(checks, checkList(error.answer.checks));
    }
    const wrong = Object.keys(error.fields).filter((name) => named[name]);
    wrong.forEach((name) => named[name].setError(error.fields[name]));
    named[wrong[0]]?.input.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (complete()) {
      whileBusy([check, back], () => apply("PUT", { ...credentials(), ...compute.value() }));
    }
  });
  showMethod();
  return { node: form, focusResult: () => said.focus() };
}

/** The service begins anew with the connection, and for a moment does not answer, or not with this API. */
async function takenOver(generation) {
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
  // not "current-password": a browser would offer to keep what is meant to be in memory only
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
