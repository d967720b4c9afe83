import { el } from "./dom.js";

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** The command that does the same; what has its default is left out. */
export function commandLine(flow, values) {
  const words = ["databricks-connect", flow.command];
  for (const option of flow.options) {
    const value = values[option.name];
    if (option.type === "flag") {
      if (value === true) {
        words.push(option.label);
      }
    } else if (value && value !== option.default) {
      words.push(option.label.startsWith("--") ? `${option.label} ${quoted(value)}` : quoted(value));
    }
  }
  return words.join(" ");
}

/** A command to look at and to copy. @return its node, and a function that changes the text */
export function commandBox(label) {
  const code = el("code");
  const said = el("span", { class: "said", role: "status" });
  const copy = el("button", { type: "button", class: "quiet", onclick: () => copyText(code, said) }, "Copy");
  const node = el(
    "div",
    { class: "command" },
    el("p", { class: "command-label" }, label),
    el("pre", { tabindex: "0", role: "group", "aria-label": label }, code),
    el("p", { class: "command-copy" }, copy, said),
  );
  return { node, set: (text) => (code.textContent = text) };
}

async function copyText(code, said) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    said.textContent = "Copied";
  } catch {
    // browsers give the clipboard only to pages on this machine or by HTTPS: leave the last step to the user
    getSelection().selectAllChildren(code);
    said.textContent = "Selected: copy it with the keyboard";
  }
}

function quoted(value) {
  return PLAIN.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
