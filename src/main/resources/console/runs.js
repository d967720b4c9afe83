import { get, isAborted, repeat } from "./api.js";
import { combobox } from "./combobox.js";
import { draftOf, remember } from "./drafts.js";
import { el, fill, newId, setText } from "./dom.js";
import { duration, time, words } from "./format.js";
import { countsText, statusBadge } from "./run.js";
import { pagedTable, plainTable } from "./table.js";

const POLL_MILLIS = 3000;

/**
 * The runs that this service has started, and below them the history that is kept in a table.
 *
 * @param flows names of all that come with the application
 */
export function runsView(flows, signal) {
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
    el("section", { "aria-label": "Runs of this service" }, el("h2", {}, "Latest runs of this service"), list),
    history(flows, signal),
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
          ["Run", "Status", "Started", "Took", "Result"],
          items.map((run) => [
            el("span", {}, el("a", { href: `#/runs/${run.id}` }, `${words(run.command)}${run.dryRun ? ", dry run" : ""}`), el("span", { class: "detail" }, target(run.options))),
            statusBadge(run.status, run.rejected),
            time(run.startedAt),
            duration(run.seconds),
            result(run),
          ]),
        ),
  );
  if (focused) {
    list.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
  }
}

/** Why it failed, or else what was counted. */
function result(run) {
  return run.error || countsText(run);
}

function target(options) {
  return [options.app, options.dataset].filter(Boolean).join(" / ");
}

const OUTCOMES = [
  ["", "any"],
  ["COMPLETED", "completed"],
  ["REJECTS", "completed with rejected rows"],
  ["FAILED", "failed"],
  ["INTERRUPTED", "interrupted"],
  ["DIED", "died"],
  ["RUNNING", "running"],
];

/** The history is a table in a schema: which one has to be said. */
function history(flows, signal) {
  const catalog = chooser("Catalog", () => ({ path: "/api/lists/catalogs", parameters: {} }));
  const schema = chooser("Schema", () =>
    catalog.input.value ? { path: "/api/lists/schemas", parameters: { catalog: catalog.input.value } } : { missing: "Choose a catalog first" },
  );
  const flow = select("Flow", [["", "any"], ...flows.map((name) => [name, words(name)])]);
  const outcome = select("Outcome", OUTCOMES);
  const about = input("Table, app or dataset", { type: "text" });
  const from = input("From", { type: "date" });
  const until = input("Until", { type: "date" });
  const error = el("p", { class: "form-error", role: "alert" });
  const found = el("div");
  const form = el(
    "form",
    { class: "inline", novalidate: true, "aria-label": "Which history" },
    ...[catalog, schema, flow, outcome, about, from, until].map((one) => one.node),
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
    const place = { catalog: catalog.input.value.trim(), schema: schema.input.value.trim() };
    remember(HISTORY_FORM, place);
    showHistory(found, place, {
      flow: flow.input.value,
      outcome: outcome.input.value,
      about: about.input.value.trim(),
      from: startOf(from.input.value, 0),
      until: startOf(until.input.value, 1),
    }, signal);
  });
  return el(
    "section",
    { "aria-label": "History" },
    el("h2", {}, "History"),
    el("p", { class: "hint" }, "Every run that began, wherever it was started, is a row of a table in the catalog and schema that it works on."),
    form,
    error,
    found,
  );
}

/** A day of this browser's time zone as a moment; nothing for no day. */
function startOf(day, daysLater) {
  if (!day) {
    return "";
  }
  const [year, month, date] = day.split("-").map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}

function showHistory(found, place, filter, signal) {
  const table = pagedTable({
    caption: `Runs in ${place.catalog}.${place.schema}, newest first`,
    pageSize: 25,
    load: async ({ limit, offset }) => {
      const { items, more } = await get("/api/history", { ...place, ...filter, limit, offset }, signal);
      return { columns: historyColumns(place), rows: items, more };
    },
  });
  fill(found, table.node);
  table.refresh();
}

function historyColumns(place) {
  return [
    {
      name: "flow",
      title: "Flow",
      cell: (run) =>
        el(
          "span",
          {},
          el("a", { href: `#/runs/${[run.runId, place.catalog, place.schema].map(encodeURIComponent).join("/")}` }, words(run.flow)),
          el("span", { class: "detail" }, target(run)),
        ),
    },
    { name: "outcome", title: "Outcome", cell: (run) => statusBadge(run.outcome, run.counts?.rejected || 0) },
    { name: "startedAt", title: "Started", cell: (run) => time(run.startedAt) },
    { name: "took", title: "Took", cell: (run) => (run.endedAt ? duration((new Date(run.endedAt) - new Date(run.startedAt)) / 1000) : "") },
    { name: "result", title: "Result", cell: (run) => result(run) },
    { name: "host", title: "Machine" },
  ];
}

const HISTORY_FORM = { command: "history" };

function chooser(label, source) {
  const id = newId("history");
  const box = combobox({ id, label, source });
  box.input.value = draftOf(HISTORY_FORM)[label.toLowerCase()] || "";
  return { input: box.input, node: el("div", { class: "field" }, el("label", { for: id }, label), box.node) };
}

function select(label, choices) {
  const id = newId("history");
  const chosen = el("select", { id }, ...choices.map(([value, text]) => el("option", { value }, text)));
  return { input: chosen, node: el("div", { class: "field" }, el("label", { for: id }, label), chosen) };
}

function input(label, attributes) {
  const id = newId("history");
  const typed = el("input", { id, autocomplete: "off", ...attributes });
  return { input: typed, node: el("div", { class: "field" }, el("label", { for: id }, label), typed) };
}
