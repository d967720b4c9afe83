import { ApiError, send } from "./api.js";
import { takenOver } from "./connection.js";
import { el, setText, whileBusy } from "./dom.js";
import { plainField } from "./fields.js";

const FIELDS = ["accessKey", "secretKey", "sessionToken", "region", "endpoint", "place"];

/**
 * The form for keys of S3. What is entered is never shown again, not even that it is there in the fields.
 *
 * @param connection what is in use
 * @param onChanged gets the connection with the new keys, and what to say about them
 */
export function bucketKeysForm(connection, said, onChanged) {
  const { keys, changed, region, endpoint } = connection.s3;
  const named = {
    accessKey: key("accessKey", "Access key", "Its id, as AKIA… or ASIA…"),
    secretKey: key("secretKey", "Secret key", "What belongs to that id"),
    sessionToken: key("sessionToken", "Session token", "Of temporary keys only"),
    region: plainField("region", "Region", "As eu-central-1; a bucket in another one is found"),
    endpoint: plainField("endpoint", "Endpoint", "Of another store that speaks S3, as https://storage.example.com. Empty for Amazon’s"),
    place: plainField("place", "Bucket or folder to test with", "As s3://bucket/folder/. Empty to list the buckets, which keys need a right of its own for"),
  };
  named.region.input.value = region;
  named.endpoint.input.value = endpoint;
  const message = el("p", { class: "form-error", role: "alert" });
  const outcome = el("p", { class: "said", role: "status", tabindex: "-1" }, said);
  const test = el("button", { type: "submit", class: "primary" }, "Test and use keys");
  const back = el("button", { type: "button", hidden: !changed, onclick: () => whileBusy([test, back], () => apply("DELETE", {})) }, "Back to the configured keys");
  const form = el(
    "form",
    { novalidate: true, class: "connection-form", autocomplete: "off", "aria-label": "Amazon S3" },
    el(
      "fieldset",
      {},
      el("legend", {}, "Amazon S3"),
      el("p", { class: "hint" }, `For imports of CSV files from S3. ${state(keys, changed)}`),
      el("div", { class: "fields" }, ...FIELDS.map((name) => named[name].node)),
      el("p", { class: "memory-note" }, "Keys are kept in the memory of the service, until it ends, and are not shown again."),
      el("p", { class: "actions" }, test, back),
      message,
      outcome,
    ),
  );

  async function apply(verb, body) {
    setText(message, "");
    FIELDS.forEach((name) => named[name].setError(""));
    setText(outcome, verb === "PUT" ? "Listing with these keys …" : "");
    try {
      const answer = await send(verb, "/api/connection/s3", body);
      setText(outcome, "The service takes the keys over …");
      onChanged(await takenOver(answer.generation), answer.found ? `The keys work: ${answer.found}` : "The configured keys are used again");
    } catch (error) {
      setText(outcome, "");
      showRefusal(error);
    }
  }

  function showRefusal(error) {
    const fields = error instanceof ApiError ? FIELDS.filter((name) => name in error.fields) : [];
    setText(message, error.message);
    fields.forEach((name) => named[name].setError(error.fields[name]));
    if (fields.length > 0) {
      named[fields[0]].input.focus();
      named[fields[0]].node.scrollIntoView({ block: "center" });
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    whileBusy([test, back], () => apply("PUT", Object.fromEntries(FIELDS.map((name) => [name, named[name].value()]))));
  });
  form.addEventListener("input", (event) => Object.values(named).find((one) => one.input === event.target)?.setError(""));
  return { node: form, focusResult: () => outcome.focus() };
}

function state(keys, changed) {
  if (changed) {
    return "Keys that were entered here are in use.";
  }
  return keys ? "Configured keys are in use." : "Without keys, the service uses those that its machine has.";
}

/** Not "current-password": a browser would offer to keep it. */
function key(name, label, description) {
  return plainField(name, label, description, { type: "password", autocomplete: "new-password" });
}
