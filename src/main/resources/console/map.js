import { el, setText } from "./dom.js";
import { number } from "./format.js";

const SVG = "http://www.w3.org/2000/svg";

/** Degrees: the outlines are too coarse to show less. */
const LEAST_WIDTH = 20;
const STEPS = [1, 2, 5, 10, 15, 30];
const MOST_LINES = 9;

/**
 * Places on a map of the world that comes with the page; nothing is asked of anybody else. Degrees go to the right and
 * down, so that all of a map is as in an atlas, and areas towards the poles are as wide as at the equator.
 *
 * @returns {node, show(places)}, where places are {latitude, longitude, name}; the node is hidden while there are none
 */
export function placeMap() {
  const drawing = shape("svg", { class: "map", role: "img" });
  const whole = el("button", { type: "button", class: "quiet", "aria-pressed": "false", onclick: turn }, "Whole world");
  const said = el("span", { class: "said" });
  const node = el("details", { class: "places", hidden: true }, el("summary", {}, "Map"), drawing, el("p", { class: "below" }, whole, said));
  let places = [];

  function turn() {
    whole.setAttribute("aria-pressed", String(whole.getAttribute("aria-pressed") !== "true"));
    draw();
  }

  function draw() {
    const view = whole.getAttribute("aria-pressed") === "true" ? { left: -180, top: -90, width: 360, height: 180 } : around(places);
    drawing.setAttribute("viewBox", [view.left, view.top, view.width, view.height].join(" "));
    drawing.setAttribute("aria-label", `Map with ${said.textContent}`);
    drawing.replaceChildren(
      shape("image", { href: "/assets/world.svg", x: -180, y: -90, width: 360, height: 180 }),
      ...grid(view),
      ...places.map((place) => point(place, view.width / 110)),
    );
  }

  return {
    node,
    show(all) {
      places = all.filter(isPlace);
      node.hidden = places.length === 0;
      setText(said, `${number(places.length)} ${places.length === 1 ? "place" : "places"}`);
      if (places.length > 0) {
        draw();
      }
    },
  };
}

function isPlace({ latitude, longitude }) {
  return typeof latitude === "number" && typeof longitude === "number" && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}

/** What shows all places with a margin, twice as wide as high, and within the world. */
function around(places) {
  const [left, right] = range(places.map((place) => place.longitude));
  const [top, bottom] = range(places.map((place) => -place.latitude));
  const width = Math.min(360, Math.max(LEAST_WIDTH, (right - left) * 1.2, (bottom - top) * 2.4));
  const height = width / 2;
  return { left: within((left + right - width) / 2, 180, width), top: within((top + bottom - height) / 2, 90, height), width, height };
}

function range(values) {
  return [Math.min(...values), Math.max(...values)];
}

function within(start, edge, length) {
  return Math.max(-edge, Math.min(start, edge - length));
}

function point({ latitude, longitude, name }, radius) {
  const circle = shape("circle", { cx: longitude, cy: -latitude, r: radius });
  const title = shape("title", {});
  title.textContent = `${name}: ${latitude}, ${longitude}`;
  circle.append(title);
  return circle;
}

/** Lines of whole degrees, each with its number. */
function grid(view) {
  const step = STEPS.find((degrees) => view.width / degrees <= MOST_LINES * 2) || STEPS.at(-1);
  const size = view.width / 50;
  const lines = [];
  for (const longitude of degrees(view.left, view.width, step)) {
    lines.push(shape("line", { x1: longitude, x2: longitude, y1: view.top, y2: view.top + view.height }));
    lines.push(label(longitude + size / 4, view.top + view.height - size / 4, size, longitude, "W", "E"));
  }
  for (const down of degrees(view.top, view.height, step)) {
    lines.push(shape("line", { x1: view.left, x2: view.left + view.width, y1: down, y2: down }));
    lines.push(label(view.left + size / 4, down - size / 4, size, -down, "S", "N"));
  }
  return lines;
}

function degrees(start, length, step) {
  const first = Math.floor(start / step) + 1;
  const last = Math.ceil((start + length) / step) - 1;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step);
}

function label(x, y, size, value, below, above) {
  const text = shape("text", { x, y, "font-size": size });
  const side = value < 0 ? below : above;
  text.textContent = `${Math.abs(value)}°${value === 0 ? "" : side}`;
  return text;
}

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([attribute, value]) => element.setAttribute(attribute, value));
  return element;
}
