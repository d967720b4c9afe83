import { get, isAborted, repeat, send } from "./api.js";
import { el, fill, setText } from "./dom.js";
import { time, words } from "./format.js";
import { statusBadge } from "./run.js";
import { plainTable } from "./table.js";

const POLL_MILLIS = 5000;

/**
 * The schedules of the configuration and of this page.
 *
 * @param onStarted gets the run of a schedule that is run now
 * @param onEdit gets a schedule whose form is to be opened
 */
export function schedulesView(signal, onStarted, onEdit) {
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
    fill(list, items.length === 0 ? noSchedules() : plainTable("Schedules", ["Name", "When", "Last run", "Next", "State", "Parameters", "Actions"], items.map(row)));
    if (focused) {
      document.getElementById(focused)?.focus();
    }
  }

  function row(schedule) {
    const verb = schedule.paused ? "resume" : "pause";
    return [
      el("span", {}, el("strong", {}, schedule.name), el("span", { class: "detail" }, words(schedule.flow))),
      schedule.problem ? el("span", { class: "error" }, schedule.problem) : schedule.when,
      lastRun(schedule.last),
      time(schedule.next),
      statusBadge(schedule.running ? "RUNNING" : schedule.paused ? "PAUSED" : "SCHEDULED"),
      el("span", { class: "detail" }, Object.entries(schedule.parameters).map(([name, value]) => `${name}=${value}`).join(", ")),
      el(
        "span",
        { class: "row-actions" },
        action(schedule, "toggle", verb === "pause" ? "Pause" : "Resume", () => change(schedule, verb)),
        action(schedule, "run", "Run now", () => runNow(schedule)),
        schedule.made && action(schedule, "edit", "Edit", () => onEdit(schedule)),
        schedule.made && action(schedule, "delete", "Delete", () => remove(schedule)),
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

  /** In two steps, the second one by the same button. */
  async function remove(schedule) {
    const button = document.getElementById(`schedule-delete-${schedule.name}`);
    if (button.dataset.asked !== "true") {
      button.dataset.asked = "true";
      button.firstChild.textContent = "Delete it for good";
      return;
    }
    setText(error, "");
    try {
      await send("DELETE", `/api/schedules/${encodeURIComponent(schedule.name)}`);
      setText(said, `${schedule.name} has been deleted`);
      await refresh();
    } catch (failure) {
      if (!isAborted(failure)) {
        setText(error, failure.message);
      }
    }
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

/** How it ended, with a link as long as the service knows it. */
function lastRun(last) {
  if (!last) {
    return "";
  }
  return el(
    "span",
    {},
    el("a", { href: `#/runs/${encodeURIComponent(last.runId)}` }, time(last.startedAt)),
    " ",
    statusBadge(last.outcome),
    last.result && el("span", { class: "detail" }, last.result),
  );
}

function noSchedules() {
  return el(
    "div",
    {},
    el("p", {}, "There is no schedule yet. Fill in a form under ", el("a", { href: "#/import" }, "Import"), ", Export or Update, and press “Repeat this every …”."),
    el("p", { class: "hint" }, "Schedules can be settings in the configuration file of the service as well; those are changed there."),
  );
}
