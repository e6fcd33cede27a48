// All routes that have had traffic.
import { count, element, milliseconds, percent, quantile, rate, routeName } from "./format.js";
import { keyOf } from "./history.js";
import { List } from "./list.js";

const where = (route) => (route.file ? `${route.file}:${route.line}` : "");

export class Routes {
  constructor(history) {
    this.history = history;
    const latency = (share) => (route) => quantile(route.latency_buckets ?? [], history.bounds, share);
    this.list = new List(document.getElementById("routesList"), [
      { title: "Route", width: "minmax(10rem, 2fr)", value: (route) => route.name || route.pattern,
        cell: routeName },
      { title: "Where", width: "minmax(7rem, 1fr)", value: where, cell: where },
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
      empty: () => (this.history.routes.size ? "No route fits." : "No request has come yet.") });
    this.filter = document.getElementById("routesFilter");
    this.filter.addEventListener("input", () => this.draw());
  }

  draw() {
    const wanted = this.filter.value.trim().toLowerCase();
    const all = [...this.history.routes.values()];
    const rows = wanted ? all.filter((route) =>
      `${route.name} ${route.pattern} ${route.service} ${where(route)}`.toLowerCase().includes(wanted)) : all;
    document.getElementById("routesCount").textContent =
      rows.length === all.length ? `${count(all.length)} with traffic` : `${count(rows.length)} of ${count(all.length)}`;
    this.list.show(rows);
  }
}
