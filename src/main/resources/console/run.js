import { ApiError, get, isAborted, repeat, send } from "./api.js";
import { commandBox } from "./command-line.js";
import { el, fill, isOff, setText, switchOff, whileBusy } from "./dom.js";
import { duration, number, time, words, wouldWords } from "./format.js";
import { pagedTable } from "./table.js";
import { tableView } from "./tables.js";

const POLL_MILLIS = 1000;

/** Screen readers are told of the progress at most this often, and of every new phase. */
const TELL_MILLIS = 20_000;

const ENDED = ["COMPLETED", "FAILED", "CANCELLED", "INTERRUPTED", "DIED"];

export const STATUSES = {
  QUEUED: "Waiting",
  RUNNING: "Running",
  COMPLETED: "Completed",
  FAILED: "Failed",
  CANCELLED: "Cancelled",
  INTERRUPTED: "Interrupted",
  DIED: "Died",
};

/**
 * One run: how far it is, and what came of it.
 *
 * @param place {catalog, schema} of the history that has the run, where this service may not know it
 * @param onAgain gets the run when its options shall be put into the form
 * @param onStarted gets a run that has been started from here
 */
export function runView(id, place, signal, onAgain, onStarted) {
  const path = `/api/runs/${encodeURIComponent(id)}`;
  const badge = el("span", { class: "badge", hidden: true });
  const phase = el("p", { class: "phase", id: "run-phase" });
  const waiting = el("p", { class: "waiting" });
  const bar = el("progress", { "aria-labelledby": "run-phase" });
  const figures = el("dl", { class: "figures" });
  const notes = el("ul", { class: "hint", "aria-label": "How the files were read" });
  const live = el("p", { class: "visually-hidden", role: "status" });
  const error = el("p", { class: "form-error", role: "alert" });
  const cancel = el("button", { type: "button", onclick: cancelRun }, "Cancel");
  const again = el("button", { type: "button", onclick: () => onAgain(latest) }, "Open in the form");
  const retry = el("button", { type: "button", onclick: retryRejected }, "Try the rejected again");
  const actions = el("p", { class: "actions" }, cancel, retry, again);
  const command = commandBox("The same on the command line");
  const results = el("div");
  const when = el("p", { class: "hint" });
  const node = el("div", { class: "run" }, el("p", {}, badge, " ", when), phase, bar, waiting, figures, notes, error, actions, results, command.node, live);

  const title = el("span", {}, "Run");
  let latest = null;
  let told = { text: "", at: 0 };
  actions.hidden = true;
  // a schedule has none
  command.node.hidden = true;

  repeat(POLL_MILLIS, signal, async () => {
    try {
      show(await get(path, {}, signal));
    } catch (failure) {
      if (failure instanceof ApiError) {
        return lookUp(failure);
      }
      if (isAborted(failure)) {
        throw failure;
      }
      // nobody answers for now; the banner says so
    }
    return latest !== null && ENDED.includes(latest.status);
  });

  /** In the history, where that is known. */
  async function lookUp(failure) {
    try {
      if (failure.status !== 404 || !place) {
        throw failure;
      }
      show(await get(`/api/history/${encodeURIComponent(id)}`, place, signal));
    } catch (error) {
      if (isAborted(error)) {
        throw error;
      }
      gone(error);
    }
    return true;
  }

  function show(run) {
    const first = latest === null;
    latest = run;
    const ended = ENDED.includes(run.status);
    setText(title, `${words(run.command)}${run.dryRun ? ", dry run" : ""}`);
    changeBadge(badge, run.status, run.rejected);
    badge.hidden = false;
    setText(when, run.startedAt ? `${time(run.startedAt)} · ${duration(run.seconds)}${run.host ? ` · on ${run.host}` : ""}` : "Other runs are under way");
    setText(phase, ended ? outcome(run) : run.cancelling ? `Cancelling: what is in hand is finished (${doing(run)})` : doing(run));
    setText(waiting, run.progress?.waitingFor ? `Waiting for ${run.progress.waitingFor}` : "");
    showBar(run, ended);
    fill(figures, ...figuresOf(run).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
    showNotes(run.notes || []);
    setText(error, run.status !== "CANCELLED" && run.error ? run.error : "");
    retry.hidden = !(ended && run.rejected > 0 && !run.dryRun && RETRIED[run.flow]);
    actions.hidden = false;
    if (ended && document.activeElement === cancel) {
      again.focus();
    }
    cancel.hidden = ended;
    switchOff(cancel, run.cancelling);
    if (first && run.commandLine) {
      command.set(run.commandLine);
      command.node.hidden = false;
    }
    tell(run);
    if (ended) {
      showResults(run);
    }
  }

  function showNotes(lines) {
    notes.hidden = lines.length === 0;
    if (lines.length !== notes.children.length) {
      fill(notes, ...lines.map((line) => el("li", {}, line)));
    }
  }

  function showBar(run, ended) {
    bar.hidden = ended;
    if (run.progress?.of) {
      bar.max = run.progress.of;
      bar.value = run.progress.done;
    } else {
      // how much there is to do is not known yet
      bar.removeAttribute("value");
    }
  }

  function tell(run) {
    const key = run.status + run.phase + run.cancelling + (run.progress?.waitingFor || "").replace(/[\d,.]+/g, "");
    if (key === told.text && Date.now() - told.at < TELL_MILLIS) {
      return;
    }
    told = { text: key, at: Date.now() };
    const progress = run.progress?.of ? `, ${run.progress.done} of ${run.progress.of}` : "";
    setText(live, ENDED.includes(run.status) ? outcome(run) : `${phase.textContent}${progress}. ${waiting.textContent}`);
  }

  function showResults(run) {
    const parts = [];
    if (run.rejected > 0) {
      parts.push(rejects(path, run, signal));
    }
    if (run.status === "COMPLETED") {
      parts.push(...run.tables.map((table) => tableView(table, signal)));
    }
    fill(results, ...parts);
  }

  function gone(failure) {
    cancel.hidden = true;
    bar.hidden = true;
    badge.hidden = true;
    setText(
      error,
      failure.status === 404
        ? "The service no longer knows this run. The history of its schema, under Runs, has every run that was not a dry run."
        : failure.message,
    );
  }

  async function retryRejected() {
    await whileBusy([retry], async () => {
      try {
        const [command, more] = RETRIED[latest.flow];
        onStarted(await send("POST", "/api/runs", { command, options: { ...latest.options, ...more } }));
      } catch (failure) {
        setText(error, failure.message);
      }
    });
  }

  async function cancelRun() {
    if (isOff(cancel)) {
      return;
    }
    switchOff(cancel, true);
    try {
      show(await send("POST", `${path}/cancel`));
    } catch (failure) {
      switchOff(cancel, false);
      setText(error, failure.message);
    }
  }

  return { node, title };
}

/** @param rejected how many rows were, which tells one that has completed from one that has completed well */
export function statusBadge(status, rejected = 0) {
  return changeBadge(el("span", { class: "badge" }), status, rejected);
}

function changeBadge(badge, status, rejected) {
  const some = status === "COMPLETED" && rejected > 0;
  badge.dataset.status = some ? "REJECTS" : status;
  setText(badge, `${STATUSES[status] || words(status)}${some ? `, ${number(rejected)} rejected` : ""}`);
  return badge;
}

/**
 * What tries rejected rows again, by flow: the command, and options beside those of the run. An import of rows reads all of
 * them, and finds the others there.
 */
const RETRIED = {
  "import-volume": ["import volume", { "retry-rejected": true }],
  "import-csv": ["import csv", {}],
  "import-delta": ["import delta", {}],
};

/** What has been counted so far, in short: for lists of runs, too. */
export function countsText({ counts, dryRun }) {
  return Object.entries(counts || {})
    .filter(([, value]) => value)
    .map(([name, value]) => `${number(value)} ${counted(name, dryRun).toLowerCase()}`)
    .join(", ");
}

function counted(name, dryRun) {
  return dryRun ? wouldWords(name) : words(name);
}

function outcome(run) {
  const kind = run.dryRun ? "dry run" : "run";
  if (run.status === "FAILED") {
    return `The ${kind} failed`;
  }
  if (run.status === "CANCELLED") {
    return "Cancelled: what was in hand has been finished, the rest is left to the next run";
  }
  if (run.status !== "COMPLETED") {
    return run.status === "DIED" ? "The run ended without notice; run it again to complete it" : `The ${kind} was interrupted; run it again to complete it`;
  }
  const rejected = run.rejected > 0 ? `, ${number(run.rejected)} ${run.dryRun ? "would be " : ""}rejected` : "";
  return `The ${kind} is complete${rejected}`;
}

/** What the run does at this moment. */
function doing(run) {
  return run.progress?.doing || "Waiting for other runs to end";
}

function figuresOf(run) {
  const figures = Object.entries(run.counts || {}).map(([name, value]) => [counted(name, run.dryRun), number(value)]);
  const { done, of, unit, perSecond, secondsLeft, seconds } = run.progress || {};
  if (of || done) {
    figures.push([words(`${unit} so far`), of ? `${number(done)} of ${number(of)}` : number(done)]);
  }
  if (perSecond) {
    figures.push(["Per second", number(perSecond)]);
  }
  if (secondsLeft !== null && secondsLeft !== undefined) {
    figures.push(["Time left", duration(secondsLeft)]);
  }
  if (seconds > 0) {
    figures.push(["In this step", duration(seconds)]);
  }
  return figures;
}

function rejects(path, run, signal) {
  const table = pagedTable({
    caption: "Rejected, and why",
    pageSize: 25,
    load: async ({ limit, offset }) => {
      const page = await get(`${path}/rejects`, { limit, offset }, signal);
      const columns = ["source", "input", "code", "reason"].map((name) => ({ name, title: words(name) }));
      return { columns, rows: page.items, more: page.more };
    },
  });
  table.refresh();
  return el(
    "section",
    { "aria-label": "Rejected" },
    el("h2", {}, `${number(run.rejected)} rejected`),
    el("p", {}, el("a", { href: `${path}/rejects.csv`, download: true }, "Download as CSV")),
    table.node,
  );
}
