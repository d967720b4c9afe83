import { ApiError, send } from "./api.js";
import { commandBox, commandLine } from "./command-line.js";
import { el, setText, whileBusy } from "./dom.js";
import { focusOn, helpFor } from "./field-helps.js";
import { mayReplace } from "./replacing.js";
import { repeatDialog } from "./repeat.js";
import { field } from "./fields.js";
import { sampleOf } from "./sample.js";
import { draftOf, remember } from "./drafts.js";

/** Which fields a list depends on: the names in a form, and of the parameters of the API. */
const PARENTS = {
  catalogs: [],
  schemas: ["catalog"],
  volumes: ["catalog", "schema"],
  tables: ["catalog", "schema"],
  apps: [],
  datasets: ["app"],
};

/** A choice goes before what depends on it. */
const ORDER = ["catalogs", "schemas", "volumes", "tables", "apps", "datasets"];

/** What a name from one of these lists means nothing without; a table's may be one that is to be made. */
const CLEARED = ["schemas", "volumes", "datasets"];

const DATABRICKS = "Databricks";
const CLARIFAI = "Clarifai";
const RULES = "Rules";
const MORE = "More options";
const DRY_RUN = "dry-run";

/**
 * The form of a flow, made from what the API says of its options.
 *
 * @param onStarted gets the run that has been started
 */
export function flowForm(flow, onStarted) {
  const fields = new Map();
  const source = (list) => listSource(list, fields);
  for (const option of flow.options.filter((one) => one.name !== DRY_RUN)) {
    const extra = helpFor(option, flow, fields);
    const makes = option.list === "tables" && flow.tab !== "update" ? "table" : null;
    fields.set(option.name, field({ ...option, makes }, option.list ? () => source(option.list) : null, extra?.node));
    extra?.attach(fields.get(option.name));
  }
  clearDependents(fields);

  const message = el("p", { class: "form-error", role: "alert" });
  const command = commandBox("The same on the command line");
  const canTry = flow.options.some((option) => option.name === DRY_RUN);
  const run = el("button", { type: "submit", class: "primary" }, "Run");
  const attempt = canTry && el("button", { type: "button", onclick: () => press(true) }, "Dry run");
  const repeated = el("button", { type: "button", onclick: repeat }, "Repeat this every …");
  const clear = el("button", { type: "button", class: "quiet", onclick: startOver }, "Clear form");
  const form = el(
    "form",
    { novalidate: true, class: "flow", "aria-label": `${flow.command} options` },
    ...sections(flow, fields),
    sampleOf(flow, fields, (error) => showRefusal(error)),
    command.node,
    message,
    el("p", { class: "actions" }, run, attempt, repeated, clear),
    canTry && el("p", { class: "hint" }, "A dry run reads and checks every row and reports as the real run would. It changes nothing."),
  );

  function values() {
    return Object.fromEntries([...fields].map(([name, one]) => [name, one.value()]));
  }

  function set(options) {
    for (const [name, one] of fields) {
      one.set(name in options ? options[name] : one.option.default);
      one.setError("");
    }
    openWhatIsSet(form, fields);
    command.set(commandLine(flow, values()));
  }

  function startOver() {
    set({});
    setText(message, "");
    remember(flow, values());
    focusOn(fields.values().next().value);
  }

  function press(dryRun) {
    return whileBusy([run, attempt].filter(Boolean), () => start(dryRun));
  }

  /** @return null when something is missing; its field has the focus then */
  function filledIn() {
    setText(message, "");
    const unfit = [...fields.values()].filter((one) => !one.check());
    if (unfit.length > 0) {
      focusOn(unfit[0]);
      return null;
    }
    return Object.fromEntries(Object.entries(values()).filter(([, value]) => value !== "" && value !== false));
  }

  function repeat() {
    const options = filledIn();
    if (options) {
      remember(flow, values());
      repeatDialog(flow.command, options, () => (location.hash = "#/schedules"), showRefusal);
    }
  }

  async function start(dryRun) {
    const options = filledIn();
    if (!options) {
      return;
    }
    if (dryRun) {
      options[DRY_RUN] = true;
    }
    try {
      if (!dryRun && options["if-exists"] === "replace" && !(await mayReplace(options))) {
        return;
      }
      const started = await send("POST", "/api/runs", { command: flow.command, options });
      remember(flow, values());
      onStarted(started);
    } catch (error) {
      showRefusal(error);
    }
  }

  function showRefusal(error) {
    const about = error instanceof ApiError ? error.fields : {};
    const wrong = Object.keys(about).filter((name) => fields.has(name));
    for (const name of wrong) {
      fields.get(name).setError(about[name]);
    }
    setText(message, error.message);
    if (wrong.length > 0) {
      focusOn(fields.get([...fields.keys()].find((name) => wrong.includes(name))));
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    press(false);
  });
  form.addEventListener("input", (event) => {
    [...fields.values()].find((one) => one.input === event.target)?.setError("");
    command.set(commandLine(flow, values()));
    remember(flow, values());
  });
  set(draftOf(flow));

  return { node: form, set };
}

