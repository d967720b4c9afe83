/**
 * The paths of places that can be browsed: /Volumes/catalog/schema/volume/folder without a slash at its end, and
 * s3://bucket/folder/ with one.
 */
export const VOLUMES = "/Volumes";
export const BUCKETS = "s3://";

/** What it is called, and the places above it, the outermost first. @param root nothing above it is given */
export function trail(path, root = "") {
  const steps = [];
  for (let place = path; place !== null; place = place === root ? null : parentOf(place)) {
    steps.unshift({ path: place, name: nameOf(place) });
  }
  return steps;
}

/** The place that it is in; null for the outermost. */
export function parentOf(path) {
  if (path === VOLUMES || path === BUCKETS) {
    return null;
  }
  const above = path.replace(/\/$/, "").replace(/[^/]*$/, "");
  return above.startsWith(BUCKETS) ? above : above.replace(/\/$/, "");
}

function nameOf(path) {
  if (path === VOLUMES) {
    return "Volumes";
  }
  return path === BUCKETS ? "S3" : path.replace(/\/$/, "").split("/").at(-1);
}

/** Whether files can be in it: not of catalogs, schemas, or all buckets. */
export function isFolder(path) {
  return path.startsWith(BUCKETS) ? path !== BUCKETS : path.split("/").length > 4;
}

/** {catalog, schema}, when it is the place of a schema. */
export function schemaOf(path) {
  const [, , catalog, schema, ...more] = path.split("/");
  return path.startsWith(VOLUMES) && schema && more.length === 0 ? { catalog, schema } : null;
}

/** Where to begin for somebody who has this in a field: a file's or pattern's folder, a table's schema. */
export function placeOf(source, catalog, schema) {
  const text = source.trim();
  if (text.startsWith(`${VOLUMES}/`) || text.startsWith(BUCKETS)) {
    const folder = text.replace(/[*?].*$/, "").replace(/[^/]*$/, "");
    return folder.startsWith(BUCKETS) ? folder : folder.replace(/\/$/, "");
  }
  const [first, second, table] = text.split(".");
  if (table) {
    return [VOLUMES, first, second].join("/");
  }
  return [VOLUMES, catalog, catalog && schema].filter(Boolean).join("/");
}
