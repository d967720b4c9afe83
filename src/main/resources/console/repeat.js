import { ApiError, send } from "./api.js";
import { el, newId, setText, whileBusy } from "./dom.js";
import { plainField } from "./fields.js";

const EVERY = "every";
const DAILY = "daily";
const CRON = "cron";

/** The schedule that a form was opened from, so that it is changed and no second one is made. */
let edited = null;

/** Remembers which schedule the form that is opened next is of. */
export function edit(schedule) {
  edited = schedule;
}

/**
 * Asks how often a flow is to be repeated, and has the service do so.
 *
 * @param command what is repeated
 * @param options of the form
 * @param onSaved called once there is the schedule
 * @param onRefused gets an error that is about the form, not about when it is repeated
 */
export function repeatDialog(command, options, onSaved, onRefused) {
  const of = edited?.command === command ? edited : null;
  const name = plainField("name", "Name", "Letters, digits, hyphens and underscores");
  const kind = select("Repeat this", [
    [EVERY, "every so often"],
    [DAILY, "every day at"],
    [CRON, "as a cron expression says"],
  ]);
  const every = plainField("every", "Every", "A period such as 30m, 6h or 1d. Each run wakes the warehouse or cluster: hours are usually better than minutes");
  const time = plainField("time", "At", "Hours and minutes, such as 02:30, by the clock of the service", { inputmode: "numeric" });
  const cron = plainField("cron", "Cron expression", "Six fields: seconds, minutes, hours, day of the month, month, day of the week, with ? for the day that does not matter: 0 30 2 * * ?");
  const message = el("p", { class: "form-error", role: "alert" });
  const save = el("button", { type: "submit", class: "primary" }, "Save schedule");
  const title = newId("repeat");
  const form = el("form", { novalidate: true }, name.node, kind.node, every.node, time.node, cron.node, message);
  form.append(el("p", { class: "actions" }, save, el("button", { type: "button", onclick: () => dialog.close() }, "Cancel")));
  const dialog = el("dialog", { "aria-labelledby": title, class: "question" }, el("h2", { id: title }, of ? `Change the schedule ${of.name}` : "Repeat this"), form);

  name.input.value = of?.name || "";
  name.input.readOnly = of !== null;
  const daily = /^0 (\d{1,2}) (\d{1,2}) (\*|\?) \* (\?|\*)$/.exec(of?.cron || "");
  kind.input.value = of?.cron ? (daily ? DAILY : CRON) : EVERY;
  every.input.value = of?.every || "1d";
  time.input.value = daily ? `${daily[2].padStart(2, "0")}:${daily[1].padStart(2, "0")}` : "02:30";
  cron.input.value = of?.cron || "0 30 2 * * ?";
  const shown = { [EVERY]: every, [DAILY]: time, [CRON]: cron };

  function show() {
    Object.entries(shown).forEach(([value, one]) => (one.node.hidden = value !== kind.input.value));
  }

  function when() {
    if (kind.input.value === EVERY) {
      return { every: every.value() };
    }
    if (kind.input.value === CRON) {
      return { cron: cron.value() };
    }
    const at = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time.value());
    return at ? { cron: `0 ${Number(at[2])} ${Number(at[1])} * * ?` } : null;
  }

  async function put() {
    setText(message, "");
    [name, every, time, cron].forEach((one) => one.setError(""));
    const repeated = when();
    const blank = name.value() === "" ? [name, "Give it a name"] : repeated === null ? [time, "Hours and minutes, such as 02:30"] : null;
    if (blank) {
      blank[0].setError(blank[1]);
      blank[0].input.focus();
      return;
    }
    const schedule = { name: name.value(), command, options, ...repeated };
    try {
      await (of ? send("PUT", `/api/schedules/${encodeURIComponent(of.name)}`, schedule) : send("POST", "/api/schedules", schedule));
      edited = null;
      dialog.close();
      onSaved();
    } catch (error) {
      refuse(error);
    }
  }

  function refuse(error) {
    const fields = error instanceof ApiError ? error.fields : {};
    const mine = [
      [name, fields.name],
      [shown[kind.input.value], fields.every || fields.cron],
    ].filter(([, text]) => text);
    if (mine.length === 0 && Object.keys(fields).length > 0) {
      dialog.close();
      onRefused(error);
      return;
    }
    mine.forEach(([one, text]) => one.setError(text));
    setText(message, error.message);
    mine[0]?.[0].input.focus();
  }

  kind.input.addEventListener("change", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    whileBusy([save], put);
  });
  dialog.addEventListener("close", () => dialog.remove());
  show();
  document.querySelector("main").append(dialog);
  dialog.showModal();
}

function select(label, choices) {
  const id = newId("kind");
  const input = el("select", { id }, ...choices.map(([value, text]) => el("option", { value }, text)));
  return { input, node: el("div", { class: "field" }, el("div", { class: "label" }, el("label", { for: id }, label)), input) };
}