function listSource(list, fields) {
  const parameters = {};
  for (const parent of PARENTS[list]) {
    const value = fields.get(parent)?.value();
    if (!value) {
      return { missing: `Choose ${parent === "app" ? "an app" : `a ${parent}`} first` };
    }
    parameters[parent] = value;
  }
  return { path: `/api/lists/${list}`, parameters };
}

function clearDependents(fields) {
  for (const [name, parent] of fields) {
    // a change is told when the field is left or a name has been chosen, not at every key
    parent.input.addEventListener("change", () => {
      for (const child of fields.values()) {
        if (CLEARED.includes(child.option.list) && PARENTS[child.option.list].includes(name) && child.value() !== "") {
          child.set("");
          child.input.dispatchEvent(new Event("change"));
        }
      }
    });
  }
}

/** The fields in sections: what must be chosen is seen at once, what rarely is changed is folded away. */
function sections(flow, fields) {
  const titled = new Map();
  const sorted = [...fields.values()].sort((a, b) => order(a.option) - order(b.option));
  for (const one of sorted) {
    const title = section(one.option, flow);
    titled.set(title, [...(titled.get(title) || []), one.node]);
  }
  const shown = [...new Set([...flow.options.map((option) => section(option, flow)), RULES, MORE])].filter((title) => titled.has(title));
  const open = [DATABRICKS, CLARIFAI, RULES].filter((title) => titled.has(title));
  return [
    ...shown.filter((title) => open.includes(title) && title !== RULES).map((title) => fieldset(title, titled.get(title))),
    ...shown.filter((title) => title === RULES).map((title) => fieldset(title, titled.get(title))),
    ...shown
      .filter((title) => !open.includes(title))
      .sort((a, b) => Number(b === MORE) - Number(a === MORE))
      .map((title) => el("details", {}, el("summary", {}, title), el("div", { class: "fields" }, ...titled.get(title)))),
  ];
}

function fieldset(title, nodes) {
  return el("fieldset", {}, el("legend", {}, title), el("div", { class: "fields" }, ...nodes));
}

function order(option) {
  const list = ORDER.indexOf(option.list);
  return option.required || list >= 0 ? list : ORDER.length;
}

function section(option, flow) {
  if (option.group) {
    return option.group;
  }
  const isParent = flow.options.some((other) => other.required && other.list && PARENTS[other.list].includes(option.name));
  if (option.required || isParent) {
    return ["apps", "datasets"].includes(option.list) ? CLARIFAI : DATABRICKS;
  }
  // a choice decides what happens to what exists already
  return option.type === "choice" ? RULES : MORE;
}

/** Unfolds what holds a value: nothing that is in force may be out of sight. */
function openWhatIsSet(form, fields) {
  for (const details of form.querySelectorAll("details")) {
    details.open = [...fields.values()].some(
      (one) => details.contains(one.node) && String(one.value()) !== String(one.option.default || (one.option.type === "flag" ? "false" : "")),
    );
  }
}
