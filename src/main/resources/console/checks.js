import { el } from "./dom.js";
import { words } from "./format.js";

const MARKS = { ok: "✓", failed: "✗" };
const SPOKEN = { ok: "passed", failed: "failed" };

/** What has been checked, line by line, each failure with what to do about it; not what was skipped. */
export function checkList(checks) {
  return el(
    "ul",
    { class: "check-list", "aria-label": "Checks" },
    ...(checks || []).filter((one) => one.status in MARKS).map((one) =>
      el(
        "li",
        { "data-status": one.status },
        el("span", { class: "mark", "aria-hidden": "true" }, MARKS[one.status]),
        el(
          "span",
          {},
          el("strong", {}, words(one.check)),
          el("span", { class: "visually-hidden" }, ` ${SPOKEN[one.status]}`),
          one.detail && ` ${one.detail}`,
          one.status === "failed" && one.needs && el("span", { class: "fix" }, `To do: ${one.needs}`),
        ),
      ),
    ),
  );
}
