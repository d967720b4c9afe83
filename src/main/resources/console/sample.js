import { get, isAborted } from "./api.js";
import { el, fill, newId, setText, whileBusy } from "./dom.js";
import { cell } from "./format.js";
import { plainTable } from "./table.js";

/** How a source is read, by flow: the path of its sample, and the fields that it goes by. */
const SAMPLES = {
  "import-csv": ["/api/sources/csv", ["source", "charset", "delimiter", "quote", "escape", "columns"]],
  "import-delta": ["/api/sources/table", ["source", "format", "columns"]],
};

/**
 * The first rows of the source in a form, and which column is taken as what, to be chosen; null for flows without such a
 * source. What is chosen goes into the field "columns", which the command line has, too.
 */
export function sampleOf(flow, fields, onRefused) {
  if (!(flow.flow in SAMPLES)) {
    return null;
  }
  const [path, names] = SAMPLES[flow.flow];
  const said = el("p", { class: "said", role: "status" });
  const mapping = el("div", { class: "fields" });
  const rows = el("div");
  const button = el("button", { type: "button", onclick: () => whileBusy([button], show) }, "Show first rows");
  const node = el(
    "fieldset",
    { class: "sample" },
    el("legend", {}, "Rows and columns"),
    el("p", { class: "hint" }, "Reads the beginning of the source, so that you see what would be imported. Columns with other names can then be chosen."),
    el("p", { class: "actions" }, button),
    said,
    mapping,
    rows,
  );

  async function show() {
    const source = fields.get("source");
    if (!source.check()) {
      source.input.focus();
      return;
    }
    clear();
    setText(said, "Reading …");
    try {
      const parameters = Object.fromEntries(names.map((name) => [name, fields.get(name).value()]));
      present(await get(path, parameters));
    } catch (error) {
      setText(said, "");
      if (!isAborted(error)) {
        onRefused(error);
      }
    }
  }

  function clear() {
    setText(said, "");
    fill(mapping);
    fill(rows);
  }

  function present(sample) {
    const missing = sample.wanted.filter((one) => one.required && !one.column);
    const read = sample.readAs ? `, read as ${sample.readAs}` : "";
    const hint = missing.length > 0 ? `. Choose the column for ${missing.map((one) => one.name).join(" and ")}` : "";
    setText(said, `${sample.source}${read}: ${howMany(sample)}${hint}`);
    const choices = sample.wanted.map((one) => choice(one, sample.columns));
    choices.forEach((one) => one.input.addEventListener("change", () => take(choices)));
    fill(mapping, ...choices.map((one) => one.node));
    const table = plainTable(
      "First rows",
      sample.columns,
      sample.rows.map((row) => sample.columns.map((name) => cell(row[name]))),
    );
    fill(rows, sample.rows.length > 0 && table);
  }

  /** Only what differs from the usual names is said. */
  function take(choices) {
    const columns = fields.get("columns");
    columns.set(choices.filter((one) => one.input.value !== "" && !isCalled(one.input.value, one.name)).map((one) => `${one.name}=${quoted(one.input.value)}`).join(","));
    columns.input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  fields.get("source").input.addEventListener("change", clear);
  return node;
}

function howMany({ rows, more }) {
  if (more) {
    return `the first ${rows.length} rows, there are more`;
  }
  return rows.length === 1 ? "1 row" : `${rows.length || "no"} rows`;
}

function choice(wanted, columns) {
  const id = newId(wanted.name);
  const usual = columns.some((name) => isCalled(name, wanted.name));
  const none = wanted.required ? "Choose a column" : "None";
  const input = el(
    "select",
    { id },
    // a column of the usual name is always taken
    !usual && el("option", { value: "" }, none),
    ...columns.map((name) => el("option", { value: name, selected: name === wanted.column }, name)),
  );
  const node = el("div", { class: "field" }, el("label", { for: id }, wanted.name, wanted.required && el("span", { class: "required" }, " (required)")), input);
  return { name: wanted.name, input, node };
}

function isCalled(column, name) {
  return column.trim().toLowerCase() === name;
}

/** A name with a comma stands between back-ticks. */
function quoted(name) {
  return /[,`]/.test(name) ? `\`${name.replaceAll("`", "``")}\`` : name;
}
