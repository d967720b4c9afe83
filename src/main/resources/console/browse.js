import { get, isAborted } from "./api.js";
import { el, fill, newId, setText, switchOff } from "./dom.js";
import { amount, number, time } from "./format.js";
import { BUCKETS, isFolder, parentOf, schemaOf, trail, VOLUMES } from "./places.js";

const TYPING_MILLIS = 200;
const MOST = 100;

/**
 * Lets somebody look into volumes and buckets and choose a folder, or what is in one.
 *
 * @param start the place to begin with
 * @param root the place that is not left; everywhere when it is empty
 * @param files whether a file can be chosen as well
 * @param tables whether a table can be chosen as well, which is where volumes are
 * @returns {path, folder} or {table}; null when nothing has been chosen
 */
export function browse({ title, start, root = "", files = false, tables = false }) {
  return new Promise((resolve) => {
    const dialog = folderDialog({ title, root, files, tables });
    dialog.node.addEventListener("close", () => {
      dialog.stop();
      dialog.node.remove();
      resolve(dialog.chosen());
    });
    document.querySelector("main").append(dialog.node);
    dialog.node.showModal();
    dialog.open(start);
  });
}

function folderDialog({ title, root, files, tables }) {
  const titleId = newId("browse");
  const location = input("Place", "location");
  const filter = input("Names that contain", "filter");
  const way = el("nav", { class: "trail", "aria-label": "Where this is" });
  const list = el("ul", { class: "entries", "aria-label": "Folders and files" });
  const said = el("p", { class: "said", role: "status" });
  const total = el("p", { class: "said", role: "status" });
  const error = el("p", { class: "form-error", role: "alert" });
  const choose = el("button", { type: "button", class: "primary", onclick: () => isFolder(place) && done({ path: place, folder: true }) }, "Choose this folder");
  const node = el(
    "dialog",
    { "aria-labelledby": titleId, class: "question browser" },
    el("h2", { id: titleId }, title),
    root === "" && el("p", { class: "row-actions" }, outermost("Volumes", VOLUMES), outermost("Amazon S3", BUCKETS)),
    el("form", { class: "inline", novalidate: true, onsubmit: go }, location.node, el("button", { type: "submit" }, "Go")),
    way,
    filter.node,
    error,
    list,
    said,
    total,
    el("p", { class: "actions" }, choose, el("button", { type: "button", onclick: () => node.close() }, "Cancel")),
  );

  let place = root || VOLUMES;
  let request = null;
  let timer = 0;
  let choice = null;

  function outermost(label, path) {
    return el("button", { type: "button", class: "quiet", onclick: () => open(path, true) }, label);
  }

  function go(event) {
    event.preventDefault();
    const path = location.input.value.trim();
    if (root !== "" && path !== root && !path.startsWith(`${root}/`)) {
      setText(error, `Only what is in ${root} can be chosen here`);
      return;
    }
    open(path, true);
  }

  function done(what) {
    choice = what;
    node.close();
  }

  /** @param moved whether somebody has gone there, and goes on with what is in it */
  async function open(path, moved = false) {
    filter.input.value = "";
    if (await load(path, "")) {
      location.input.value = place;
      showWay();
      if (moved) {
        (list.querySelector("button") || filter.input).focus();
      }
    }
  }

  function showWay() {
    const steps = trail(place, root);
    fill(
      way,
      ...steps.map((step, index) =>
        index === steps.length - 1
          ? el("span", { "aria-current": "location" }, step.name)
          : el("button", { type: "button", class: "quiet", onclick: () => open(step.path, true) }, step.name),
      ),
    );
    switchOff(choose, !isFolder(place));
  }

  /** @return whether that could be listed, and nothing else is wanted meanwhile */
  async function load(path, part) {
    clearTimeout(timer);
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    list.setAttribute("aria-busy", "true");
    setText(said, "Listing …");
    setText(total, "");
    try {
      const page = await get("/api/folders", { path, filter: part, limit: MOST }, signal);
      const found = tables ? await tablesIn(page.path, part, signal) : { items: [], more: false };
      place = page.path;
      setText(error, "");
      show(page, found.items);
      setText(said, remark(page, found, part));
      if (page.more && part === "" && isFolder(place)) {
        count(signal);
      }
      return true;
    } catch (failure) {
      if (!isAborted(failure)) {
        setText(said, "");
        setText(error, failure.message);
      }
      return false;
    } finally {
      if (!signal.aborted) {
        list.removeAttribute("aria-busy");
      }
    }
  }

  async function tablesIn(path, part, signal) {
    const schema = schemaOf(path);
    return schema ? get("/api/lists/tables", { ...schema, filter: part, limit: MOST }, signal) : { items: [], more: false };
  }

  /** How much there is in all, which takes longer than what is shown. */
  async function count(signal) {
    setText(total, "Counting …");
    try {
      const all = await get("/api/folders/count", { path: place }, signal);
      const pictures = all.pictures > 0 ? `, ${number(all.pictures)} of them pictures` : "";
      setText(total, `${all.complete ? "In all" : "More than"} ${number(all.folders)} folders and ${number(all.files)} files${pictures}, ${amount(all.bytes)}`);
    } catch {
      setText(total, "");
    }
  }

  function show(page, names) {
    const schema = schemaOf(page.path);
    fill(
      list,
      ...page.folders.map((folder) => row(folder.name, "", folderMark(), () => open(folder.path, true))),
      ...names.map((name) => row(name, "table", tableMark(), () => done({ table: `${schema.catalog}.${schema.schema}.${name}` }))),
      ...page.files.map((file) => row(file.name, detail(file), picture(file), files ? () => done({ path: file.path, folder: false }) : null)),
    );
    list.querySelectorAll("button").forEach((button, index) => (button.tabIndex = index === 0 ? 0 : -1));
    list.scrollTop = 0;
  }

  function move(event) {
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to !== undefined && at >= 0) {
      event.preventDefault();
      const next = buttons[Math.max(0, Math.min(to, buttons.length - 1))];
      buttons[at].tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    } else if ((event.key === "ArrowLeft" || event.key === "Backspace") && place !== root && parentOf(place) !== null) {
      event.preventDefault();
      open(parentOf(place), true);
    } else if (event.key === "ArrowRight" && at >= 0) {
      event.preventDefault();
      buttons[at].click();
    }
  }

  list.addEventListener("keydown", move);
  filter.input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => load(place, filter.input.value.trim()), TYPING_MILLIS);
  });

  return {
    node,
    open,
    chosen: () => choice,
    stop() {
      clearTimeout(timer);
      request?.abort();
    },
  };
}

