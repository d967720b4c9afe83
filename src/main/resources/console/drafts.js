/**
 * What has been typed into the forms, kept in this window's session so that neither a reload nor another tab of the page
 * loses it. Nothing secret is in these forms.
 */
const SHARED = ["catalog", "schema", "app", "dataset"];

/** What the form of a flow begins with: what was in it, or else what was last chosen in another one. */
export function draftOf(flow) {
  return read(flow.command) || read("shared") || {};
}

export function remember(flow, values) {
  write(flow.command, values);
  write("shared", {
    ...read("shared"),
    ...Object.fromEntries(SHARED.filter((name) => values[name]).map((name) => [name, values[name]])),
  });
}

function read(name) {
  try {
    return JSON.parse(sessionStorage.getItem(`draft ${name}`));
  } catch {
    return null;
  }
}

function write(name, value) {
  try {
    sessionStorage.setItem(`draft ${name}`, JSON.stringify(value));
  } catch {
    // a browser that keeps nothing: the forms work without
  }
}
