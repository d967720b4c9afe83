import { send } from "./api.js";
import { browse } from "./browse.js";
import { el, setText, whileBusy } from "./dom.js";
import { placeOf, VOLUMES } from "./places.js";

/** What can be made from a form, by the list that it is chosen from: where, its word, and the fields that say which. */
const MAKERS = {
  apps: { path: "/api/apps", word: "app", fields: ["app"] },
  datasets: { path: "/api/datasets", word: "dataset", fields: ["app", "dataset"] },
};

/** What stands below a field to help fill it in: {node, attach(field)}, or null. */
export function helpFor(option, flow, fields) {
  if (option.list in MAKERS && flow.tab === "import") {
    return maker(option.list, fields);
  }
  if (option.name === "path") {
    return browseFolder(fields);
  }
  return option.name === "source" ? browseSource(flow, fields) : null;
}

/** A folder of the volume that the form names. */
function browseFolder(fields) {
  return browseButton(async (field) => {
    const names = volumeOf(fields);
    if (names.some((name) => !name)) {
      const volume = fields.get("volume");
      volume.setError("Choose a volume first");
      focusOn(volume);
      return null;
    }
    const root = [VOLUMES, ...names].join("/");
    const start = [root, field.value().replace(/^\/|\/$/g, "")].filter(Boolean).join("/");
    const chosen = await browse({ title: "Choose a folder", root, start });
    return chosen && chosen.path.slice(root.length + 1);
  });
}

/** Catalog, schema and volume in lower case, as paths have them. */
function volumeOf(fields) {
  const [catalog, schema, volume] = ["catalog", "schema", "volume"].map((name) => fields.get(name)?.value().toLowerCase());
  // all in one: /Volumes/catalog/schema/volume, or catalog.schema.volume
  if (volume?.startsWith(`${VOLUMES.toLowerCase()}/`)) {
    return volume.split("/").slice(2, 5);
  }
  return volume?.includes(".") ? volume.split(".") : [catalog, schema, volume];
}

/** A CSV file, a folder of them, or a table. */
function browseSource(flow, fields) {
  const tables = flow.flow === "import-delta";
  return browseButton(async (field) => {
    const [catalog, schema] = ["catalog", "schema"].map((name) => fields.get(name)?.value());
    const chosen = await browse({
      title: tables ? "Choose a table or folder" : "Choose a file or folder",
      start: placeOf(field.value(), catalog, schema),
      files: !tables,
      tables,
    });
    if (!chosen || chosen.table) {
      return chosen && chosen.table;
    }
    // a folder of CSV files is told from a file by its slash
    return chosen.folder && !tables ? `${chosen.path.replace(/\/$/, "")}/` : chosen.path;
  });
}

/** @param choose gets the field, and gives what it is to hold, or null */
function browseButton(choose) {
  const button = el("button", { type: "button", class: "quiet" }, "Browse …");
  return {
    node: el("p", { class: "below" }, button),
    attach(field) {
      button.addEventListener("click", async () => {
        const value = await choose(field);
        if (value !== null) {
          field.set(value);
          field.input.dispatchEvent(new Event("input", { bubbles: true }));
          field.input.dispatchEvent(new Event("change", { bubbles: true }));
          field.input.focus();
        }
      });
    },
  };
}

/** A button that makes the app or dataset whose name has been typed. Imports would make a dataset, too, but only when they run. */
function maker(list, fields) {
  const { path, word, fields: names } = MAKERS[list];
  const said = el("span", { class: "said", role: "status" });
  const button = el("button", { type: "button", class: "quiet" }, `Create ${word}`);
  const node = el("p", { class: "below" }, button, said);

  async function create(made) {
    const needed = names.map((name) => fields.get(name));
    setText(said, "");
    const unfit = needed.filter((field) => !field.check());
    if (unfit.length > 0) {
      focusOn(unfit[0]);
      return;
    }
    const name = made.value();
    setText(said, "Creating …");
    try {
      const answer = await send("POST", path, Object.fromEntries(needed.map((field) => [field.option.name, field.value()])));
      setText(said, answer.created === false ? `There is an ${word} ${name} already` : `${word.charAt(0).toUpperCase()}${word.slice(1)} ${name} has been created`);
    } catch (error) {
      setText(said, "");
      const [wrong] = needed.filter((field) => error.fields?.[field.option.name]);
      (wrong || made).setError(error.fields?.[(wrong || made).option.name] || error.message);
      focusOn(wrong || made);
    }
  }

  return {
    node,
    attach(made) {
      button.addEventListener("click", () => whileBusy([button], () => create(made)));
      made.input.addEventListener("input", () => setText(said, ""));
    },
  };
}

/** Brings a field into view, unfolding what it is in. */
export function focusOn(one) {
  const details = one.node.closest("details");
  if (details) {
    details.open = true;
  }
  one.input.focus();
  one.node.scrollIntoView({ block: "nearest" });
}
