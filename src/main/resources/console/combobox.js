import { get, isAborted } from "./api.js";
import { el, fill, newId, setText } from "./dom.js";

const TYPING_MILLIS = 200;
const MOST = 100;

/**
 * A text field with a list of names to choose from. The server filters the list by what is typed, so that it does not
 * matter how many names there are. A name that is not in the list can be typed as well: it may be one to be made.
 *
 * @param source says where the names are: {path, parameters}, or {missing: "what has to be chosen first"}; or gives them
 *   itself: {options: [{value, text}]}
 * @param absent says of a name that is in no list what will become of it; null where it would be a mistake
 */
export function combobox({ id, label, source, absent = null, attributes = {} }) {
  const listId = newId("list");
  const input = el("input", {
    ...attributes,
    id,
    type: "text",
    role: "combobox",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": listId,
  });
  const list = el("ul", { id: listId, role: "listbox", "aria-label": label });
  const note = el("p", { class: "note", role: "status" });
  const popup = el("div", { class: "popup", hidden: true }, list, note);
  const node = el("div", { class: "combobox" }, input, popup);

  let active = -1;
  let timer = 0;
  let request = null;

  function isOpen() {
    return !popup.hidden;
  }

  function open(filter) {
    popup.hidden = false;
    input.setAttribute("aria-expanded", "true");
    load(filter);
  }

  function close() {
    clearTimeout(timer);
    request?.abort();
    popup.hidden = true;
    input.setAttribute("aria-expanded", "false");
    activate(-1);
  }

  async function load(filter) {
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    const from = source();
    if (from.missing) {
      show([], from.missing);
      return;
    }
    if (from.options) {
      showOptions(from.options, filter);
      return;
    }
    setText(note, "Listing …");
    list.setAttribute("aria-busy", "true");
    try {
      const page = await get(from.path, { ...from.parameters, filter, limit: MOST }, signal);
      show(page.items, remark(page, filter, absent));
    } catch (error) {
      if (!isAborted(error)) {
        show([], `The names could not be listed: ${error.message}`);
      }
    }
  }

  function showOptions(options, filter) {
    const part = filter.toLowerCase();
    const found = options.filter((one) => `${one.text} ${one.value}`.toLowerCase().includes(part));
    show(found.slice(0, MOST), remark({ items: found.slice(0, MOST), more: found.length > MOST }, filter));
  }

  /** @param names texts, or {value, text} where what is chosen is not what is shown */
  function show(names, remarkText) {
    list.removeAttribute("aria-busy");
    fill(
      list,
      ...names.map((name) => {
        const value = name.value ?? name;
        return el("li", { id: newId("name"), role: "option", "data-value": value, "aria-selected": String(value === input.value) }, name.text ?? name);
      }),
    );
    setText(note, remarkText);
    activate(-1);
  }

  function activate(index) {
    list.children[active]?.classList.remove("active");
    active = index;
    const option = list.children[active];
    if (!option) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    option.classList.add("active");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function choose(option) {
    input.value = option.dataset.value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    close();
  }

  function move(step) {
    if (!isOpen()) {
      open("");
      return;
    }
    const count = list.children.length;
    if (count > 0) {
      activate(active < 0 && step < 0 ? count - 1 : (active + step + count) % count);
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => open(input.value.trim()), TYPING_MILLIS);
  });
  input.addEventListener("click", () => isOpen() || open(""));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && isOpen()) {
      // what Enter means here is the list, not yet the form
      event.preventDefault();
      if (active >= 0) {
        choose(list.children[active]);
      } else {
        close();
      }
    } else if (event.key === "Escape") {
      close();
    }
  });
  input.addEventListener("blur", close);
  // a press must not take the focus away from the field before the click is there
  popup.addEventListener("pointerdown", (event) => event.preventDefault());
  popup.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) {
      choose(option);
    }
  });

  /** Shows what the source has now, if the list is open. */
  function refresh() {
    if (isOpen()) {
      load("");
    }
  }

  return { node, input, refresh };
}

function remark(page, filter, absent = null) {
  if (page.items.length === 0) {
    const unknown = absent ? absent(filter) : `No name here contains “${filter}”`;
    return filter ? unknown : "There are none";
  }
  if (page.more) {
    return `The first ${page.items.length}, there are more: type to filter`;
  }
  return page.items.length === 1 ? "1 name" : `${page.items.length} names`;
}
