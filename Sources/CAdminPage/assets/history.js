// What the last minutes' snapshots say: totals become rates here.

const lengthMax = 180;

export class History {
  constructor() {
    this.last = null;
    this.series = {};
    this.routes = new Map();
    this.bounds = [];
  }

  /** Takes a snapshot; returns the rates of the second before it. */
  take(snapshot) {
    const before = this.last;
    const seconds = before ? (snapshot.time_ms - before.time_ms) / 1000 : 0;
    if (snapshot.latency_bounds_ms) this.bounds = snapshot.latency_bounds_ms;
    const isSame = before && before.totals.requests <= snapshot.totals.requests;
    if (!isSame) this.routes.clear();
    this.takeRoutes(snapshot, isSame ? seconds : 0);
    this.last = snapshot;
    if (!isSame || seconds <= 0) return this;
    const grown = (name) => (snapshot.totals[name] - before.totals[name]) / seconds;
    const failed = (totals) => totals.status[4] ?? 0;
    this.push("requests", grown("requests"));
    this.push("errors", (failed(snapshot.totals) - failed(before.totals)) / seconds);
    this.push("messages", grown("messages_in") + grown("messages_out"));
    this.push("events", grown("events"));
    this.push("traffic", grown("bytes_in") + grown("bytes_out"));
    this.push("websockets", snapshot.totals.websockets_open);
    this.push("streams", snapshot.totals.sse_open);
    this.push("clients", snapshot.totals.clients);
    this.push("cpu", (100 * (snapshot.process.cpu_seconds - before.process.cpu_seconds)) / seconds);
    return this;
  }

  takeRoutes(snapshot, seconds) {
    for (const known of this.routes.values()) { known.rate = 0; known.errorRate = 0; }
    for (const route of snapshot.routes ?? []) {
      const known = this.routes.get(keyOf(route));
      const grown = (read) => (known && seconds > 0 ? Math.max(0, read(route) - read(known)) / seconds : 0);
      route.rate = grown((each) => each.requests);
      route.errorRate = grown((each) => each.status[4] ?? 0);
      this.routes.set(keyOf(route), route);
    }
  }

  push(name, value) {
    const series = (this.series[name] ??= []);
    series.push(value);
    if (series.length > lengthMax) series.shift();
  }

  latest(name) {
    return this.series[name]?.at(-1);
  }
}

/** What tells a route from all others. */
export function keyOf(route) {
  return `${route.file}:${route.line}:${route.name}`;
}
