import { send } from "./api.js";
import { el, fill, newId, setText, whileBusy } from "./dom.js";

const WAREHOUSE = "warehouse:";
const CLUSTER = "cluster:";

/**
 * What runs the SQL: chosen from the warehouses and clusters that the credentials in the form may see.
 *
 * @param credentials gives those
 * @param onRefused gets the error when they cannot be listed
 */
export function computeField(connection, credentials, onRefused) {
  const id = newId("compute");
  const input = el("select", { id, name: "compute", "aria-describedby": `${id}-hint ${id}-error` });
  const error = el("p", { class: "error", id: `${id}-error` });
  const said = el("span", { class: "said", role: "status" });
  const list = el("button", { type: "button", onclick: () => whileBusy([list], fetchList) }, "List what there is");
  const node = el(
    "div",
    { class: "field" },
    el("div", { class: "label" }, el("label", { for: id }, "SQL warehouse or cluster")),
    el("div", { class: "with-button" }, input, list),
    el("p", { class: "hint", id: `${id}-hint` }, "Runs the SQL statements. One that has stopped is started. List them once the fields above are filled in"),
    error,
    said,
  );
  const current = currentChoice(connection);
  fill(input, el("option", { value: "" }, "Not chosen"), current && el("option", { value: current.value }, current.text));
  input.value = current ? current.value : "";

  async function fetchList() {
    setText(said, "Listing …");
    try {
      const found = await send("POST", "/api/connection/compute", credentials());
      show(found);
      setText(said, `Warehouses: ${found.warehouses.length}, clusters: ${found.clusters.length}${found.more ? ", and more that are not shown" : ""}`);
      input.focus();
    } catch (failure) {
      setText(said, "");
      onRefused(failure);
    }
  }

  function show(found) {
    const before = input.value;
    const values = [...found.warehouses.map((one) => WAREHOUSE + one.id), ...found.clusters.map((one) => CLUSTER + one.id)];
    fill(
      input,
      el("option", { value: "" }, "Not chosen"),
      current && !values.includes(current.value) && el("option", { value: current.value }, current.text),
      group("SQL warehouses", WAREHOUSE, found.warehouses),
      group("Clusters", CLUSTER, found.clusters),
    );
    input.value = before || (values.length === 1 ? values[0] : "");
  }

  return {
    node,
    input,
    isEmpty: () => input.value === "",
    value: () => ({
      warehouseId: input.value.startsWith(WAREHOUSE) ? input.value.slice(WAREHOUSE.length) : "",
      clusterId: input.value.startsWith(CLUSTER) ? input.value.slice(CLUSTER.length) : "",
    }),
    setError(message) {
      setText(error, message);
      input.setAttribute("aria-invalid", String(message !== ""));
    },
  };
}

function group(label, prefix, found) {
  return (
    found.length > 0 &&
    el("optgroup", { label }, ...found.map((one) => el("option", { value: prefix + one.id }, `${one.name} (${one.state.toLowerCase()})`)))
  );
}

function currentChoice(connection) {
  if (connection.clusterId) {
    return { value: CLUSTER + connection.clusterId, text: `Cluster ${connection.clusterId}` };
  }
  if (connection.warehouseId) {
    return { value: WAREHOUSE + connection.warehouseId, text: `Warehouse ${connection.warehouseName || connection.warehouseId}` };
  }
  return null;
}
