import { get, isAborted, repeat, send } from "./api.js";
import { el, fill, setText } from "./dom.js";
import { time, words } from "./format.js";
import { statusBadge } from "./run.js";
import { plainTable } from "./table.js";

const POLL_MILLIS = 5000;

/** The schedules of the configuration. @param onStarted gets the run of a schedule that is run now */
export function schedulesView(signal, onStarted) {
  const list = el("div", {}, el("p", {}, "Listing …"));
  const said = el("p", { class: "said", role: "status" });
  const error = el("p", { class: "form-error", role: "alert" });
  let shown = "";

  async function refresh() {
    try {
      const { items } = await get("/api/schedules", {}, signal);
      // buttons that are made anew would lose the focus
      if (JSON.stringify(items) !== shown) {
        shown = JSON.stringify(items);
        show(items);
      }
    } catch (failure) {
      if (isAborted(failure)) {
        throw failure;
      }
      setText(error, failure.message);
    }
    return false;
  }

  function show(items) {
    const focused = document.activeElement?.id;
    fill(list, items.length === 0 ? noSchedules() : plainTable("Schedules", ["Name", "When", "Next", "State", "Parameters", "Actions"], items.map(row)));
    if (focused) {
      document.getElementById(focused)?.focus();
    }
  }

  function row(schedule) {
    const verb = schedule.paused ? "resume" : "pause";
    return [
      el("span", {}, el("strong", {}, schedule.name), el("span", { class: "detail" }, words(schedule.flow))),
      schedule.when,
      schedule.paused ? "" : time(schedule.next),
      statusBadge(schedule.running ? "RUNNING" : schedule.paused ? "PAUSED" : "SCHEDULED"),
      el("span", { class: "detail" }, Object.entries(schedule.parameters).map(([name, value]) => `${name}=${value}`).join(", ")),
      el(
        "span",
        { class: "row-actions" },
        action(schedule, "toggle", verb === "pause" ? "Pause" : "Resume", () => change(schedule, verb)),
        action(schedule, "run", "Run now", () => runNow(schedule)),
      ),
    ];
  }

  function action(schedule, kind, label, onclick) {
    return el("button", { type: "button", id: `schedule-${kind}-${schedule.name}`, onclick }, label, el("span", { class: "visually-hidden" }, ` ${schedule.name}`));
  }

  async function change(schedule, verb) {
    await attempt(schedule, verb, () => {
      setText(said, `${schedule.name} is ${verb === "pause" ? "paused" : "on again"}`);
      return refresh();
    });
  }

  async function runNow(schedule) {
    await attempt(schedule, "run", onStarted);
  }

  async function attempt(schedule, verb, then) {
    setText(error, "");
    try {
      await then(await send("POST", `/api/schedules/${encodeURIComponent(schedule.name)}/${verb}`));
    } catch (failure) {
      if (!isAborted(failure)) {
        setText(error, failure.message);
      }
    }
  }

  repeat(POLL_MILLIS, signal, refresh);
  return el("div", {}, list, error, said);
}

function noSchedules() {
  return el(
    "div",
    {},
    el("p", {}, "No schedule is set. A schedule is a few settings in the configuration file of the service, such as:"),
    el("pre", { tabindex: "0", role: "group", "aria-label": "Example" }, el("code", {}, EXAMPLE)),
  );
}

const EXAMPLE = `schedule.photos.flow=import-volume
schedule.photos.every=1h
schedule.photos.catalog=main
schedule.photos.schema=default
schedule.photos.volume=photos
schedule.photos.table=inputs
schedule.photos.app=my-app
schedule.photos.dataset=photos`;
