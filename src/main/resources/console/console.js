import { ApiError, events, get, isAborted } from "./api.js";
import { bucketKeysForm } from "./bucket-keys.js";
import { connectionForm } from "./connection.js";
import { el, fill, setText } from "./dom.js";
import { remember } from "./drafts.js";
import { flowForm } from "./forms.js";
import { edit } from "./repeat.js";
import { runView } from "./run.js";
import { runsView } from "./runs.js";
import { schedulesView } from "./schedules.js";
import { showSession, signInForm } from "./session.js";
import { tablesView } from "./tables.js";

const PRODUCT = "databricks-connect";

const main = document.getElementById("main");
const tabs = document.getElementById("tabs");
const banner = document.getElementById("banner");
const status = document.getElementById("connection-status");

const TABS = [
  ["import", "Import"],
  ["export", "Export"],
  ["update", "Update"],
  ["runs", "Runs"],
  ["tables", "Tables"],
  ["schedules", "Schedules"],
  ["connection", "Connection"],
];

/** What this window knows of the service; asked for anew after signing in and after a change of the connection. */
let session = null;
let connection = null;
let flows = [];
/** Names of all flows, also of those that the page does not start. */
let allFlows = [];

/** The forms that have been opened: going back to one finds it as it was left. */
const forms = new Map();

/** Ends the polls of the view that is left. */
let view = new AbortController();

document.addEventListener(events.unreachable, () => setText(banner, "The service does not answer. Trying again …"));
document.addEventListener(events.reachable, () => setText(banner, ""));
document.addEventListener(events.signedOut, () => session?.signedIn && begin());
window.addEventListener("hashchange", () => session && show(true));
// another window may have changed the connection meanwhile
document.addEventListener("visibilitychange", () => document.hidden || refreshConnection());

// as a plain link it would change the hash, which says what is shown
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});

begin();

async function begin() {
  try {
    const current = await get("/api/session");
    const known = current.signedIn ? await Promise.all([get("/api/connection"), get("/api/flows")]) : [null, { items: [], flows: [] }];
    // all at once: what is shown meanwhile needs all of it
    session = current;
    [connection, { items: flows, flows: allFlows }] = known;
    if (!session.signedIn) {
      forms.clear();
    }
    showSession(document.getElementById("session"), session, begin);
    show(false);
  } catch (error) {
    // when the session has ended, that has begun anew already
    if (!(error instanceof ApiError && error.status === 401)) {
      fill(main, el("h1", {}, "No answer"), el("p", { role: "alert" }, error.message), el("button", { type: "button", onclick: begin }, "Try again"));
    }
  }
}

async function refreshConnection() {
  if (!session?.signedIn) {
    return;
  }
  try {
    connection = await get("/api/connection", {}, view.signal);
    showStatus();
  } catch (error) {
    if (!isAborted(error)) {
      setText(status, "Connection unknown");
    }
  }
}

/** Shows what the address says. @param moved whether the user came here by a link: the heading takes the focus then */
function show(moved) {
  view.abort();
  view = new AbortController();
  render(session.signedIn ? route(location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent)) : signIn());
  if (moved) {
    main.querySelector("h1").focus();
    window.scrollTo(0, 0);
  }
}

function render(page) {
  showTabs(page.tab);
  showStatus();
  fill(main, el("h1", { tabindex: "-1" }, page.heading), ...page.nodes);
  document.title = `${page.title} – ${PRODUCT}`;
  return page;
}

function route([tab, part, ...more]) {
  if (!connection.complete && tab !== "connection" && tab !== "schedules" && tab !== "runs") {
    return connectionPage();
  }
  switch (tab) {
    case "runs":
      return part ? runPage(part, more) : { tab, title: "Runs", heading: "Runs", nodes: [runsView(allFlows, view.signal)] };
    case "tables":
      return { tab, title: "Tables", heading: "Tables", nodes: [tablesView(view.signal)] };
    case "schedules":
      return { tab, title: "Schedules", heading: "Schedules", nodes: [schedulesView(view.signal, openRun, editSchedule)] };
    case "connection":
      return connectionPage();
    default:
      return flowPage(tab, part);
  }
}

