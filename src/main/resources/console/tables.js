import { get } from "./api.js";
import { combobox } from "./combobox.js";
import { el, fill, newId, setText } from "./dom.js";
import { draftOf, remember } from "./drafts.js";
import { number } from "./format.js";
import { imageColumn } from "./images.js";
import { placeMap } from "./map.js";
import { pagedTable } from "./table.js";

const FORM = { command: "tables" };

/** The rows of a table, with pictures where they are of inputs. */
export function tableView(name, signal) {
  const total = el("p", { class: "hint" });
  const path = `/api/tables/${encodeURIComponent(name)}`;
  const map = placeMap();
  const table = pagedTable({
    caption: name,
    pageSize: 25,
    sortable: true,
    choosable: true,
    load: async (page) => {
      const answer = await get(`${path}/rows`, page, signal);
      const image = imageColumn(answer.columns);
      map.show(answer.rows.map(placed));
      return { ...answer, columns: image ? [image, ...answer.columns] : answer.columns };
    },
  });
  table.refresh().then(async () => {
    // counting is the slower of the two
    const { rows } = await get(path, {}, signal).catch(() => ({}));
    setText(total, rows === undefined ? "" : `${number(rows)} ${rows === 1 ? "row" : "rows"} in all`);
  });
  return el("section", { "aria-label": name }, el("h2", {}, name), total, map.node, table.node);
}

function placed(row) {
  return { latitude: row.latitude, longitude: row.longitude, name: row.input_id || "" };
}

/** Any table, without a run. */
export function tablesView(signal) {
  const catalog = chooser("Catalog", () => ({ path: "/api/lists/catalogs", parameters: {} }));
  const schema = chooser("Schema", () =>
    catalog.value() ? { path: "/api/lists/schemas", parameters: { catalog: catalog.value() } } : { missing: "Choose a catalog first" },
  );
  const table = chooser("Table", () =>
    schema.value()
      ? { path: "/api/lists/tables", parameters: { catalog: catalog.value(), schema: schema.value() } }
      : { missing: "Choose a schema first" },
  );
  const error = el("p", { class: "form-error", role: "alert" });
  const found = el("div");
  const form = el("form", { class: "inline", novalidate: true, "aria-label": "Which table" }, catalog.node, schema.node, table.node, el("button", { type: "submit" }, "Show table"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const blank = [catalog, schema, table].find((one) => one.value() === "");
    setText(error, blank ? "Choose catalog, schema and table" : "");
    if (blank) {
      blank.input.focus();
      return;
    }
    remember(FORM, { catalog: catalog.value(), schema: schema.value(), table: table.value() });
    fill(found, tableView(`${catalog.value()}.${schema.value()}.${table.value()}`, signal));
  });
  return el("div", {}, form, error, found);
}

function chooser(label, source) {
  const id = newId("table");
  const box = combobox({ id, label, source });
  box.input.value = draftOf(FORM)[label.toLowerCase()] || "";
  return { input: box.input, value: () => box.input.value.trim(), node: el("div", { class: "field" }, el("label", { for: id }, label), box.node) };
}
