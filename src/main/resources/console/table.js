import { ApiError, isAborted } from "./api.js";
import { el, fill, isOff, newId, setText, switchOff } from "./dom.js";
import { cell } from "./format.js";

/** Longer texts wrap; much longer ones are folded. */
const WRAPPED = 40;
const FOLDED = 120;

/**
 * A table of what the API has, page by page.
 *
 * @param caption what the table is
 * @param pageSize rows of a page
 * @param sortable whether `load` can sort
 * @param choosable whether columns can be left out
 * @param load gets {limit, offset, sort, order} and gives {columns: [{name, title?, cell?(row)}], rows, more}
 */
export function pagedTable({ caption, pageSize, sortable = false, choosable = false, load }) {
  const state = { offset: 0, sort: "", order: "asc" };
  /** Names of the columns that are left out, and the page that is shown. */
  const hidden = new Set();
  let latest = null;
  const head = el("tr");
  const body = el("tbody");
  const table = el("table", {}, el("caption", {}, caption), el("thead", {}, head), body);
  const said = el("p", { class: "said", role: "status" });
  const previous = el("button", { type: "button", onclick: () => turn(previous, -pageSize) }, "Previous rows");
  const next = el("button", { type: "button", onclick: () => turn(next, pageSize) }, "Next rows");
  const pager = el("p", { class: "pager", hidden: true }, previous, next);
  const choice = el("div", { class: "choices" });
  const chooser = choosable && el("details", { class: "columns" }, el("summary", {}, "Columns"), choice);
  const node = el("div", { class: "paged" }, chooser, scrolling(table, caption), pager, said);

  async function refresh() {
    table.setAttribute("aria-busy", "true");
    try {
      const page = await load({ limit: pageSize, offset: state.offset, sort: state.sort, order: state.sort && state.order });
      show(page);
    } catch (error) {
      if (!isAborted(error)) {
        setText(said, error instanceof ApiError ? error.message : `Cannot be shown: ${error.message}`);
      }
    } finally {
      table.removeAttribute("aria-busy");
    }
  }

  function show(page) {
    latest = page;
    showChoice(page.columns);
    const columns = page.columns.filter((column) => !hidden.has(column.name));
    const { rows, more } = page;
    showHead(columns);
    fill(body, ...rows.map((row) => el("tr", {}, ...columns.map((column) => dataCell(column, row)))));
    pager.hidden = state.offset === 0 && !more;
    switchOff(previous, state.offset === 0);
    switchOff(next, !more);
    setText(said, rows.length === 0 ? "No rows" : `Rows ${state.offset + 1} to ${state.offset + rows.length}${more ? ", there are more" : ""}`);
  }

  /** Made once, as the focus may be on one of its boxes. */
  function showChoice(columns) {
    if (chooser && choice.children.length === 0) {
      fill(choice, ...columns.filter((column) => column.name).map((column) => chosen(column.title || column.name, column.name)));
    }
  }

  function chosen(title, name) {
    const id = newId("column");
    const box = el("input", { id, type: "checkbox", checked: true });
    box.addEventListener("change", () => {
      hidden[box.checked ? "delete" : "add"](name);
      head.replaceChildren();
      show(latest);
    });
    return el("span", { class: "choice" }, box, el("label", { for: id }, title));
  }

  /** Kept when the columns are the same, with the focus that may be on one of its buttons. */
  function showHead(columns) {
    if (head.children.length !== columns.length) {
      fill(head, ...columns.map((column) => headCell(column)));
    }
    columns.forEach((column, index) => {
      const sorted = state.sort === column.name;
      if (sorted) {
        head.children[index].setAttribute("aria-sort", state.order === "asc" ? "ascending" : "descending");
      } else {
        head.children[index].removeAttribute("aria-sort");
      }
    });
  }

  function headCell(column) {
    const title = column.title || column.name;
    return el(
      "th",
      { scope: "col" },
      sortable && !column.cell ? el("button", { type: "button", class: "sort", onclick: () => sortBy(column.name) }, title) : title,
    );
  }

  function sortBy(name) {
    state.order = state.sort === name && state.order === "asc" ? "desc" : "asc";
    state.sort = name;
    state.offset = 0;
    refresh();
  }

  function turn(button, rows) {
    if (isOff(button)) {
      return;
    }
    state.offset = Math.max(0, state.offset + rows);
    refresh();
  }

  return { node, refresh };
}

/** A short table that is shown at once. @param rows arrays of nodes or texts */
export function plainTable(caption, titles, rows) {
  return scrolling(
    el(
      "table",
      {},
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, ...titles.map((title) => el("th", { scope: "col" }, title)))),
      el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map((value) => plainCell(value ?? ""))))),
    ),
    caption,
  );
}

/** Wide tables scroll on their own, not with the page; what holds them takes the focus so that keys can scroll it. */
function scrolling(table, label) {
  return el("div", { class: "scroll", role: "group", "aria-label": label, tabindex: "0" }, table);
}

function dataCell(column, row) {
  if (column.cell) {
    return plainCell(column.cell(row));
  }
  const text = cell(row[column.name]);
  if (text.length > FOLDED) {
    return plainCell(el("details", {}, el("summary", {}, `${text.slice(0, FOLDED)} …`), el("p", {}, text)));
  }
  const data = plainCell(text);
  data.classList.toggle("number", typeof row[column.name] === "number");
  return data;
}

function plainCell(content) {
  const length = typeof content === "string" ? content.length : content.textContent.length;
  return el("td", { class: length > WRAPPED && "long" }, content);
}
