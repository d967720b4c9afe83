import { combobox } from "./combobox.js";
import { el, newId, setText } from "./dom.js";
import { words } from "./format.js";

/**
 * The field of an option, with its label, what it does, and what is wrong with it.
 *
 * @param option as the API describes it, and perhaps what a new name in it makes
 * @param source for options that are chosen from a list: where that is, see combobox
 * @param extra something to put below the field
 */
export function field(option, source, extra = null) {
  const id = newId(option.name);
  const label = words(option.name);
  const described = { "aria-describedby": `${id}-hint ${id}-error` };
  const control = controls[kind(option)]({ option, id, label, source, described });
  const error = el("p", { class: "error", id: `${id}-error` });
  const isFlag = option.type === "flag";
  const labelNode = el("label", { for: id }, label, option.required && el("span", { class: "required" }, " (required)"));
  const node = el(
    "div",
    { class: isFlag ? "field flag" : "field" },
    isFlag
      ? el("div", { class: "label" }, control.input, labelNode)
      : el("div", { class: "label" }, labelNode),
    !isFlag && control.node,
    el("p", { class: "hint", id: `${id}-hint` }, option.description),
    error,
    extra,
  );

  function setError(message) {
    setText(error, message);
    control.input.setAttribute("aria-invalid", String(message !== ""));
    node.classList.toggle("wrong", message !== "");
  }

  return {
    option,
    node,
    input: control.input,
    value: control.value,
    set: control.set,
    setError,
    /** What can be said without asking the server. @return whether that is nothing */
    check() {
      const message = wrong(option, control.value());
      setError(message);
      return message === "";
    },
  };
}

/** A field that is no option of a flow, as of a connection. */
export function plainField(name, label, description, attributes = {}) {
  const id = newId(name);
  const input = el("input", {
    id,
    name,
    type: "text",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-describedby": `${id}-hint ${id}-error`,
    ...attributes,
  });
  const error = el("p", { class: "error", id: `${id}-error` });
  const hint = el("p", { class: "hint", id: `${id}-hint` }, description);
  const node = el("div", { class: "field" }, el("div", { class: "label" }, el("label", { for: id }, label)), input, hint, error);
  return {
    node,
    input,
    hint,
    value: () => input.value.trim(),
    setError(message) {
      setText(error, message);
      input.setAttribute("aria-invalid", String(message !== ""));
      node.classList.toggle("wrong", message !== "");
    },
  };
}

function kind(option) {
  return option.list ? "list" : option.type in controls ? option.type : "text";
}

const controls = {
  text: ({ option, id, described }) => textControl(option, id, described, {}),

  number: ({ option, id, described }) => textControl(option, id, described, { inputmode: "numeric" }),

  flag({ option, id, described }) {
    const input = el("input", { ...described, id, type: "checkbox" });
    const set = (value) => (input.checked = value === true || value === "true");
    set(option.default);
    return { node: input, input, value: () => input.checked, set };
  },

  choice({ option, id, described }) {
    const input = el("select", { ...described, id }, ...option.choices.map((choice) => el("option", {}, choice)));
    const set = (value) => (input.value = value || option.default || option.choices[0]);
    set(option.default);
    return { node: input, input, value: () => input.value, set };
  },

  list({ option, id, label, source, described }) {
    const box = combobox({
      id,
      label,
      source,
      absent: option.makes ? (name) => `New ${option.makes}: “${name}” will be made` : null,
      attributes: { ...described, placeholder: example(option), "aria-required": option.required && "true" },
    });
    return {
      node: box.node,
      input: box.input,
      value: () => box.input.value.trim(),
      set: (value) => (box.input.value = value || ""),
    };
  },
};

function textControl(option, id, described, attributes) {
  const input = el("input", {
    ...described,
    ...attributes,
    id,
    type: "text",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    placeholder: example(option),
    "aria-required": option.required && "true",
  });
  const set = (value) => (input.value = value || "");
  set(option.default);
  return { node: input, input, value: () => input.value.trim(), set };
}

/** How the value is written, where the command line's own word for it says more than NAME. */
function example(option) {
  return /^[A-Z]*$/.test(option.placeholder || "") ? null : option.placeholder;
}

function wrong(option, value) {
  if (option.required && value === "") {
    return option.list ? "Choose or type a name" : "This is required";
  }
  if (option.type === "number" && value !== "" && !/^\d+$/.test(value)) {
    return `A whole number, not ${value}`;
  }
  return "";
}
