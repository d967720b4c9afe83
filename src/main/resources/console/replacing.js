import { get } from "./api.js";
import { el } from "./dom.js";
import { number } from "./format.js";

const TABLES = ["inputs-table", "annotations-table"];

/**
 * Asks before an export takes the place of tables that are there, by their names and how much is in them.
 *
 * @returns whether it may; true where there is nothing to replace
 */
export async function mayReplace(options) {
  const names = TABLES.map((option) => fullName(options[option] || "", options));
  const found = await Promise.all(names.map((name) => get(`/api/tables/${encodeURIComponent(name)}`)));
  const there = found.filter((table) => table.exists);
  return there.length === 0 || ask(there);
}

function fullName(table, options) {
  return table.includes(".") ? table : `${options.catalog}.${options.schema}.${table}`;
}

function ask(tables) {
  return new Promise((resolve) => {
    const dialog = el(
      "dialog",
      { "aria-labelledby": "replace-title", class: "question" },
      el("h2", { id: "replace-title" }, tables.length === 1 ? "Replace this table?" : "Replace these tables?"),
      el("p", {}, "The export takes the place of all rows that they have now:"),
      el("ul", {}, ...tables.map((table) => el("li", {}, `${table.table}: ${number(table.rows)} ${table.rows === 1 ? "row" : "rows"}`))),
      el(
        "p",
        { class: "actions" },
        el("button", { type: "button", class: "primary", onclick: () => dialog.close("replace") }, "Replace"),
        el("button", { type: "button", autofocus: true, onclick: () => dialog.close("") }, "Keep"),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "replace");
    });
    document.querySelector("main").append(dialog);
    dialog.showModal();
  });
}
