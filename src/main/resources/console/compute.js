import { isAborted, send } from "./api.js";
import { combobox } from "./combobox.js";
import { el, newId, setText } from "./dom.js";

const CLUSTER = /^\d{4}-\d{6}-[a-z0-9]+$/;

/**
 * What runs the SQL: chosen from the warehouses and clusters that the credentials in the form may see, or typed as its id
 * or as the HTTP path of its connection details. The list is fetched as soon as there are credentials.
 *
 * @param credentials gives those, or null as long as they are not complete
 * @param onRefused gets the error when they cannot be listed
 */
export function computeField(connection, credentials, onRefused) {
  const id = newId("compute");
  const label = "Databricks Cluster ID or SQL warehouse";
  let options = null;
  let listedFor = "";
  const box = combobox({
    id,
    label,
    source: () => (options ? { options } : { missing: "The list is here once host and credentials are filled in. An id or HTTP path can be typed" }),
    attributes: { name: "compute", "aria-describedby": `${id}-hint ${id}-error` },
  });
  const { input } = box;
  const error = el("p", { class: "error", id: `${id}-error` });
  const chosen = el("span", { class: "said", role: "status" });
  const node = el(
    "div",
    { class: "field" },
    el("div", { class: "label" }, el("label", { for: id }, label)),
    box.node,
    el("p", { class: "hint", id: `${id}-hint` }, "Runs the SQL statements: choose one, or type its id or HTTP path. One that has stopped is started"),
    error,
    chosen,
  );
  input.value = connection.clusterId || connection.warehouseId || connection.httpPath || "";

  /** Fetches the list, unless it is that of these credentials already. */
  async function refresh() {
    const current = credentials();
    const key = JSON.stringify(current);
    if (!current || key === listedFor) {
      return;
    }
    listedFor = key;
    options = null;
    setText(chosen, "Listing the warehouses and clusters …");
    try {
      const found = await send("POST", "/api/connection/compute", current);
      if (key !== listedFor) {
        return;
      }
      options = [...found.warehouses.map((one) => option(one, "SQL warehouse")), ...found.clusters.map((one) => option(one, "Cluster"))];
      if (input.value === "" && options.length === 1) {
        input.value = options[0].value;
      }
      tell();
      box.refresh();
    } catch (failure) {
      if (!isAborted(failure) && key === listedFor) {
        listedFor = "";
        setText(chosen, "");
        onRefused(failure);
      }
    }
  }

  function tell() {
    const one = options?.find((each) => each.value === input.value.trim());
    const count = options?.length === 1 ? "1 warehouse or cluster" : `${options?.length} warehouses and clusters`;
    setText(chosen, one ? one.text : options ? `${count} to choose from` : "");
  }

  input.addEventListener("input", tell);

  return {
    node,
    input,
    refresh,
    isEmpty: () => input.value.trim() === "",
    value() {
      const text = input.value.trim();
      const isPath = text.includes("/");
      const isCluster = CLUSTER.test(text);
      return { httpPath: isPath ? text : "", clusterId: isCluster ? text : "", warehouseId: isPath || isCluster ? "" : text };
    },
    setError(message) {
      setText(error, message);
      input.setAttribute("aria-invalid", String(message !== ""));
      node.classList.toggle("wrong", message !== "");
    },
  };
}

function option(one, kind) {
  return { value: one.id, text: `${one.name}: ${kind}, ${one.state.toLowerCase()} (${one.id})` };
}
