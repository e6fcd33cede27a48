// Numbers and times as people read them, and elements without markup in strings.

/** Makes an element. Strings become text, never markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function count(value) {
  if (value === undefined || value === null) return "–";
  if (value < 10_000) return String(Math.round(value));
  const units = ["k", "M", "G", "T"];
  let unit = -1;
  while (value >= 1000 && unit < units.length - 1) { value /= 1000; unit += 1; }
  return `${value < 100 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

export function rate(value) {
  if (value === undefined || value === null || !Number.isFinite(value)) return "–";
  return value > 0 && value < 10 ? value.toFixed(1) : count(value);
}

export function bytes(value) {
  if (value === undefined || value === null) return "–";
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) { value /= 1024; unit += 1; }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

export function milliseconds(value) {
  if (value === undefined || value === null || !Number.isFinite(value)) return "–";
  if (value < 10) return `${value.toFixed(value < 1 ? 2 : 1)} ms`;
  return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}

export function duration(seconds) {
  if (!Number.isFinite(seconds)) return "–";
  seconds = Math.max(0, Math.floor(seconds));
  const units = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first < 0) return "0 s";
  const [name, size] = units[first];
  const text = `${Math.floor(seconds / size)} ${name}`;
  const next = units[first + 1];
  const left = next ? Math.floor((seconds % size) / next[1]) : 0;
  return left ? `${text} ${left} ${next[0]}` : text;
}

export function percent(part, whole) {
  if (!whole) return "–";
  const share = (100 * part) / whole;
  return share === 0 ? "0" : `${share < 10 ? share.toFixed(1) : Math.round(share)} %`;
}

/** Quantile of a histogram whose buckets are not cumulative; the upper bound of the bucket it falls in. */
export function quantile(buckets, bounds, share) {
  const whole = buckets.reduce((sum, each) => sum + each, 0);
  if (!whole) return undefined;
  let seen = 0;
  for (let index = 0; index < buckets.length; index += 1) {
    seen += buckets[index];
    if (seen >= share * whole) return bounds[Math.min(index, bounds.length - 1)];
  }
  return bounds[bounds.length - 1];
}

/** What a route is called; requests that no route took have none. */
export function routeName(route) {
  const name = route.name || route.pattern;
  return name ? element("code", { title: route.pattern }, name) : element("span", { class: "nameless" }, "no route");
}

/** Fills a definition list. */
export function facts(list, pairs) {
  list.replaceChildren(...pairs.flatMap(([name, value]) => [
    element("dt", {}, name), element("dd", {}, value instanceof Node ? value : String(value)),
  ]));
}
