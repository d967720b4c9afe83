import { get, isAborted, repeat } from "./api.js";
import { combobox } from "./combobox.js";
import { draftOf } from "./drafts.js";
import { el, fill, newId, setText } from "./dom.js";
import { duration, time, words } from "./format.js";
import { countsText, statusBadge } from "./run.js";
import { pagedTable, plainTable } from "./table.js";

const POLL_MILLIS = 3000;

/** The runs that this service has started, and below them the history that is kept in a table. */
export function runsView(signal) {
  const list = el("div", {}, el("p", {}, "Listing …"));
  let shown = "";
  repeat(POLL_MILLIS, signal, async () => {
    try {
      const { items } = await get("/api/runs", {}, signal);
      // a table that is made anew would take the focus away from its links
      if (JSON.stringify(items) !== shown) {
        shown = JSON.stringify(items);
        showRuns(list, items);
      }
    } catch (error) {
      if (isAborted(error)) {
        throw error;
      }
      fill(list, el("p", { class: "error" }, error.message));
    }
    return false;
  });
  return el(
    "div",
    {},
    el("section", { "aria-label": "Runs of this service" }, el("h2", {}, "Since this service started"), list),
    history(signal),
  );
}

function showRuns(list, items) {
  const focused = document.activeElement?.getAttribute?.("href");
  fill(
    list,
    items.length === 0
      ? el("p", {}, "No run has been started here yet.")
      : plainTable(
          "Runs of this service, newest first",
          ["Run", "Status", "Started", "Took", "Counts"],
          items.map((run) => [
            el("span", {}, el("a", { href: `#/runs/${run.id}` }, `${words(run.command)}${run.dryRun ? ", dry run" : ""}`), el("span", { class: "detail" }, target(run.options))),
            statusBadge(run.status),
            time(run.startedAt),
            duration(run.seconds),
            countsText(run.counts),
          ]),
        ),
  );
  if (focused) {
    list.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
  }
}

function target(options) {
  return [options.app, options.dataset].filter(Boolean).join(" / ");
}

/** The history is a table in a schema: which one has to be said. */
function history(signal) {
  const catalog = chooser("Catalog", () => ({ path: "/api/lists/catalogs", parameters: {} }));
  const schema = chooser("Schema", () =>
    catalog.input.value ? { path: "/api/lists/schemas", parameters: { catalog: catalog.input.value } } : { missing: "Choose a catalog first" },
  );
  const error = el("p", { class: "form-error", role: "alert" });
  const found = el("div");
  const form = el(
    "form",
    { class: "inline", novalidate: true, "aria-label": "Which history" },
    catalog.node,
    schema.node,
    el("button", { type: "submit" }, "Show history"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const blank = [catalog, schema].find((one) => one.input.value.trim() === "");
    setText(error, blank ? "Choose the catalog and the schema whose history is to be shown" : "");
    if (blank) {
      blank.input.focus();
      return;
    }
    showHistory(found, catalog.input.value.trim(), schema.input.value.trim(), signal);
  });
  return el(
    "section",
    { "aria-label": "History" },
    el("h2", {}, "History"),
    el("p", { class: "hint" }, "Every run, wherever it was started, is a row of a table in the catalog and schema that it works on."),
    form,
    error,
    found,
  );
}

function showHistory(found, catalog, schema, signal) {
  const table = pagedTable({
    caption: `Runs in ${catalog}.${schema}, newest first`,
    pageSize: 100,
    load: async ({ limit }) => {
      const { items } = await get("/api/history", { catalog, schema, limit }, signal);
      return { columns: HISTORY, rows: items, more: false };
    },
  });
  fill(found, table.node);
  table.refresh();
}

const HISTORY = [
  { name: "flow", title: "Flow", cell: (run) => el("span", {}, words(run.flow), el("span", { class: "detail" }, target(run))) },
  { name: "outcome", title: "Outcome", cell: (run) => statusBadge(run.outcome) },
  { name: "startedAt", title: "Started", cell: (run) => time(run.startedAt) },
  { name: "endedAt", title: "Ended", cell: (run) => time(run.endedAt) },
  { name: "counts", title: "Counts", cell: (run) => countsText(run.counts) },
  { name: "host", title: "Machine" },
  { name: "error", title: "Error" },
];

function chooser(label, source) {
  const id = newId("history");
  const box = combobox({ id, label, source });
  box.input.value = draftOf({ command: "history" })[label.toLowerCase()] || "";
  return { input: box.input, node: el("div", { class: "field" }, el("label", { for: id }, label), box.node) };
}