function signIn() {
  return {
    title: "Sign in",
    heading: "Sign in",
    nodes: [
      signInForm(session, async () => {
        await begin();
        main.querySelector("h1").focus();
      }),
    ],
  };
}

/** @param passed the checks that the connection has just passed. @param said of the keys of S3 */
function connectionPage(passed = null, said = "") {
  const form = connectionForm(connection, passed, (changed, checks) => {
    connection = changed;
    // their lists were of another workspace
    forms.clear();
    render(connectionPage(checks)).focusResult();
  });
  const keys = bucketKeysForm(connection, said, (changed, found) => {
    connection = changed;
    render(connectionPage(null, found)).focusKeys();
  });
  return {
    tab: "connection",
    title: "Connection",
    heading: "Connection",
    nodes: [connection.missing && el("p", { class: "missing" }, `Not complete: ${connection.missing}`), form.node, keys.node],
    focusResult: form.focusResult,
    focusKeys: keys.focusResult,
  };
}

function flowPage(tab, part) {
  const named = flows.filter((flow) => flow.tab === tab);
  const choice = named.length > 0 ? named : flows.filter((flow) => flow.tab === "import");
  const flow = choice.find((one) => slug(one) === part) || choice[0];
  if (!forms.has(flow.command)) {
    forms.set(flow.command, flowForm(flow, openRun));
  }
  const [summary, ...details] = flow.description.filter((line) => line !== "");
  return {
    tab: flow.tab,
    title: headingOf(flow),
    heading: headingOf(flow),
    nodes: [
      choice.length > 1 && subTabs(choice, flow),
      el("p", { class: "lead" }, summary),
      ...details.map((line) => el("p", { class: "hint" }, line)),
      forms.get(flow.command).node,
    ],
  };
}

function runPage(id, [catalog, schema]) {
  const run = runView(id, catalog && schema && { catalog, schema }, view.signal, openForm, openRun);
  return {
    tab: "runs",
    title: "Run",
    heading: run.title,
    nodes: [el("p", {}, el("a", { href: "#/runs" }, "All runs")), run.node],
  };
}

function openRun(run) {
  location.hash = `#/runs/${run.id}`;
}

/** Puts the options of a run into the form of its flow. */
function openForm(run) {
  // the command of a schedule's run is the schedule
  const flow = flows.find((one) => one.flow === run.flow || one.command === run.command);
  if (!flow) {
    return;
  }
  remember(flow, run.options);
  forms.delete(flow.command);
  location.hash = `#/${flow.tab}/${slug(flow)}`;
}

function editSchedule(schedule) {
  edit(schedule);
  openForm(schedule);
}

function subTabs(choice, current) {
  return el(
    "nav",
    { class: "sub-tabs", "aria-label": "From" },
    ...choice.map((flow) => el("a", { href: `#/${flow.tab}/${slug(flow)}`, "aria-current": flow === current && "page" }, flow.title)),
  );
}

function showTabs(current) {
  tabs.hidden = !session.signedIn;
  fill(tabs, ...TABS.map(([tab, title]) => el("a", { href: `#/${tab}`, "aria-current": tab === current && "page" }, title)));
}

function showStatus() {
  if (!connection) {
    setText(status, "");
    delete status.dataset.state;
    return;
  }
  const host = (connection.host || "").replace(/^https?:\/\//, "");
  status.dataset.state = connection.complete ? "ok" : "missing";
  setText(status, connection.complete ? `${host}${connection.changed ? " (in memory only)" : ""}` : "Not connected");
}

/** The last word of the command, for the address. */
function slug(flow) {
  return flow.command.split(" ").at(-1);
}

function headingOf(flow) {
  const verb = flow.command.split(" ")[0];
  const name = verb.charAt(0).toUpperCase() + verb.slice(1);
  return flow.command.includes(" ") ? `${name}: ${flow.title}` : name;
}
