import { el } from "./dom.js";

/** A column with a small picture of each input, or null where the rows are none of Clarifai's inputs. */
export function imageColumn(columns) {
  const names = columns.map((column) => column.name);
  return ["input_id", "app_id"].every((name) => names.includes(name)) ? { name: "", title: "Image", cell: thumbnail } : null;
}

/** Nothing where the row is no image, or its picture cannot be had. */
function thumbnail(row) {
  if (!row.input_id || !row.app_id || (row.input_type && row.input_type !== "image")) {
    return "";
  }
  const query = new URLSearchParams({ app: row.app_id, input: row.input_id, ...(row.dataset_id && { dataset: row.dataset_id }) });
  return el("img", {
    class: "thumbnail",
    src: `/api/images?${query}`,
    alt: `Input ${row.input_id}`,
    loading: "lazy",
    width: "64",
    height: "64",
    onerror: (event) => event.target.remove(),
  });
}