function input(label, name) {
  const id = newId(name);
  const field = el("input", { id, type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false" });
  return { input: field, node: el("div", { class: "field" }, el("label", { for: id }, label), field) };
}

/** @param onChosen null for what is only shown */
function row(name, note, mark, onChosen) {
  const content = [mark, el("span", { class: "name" }, name), note && el("span", { class: "note" }, note)];
  return el("li", {}, onChosen ? el("button", { type: "button", class: "entry", onclick: onChosen }, ...content) : el("div", { class: "entry" }, ...content));
}

function detail(file) {
  return [amount(file.size), time(file.modifiedAt)].filter(Boolean).join(", ");
}

function folderMark() {
  return el("span", { class: "symbol", "aria-hidden": "true" }, "▸");
}

function tableMark() {
  return el("span", { class: "symbol", "aria-hidden": "true" }, "▦");
}

function picture(file) {
  const blank = el("span", { class: "symbol", "aria-hidden": "true" }, "·");
  if (!file.thumbnail) {
    return blank;
  }
  const image = el("img", {
    class: "thumbnail",
    src: `/api/folders/thumbnail?${new URLSearchParams({ path: file.path })}`,
    alt: "",
    loading: "lazy",
    width: "48",
    height: "48",
    onerror: () => image.replaceWith(blank),
  });
  return image;
}

function remark(page, tables, part) {
  const shown = page.folders.length + page.files.length + tables.items.length;
  if (page.more || tables.more) {
    return part === ""
      ? `The first ${number(shown)}, there are more: type to filter`
      : `The first ${number(shown)} whose names contain “${part}”, of ${number(page.lookedAt)} that were looked at`;
  }
  if (shown === 0) {
    return part === "" ? "Nothing is in it" : `No name here contains “${part}”`;
  }
  const bytes = page.files.reduce((sum, file) => sum + file.size, 0);
  const counted = [
    [page.folders.length, "folder"],
    [tables.items.length, "table"],
    [page.files.length, "file"],
  ];
  const words = counted.filter(([count]) => count > 0).map(([count, word]) => `${number(count)} ${word}${count === 1 ? "" : "s"}`);
  return `${words.join(", ")}${page.files.length > 0 ? `, ${amount(bytes)}` : ""}`;
}
