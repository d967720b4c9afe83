/**
 * Makes an element. What is not an attribute is a child: a node, or a string, which only ever becomes text, so that
 * names and messages from elsewhere cannot become markup.
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...present(children));
  return element;
}

/** Puts other children into an element. */
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
  return element;
}

/** Changes a text only when it differs: screen readers read out what is written into a live region, also unchanged. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/**
 * Does what buttons are for, once at a time. They are not disabled meanwhile in the sense of HTML, which would take the
 * focus away from who works with keys.
 */
export async function whileBusy(buttons, task) {
  if (buttons.some(isOff)) {
    return;
  }
  buttons.forEach((button) => switchOff(button, true));
  try {
    await task();
  } finally {
    buttons.forEach((button) => switchOff(button, false));
  }
}

/** Whether a button does nothing for now. */
export function isOff(button) {
  return button.getAttribute("aria-disabled") === "true";
}

export function switchOff(button, off) {
  button.setAttribute("aria-disabled", String(off));
}

let ids = 0;

/** An id that no other element of the page has. */
export function newId(name) {
  ids += 1;
  return `${name}-${ids}`;
}

function present(children) {
  return children.filter((child) => child !== null && child !== undefined && child !== false);
}
