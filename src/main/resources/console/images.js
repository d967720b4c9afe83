import { get } from "./api.js";
import { el, fill, newId, setText } from "./dom.js";
import { number } from "./format.js";
import { placeMap } from "./map.js";

const SVG = "http://www.w3.org/2000/svg";

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
  const button = el("button", { type: "button", class: "picture", onclick: () => enlarge(row) });
  const image = picture(row, { class: "thumbnail", loading: "lazy", width: "64", height: "64", onerror: () => button.remove() });
  button.append(image);
  return button;
}

function picture(row, attributes) {
  return el("img", { src: `/api/images?${address(row)}`, alt: `Input ${row.input_id}`, ...attributes });
}

function address(row) {
  return new URLSearchParams({ app: row.app_id, input: row.input_id, ...(row.dataset_id && { dataset: row.dataset_id }) });
}

/** The picture as large as the window allows, with what is labelled in it. */
function enlarge(row) {
  const title = newId("picture");
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 1 1");
  drawing.setAttribute("preserveAspectRatio", "none");
  drawing.setAttribute("aria-hidden", "true");
  const masks = el("div", { class: "masks" });
  const said = el("p", { class: "said", role: "status" }, "Reading the labels …");
  const labels = el("ul", { class: "labels", "aria-label": "Labels" });
  const stage = el("div", { class: "stage" }, picture(row, {}), masks, drawing);
  const dialog = el(
    "dialog",
    { "aria-labelledby": title, class: "question enlarged" },
    el("h2", { id: title }, row.input_id),
    stage,
    said,
    labels,
    place(row),
    el("p", { class: "actions" }, el("button", { type: "button", autofocus: true, onclick: () => dialog.close() }, "Close")),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.querySelector("main").append(dialog);
  dialog.showModal();
  show();

  async function show() {
    try {
      const { regions, concepts, more } = await get("/api/images/labels", { app: row.app_id, input: row.input_id });
      regions.forEach((region) => draw(region, drawing, masks));
      fill(labels, ...[...concepts.map((one) => ["whole picture", [one]]), ...regions.map((one) => [one.type, one.concepts])].map(([what, named]) => el("li", {}, described(what, named))));
      setText(said, regions.length + concepts.length === 0 ? "Nothing is labelled" : `${number(regions.length)} regions${more ? ", there are more" : ""}`);
    } catch (error) {
      setText(said, `The labels cannot be shown: ${error.message}`);
    }
  }
}

function described(what, concepts) {
  const names = (concepts || []).map((one) => `${one.name || one.id}${one.value === 0 ? " (not)" : ""}`);
  return `${what.replaceAll("_", " ")}: ${names.join(", ") || "no concept"}`;
}

/** Rows go down and columns to the right, from 0 to 1, as the drawing's units do. */
function draw(region, drawing, masks) {
  // one that is elsewhere is not fetched from there
  if (region.mask && !/^https?:/.test(region.mask)) {
    masks.append(el("img", { src: `data:image/png;base64,${region.mask}`, alt: "", onerror: (event) => event.target.remove() }));
  }
  if (region.top_row !== null && region.top_row !== undefined) {
    shape(drawing, "rect", {
      x: region.left_col,
      y: region.top_row,
      width: Math.max(0, region.right_col - region.left_col),
      height: Math.max(0, region.bottom_row - region.top_row),
    });
  }
  const points = region.points || [];
  if (region.type === "polygon") {
    shape(drawing, "polygon", { points: points.map((point) => `${point.col},${point.row}`).join(" ") });
  } else {
    points.forEach((point) => shape(drawing, "ellipse", { cx: point.col, cy: point.row, rx: 0.008, ry: 0.008 }));
  }
}

function shape(drawing, name, attributes) {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([attribute, value]) => element.setAttribute(attribute, value));
  drawing.append(element);
}

/** Where the picture was taken, if the row says so. */
function place(row) {
  const { latitude, longitude } = row;
  if (typeof latitude !== "number" || typeof longitude !== "number") {
    return null;
  }
  const url = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=12/${latitude}/${longitude}`;
  const map = placeMap();
  map.show([{ latitude, longitude, name: row.input_id }]);
  return el("div", {}, el("p", {}, "Place: ", el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, `${latitude}, ${longitude} on OpenStreetMap`)), map.node);
}
