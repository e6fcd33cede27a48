// All routes that have had traffic.
import { count, element, milliseconds, percent, quantile, rate } from "./format.js";
import { keyOf } from "./history.js";
import { List } from "./list.js";

export class Routes {
  constructor(history) {
    this.history = history;
    const latency = (share) => (route) => quantile(route.latency_buckets ?? [], history.bounds, share);
    this.list = new List(document.getElementById("routesList"), [
      { title: "Route", width: "minmax(10rem, 2fr)", value: (route) => route.name || route.pattern,
        cell: (route) => element("code", { title: route.pattern }, route.name || route.pattern) },
      { title: "Where", width: "minmax(7rem, 1fr)", value: (route) => `${route.file}:${route.line}`,
        cell: (route) => `${route.file}:${route.line}` },
      { title: "Service", width: "minmax(6rem, 1fr)", value: (route) => route.service ?? "",
        cell: (route) => route.service ?? "" },
      { title: "Requests/s", width: "7rem", number: true, value: (route) => route.rate,
        cell: (route) => rate(route.rate) },
      { title: "Requests", width: "7rem", number: true, value: (route) => route.requests,
        cell: (route) => count(route.requests) },
      { title: "4xx", width: "5rem", number: true, value: (route) => route.status[3] / (route.requests || 1),
        cell: (route) => percent(route.status[3], route.requests) },
      { title: "5xx", width: "5rem", number: true, value: (route) => route.status[4] / (route.requests || 1),
        cell: (route) => element("span", { class: route.status[4] ? "bad" : "" }, percent(route.status[4], route.requests)) },
      { title: "p50", width: "6rem", number: true, value: latency(0.5), cell: (route) => milliseconds(latency(0.5)(route)) },
      { title: "p99", width: "6rem", number: true, value: latency(0.99), cell: (route) => milliseconds(latency(0.99)(route)) },
      { title: "Open", width: "5rem", number: true, value: (route) => route.websockets_open + route.sse_open,
        cell: (route) => count(route.websockets_open + route.sse_open) },
    ], { id: "routes", label: "Routes", key: keyOf, sort: 3, descending: true,
      empty: "No route fits, or none has had a request yet." });
    this.filter = document.getElementById("routesFilter");
    this.filter.addEventListener("input", () => this.draw());
  }

  draw() {
    const wanted = this.filter.value.trim().toLowerCase();
    const all = [...this.history.routes.values()];
    const rows = wanted ? all.filter((route) =>
      `${route.name} ${route.pattern} ${route.service} ${route.file}:${route.line}`.toLowerCase().includes(wanted)) : all;
    document.getElementById("routesCount").textContent =
      rows.length === all.length ? `${count(all.length)} with traffic` : `${count(rows.length)} of ${count(all.length)}`;
    this.list.show(rows);
  }
}
