import { el } from "./dom.js";
import { words } from "./format.js";

const MARKS = { ok: "✓", failed: "✗", skipped: "–" };
const SPOKEN = { ok: "passed", failed: "failed", skipped: "skipped" };

/** What has been checked, line by line, each failure with what to do about it. */
export function checkList(checks) {
  return el(
    "ul",
    { class: "check-list", "aria-label": "Checks" },
    ...(checks || []).map((one) =>
      el(
        "li",
        { "data-status": one.status },
        el("span", { class: "mark", "aria-hidden": "true" }, MARKS[one.status] || "?"),
        el(
          "span",
          {},
          el("strong", {}, words(one.check)),
          el("span", { class: "visually-hidden" }, ` ${SPOKEN[one.status] || one.status}`),
          one.detail && ` ${one.detail}`,
          one.status !== "ok" && one.needs && el("span", { class: "fix" }, `To do: ${one.needs}`),
        ),
      ),
    ),
  );
}
