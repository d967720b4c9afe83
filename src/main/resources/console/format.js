const NUMBERS = new Intl.NumberFormat("en");
const TIMES = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

export function number(value) {
  return NUMBERS.format(value);
}

/** A point in time of the API, in the time zone of the browser. */
export function time(iso) {
  return iso ? TIMES.format(new Date(iso)) : "";
}

/** A number of bytes as people read it. */
export function amount(bytes) {
  const units = ["bytes", "kB", "MB", "GB", "TB", "PB"];
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? bytes : value.toFixed(value < 10 ? 1 : 0)} ${units[power]}`;
}

export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (hours > 0) {
    return `${hours} h ${minutes} min`;
  }
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}

/** inputs-table, imageUrl, IMAGES_FAILED: as words. */
export function words(name) {
  const text = name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[-_]+/g, " ")
    .toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const WOULD = {
  Existing: "There already",
  Images: "Images would be written",
  "Images existing": "Images there already",
  "Images failed": "Images would fail",
};

/** What a dry run has counted, in words: "Inputs would be inserted". */
export function wouldWords(name) {
  const text = words(name);
  return WOULD[text] || text.replace(/(?:^|\b)(\w+ed)$/, (participle) => `would be ${participle.toLowerCase()}`).replace(/^w/, "W");
}

/** A value of a table's cell as text. */
export function cell(value) {
  if (value === null || value === undefined) {
    return "";
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
