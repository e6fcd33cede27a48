// The first view: what is going on now.
import { bytes, count, duration, element, facts, percent, rate, routeName } from "./format.js";

const figures = [
  { name: "requests", label: "Requests a second", show: rate },
  { name: "errors", label: "5xx a second", show: rate, isBad: true },
  { name: "websockets", label: "WebSockets open", show: count },
  { name: "messages", label: "Messages a second", show: rate },
  { name: "streams", label: "Event streams open", show: count },
  { name: "events", label: "Events a second", show: rate },
  { name: "traffic", label: "Bytes a second", show: bytes },
  { name: "clients", label: "Client connections", show: count },
];
const svg = "http://www.w3.org/2000/svg";

export class Traffic {
  constructor() {
    this.tiles = figures.map((figure) => this.tile(figure));
    document.getElementById("figures").append(...this.tiles.map((tile) => tile.root));
  }

  tile(figure) {
    const value = element("div", { class: "value" }, "–");
    const picture = document.createElementNS(svg, "svg");
    picture.setAttribute("viewBox", "0 0 100 34");
    picture.setAttribute("preserveAspectRatio", "none");
    picture.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(svg, "path");
    picture.append(path);
    const root = element("div", { class: "figure" }, element("div", { class: "label" }, figure.label), value, picture);
    return { figure, root, value, path };
  }

  /** `age`: seconds since the status was asked for. */
  draw(history, status, age) {
    for (const tile of this.tiles) {
      const series = history.series[tile.figure.name] ?? [];
      const latest = series.at(-1);
      tile.value.textContent = latest === undefined ? "–" : tile.figure.show(latest);
      tile.path.setAttribute("d", outline(series));
      tile.root.classList.toggle("bad", Boolean(tile.figure.isBad && latest > 0));
    }
    drawAlerts(history.last.alerts ?? []);
    drawBusiest(history);
    drawCloses(history.last.totals?.websocket_closes ?? []);
    drawProcess(history, status, age);
  }
}

function outline(series) {
  if (series.length < 2) return "";
  const top = Math.max(...series, 1e-9);
  const step = 100 / (series.length - 1);
  return series.map((value, index) =>
    `${index ? "L" : "M"}${(index * step).toFixed(2)},${(32 - (30 * value) / top).toFixed(2)}`).join("");
}

function drawAlerts(alerts) {
  const list = document.getElementById("alerts");
  if (!alerts.length) {
    list.replaceChildren(element("li", { class: "quiet" }, "No alerts are configured."));
    return;
  }
  const ordered = [...alerts].sort((a, b) => Number(b.firing) - Number(a.firing));
  list.replaceChildren(...ordered.map((alert) => element(
    "li", { class: alert.firing ? "firing" : "quiet" },
    `${alert.firing ? "Firing" : "Quiet"}: ${alert.name} — ${alert.text ?? ""}`,
    alert.firing && alert.since_ms ? ` (since ${duration((Date.now() - alert.since_ms) / 1000)})` : "")));
}

function drawBusiest(history) {
  const table = document.getElementById("busiest");
  const routes = [...history.routes.values()].sort((a, b) => b.rate - a.rate || b.requests - a.requests).slice(0, 8);
  if (!routes.length) {
    table.replaceChildren(element("caption", { class: "count" }, "No request has come yet."));
    return;
  }
  const head = element("tr", {}, element("th", {}, "Route"), element("th", {}, "Service"),
    element("th", { class: "n" }, "Requests/s"), element("th", { class: "n" }, "5xx"),
    element("th", { class: "n" }, "Sockets"), element("th", { class: "n" }, "Streams"));
  table.replaceChildren(head, ...routes.map((route) => element("tr", {},
    element("td", {}, routeName(route)),
    element("td", {}, route.service ?? ""),
    element("td", { class: "n" }, rate(route.rate)),
    element("td", { class: route.errorRate > 0 ? "n bad" : "n" }, percent(route.status[4] ?? 0, route.requests)),
    element("td", { class: "n" }, count(route.websockets_open)),
    element("td", { class: "n" }, count(route.sse_open)))));
}

const codes = {
  1000: "normal", 1001: "going away", 1002: "protocol error", 1003: "kind of data not taken", 1005: "no code given",
  1006: "no Close frame", 1007: "not valid text", 1008: "policy", 1009: "too big", 1010: "extension missing",
  1011: "internal error", 1012: "restart", 1013: "try again later", 1014: "backend failed", "4xxx": "of the application",
  opaque: "not read: the connection is opaque",
};

function drawCloses(closes) {
  document.getElementById("closes").hidden = !closes.length;
  const rows = new Map();
  for (const { by, code, count: number } of closes) {
    const row = rows.get(code) ?? { sum: 0 };
    row[by] = number;
    row.sum += number;
    rows.set(code, row);
  }
  document.getElementById("closesTable").replaceChildren(
    element("tr", {}, element("th", {}, "Code"), element("th", {}, "Meaning"), element("th", { class: "n" }, "By clients"),
      element("th", { class: "n" }, "By backends"), element("th", { class: "n" }, "By the proxy")),
    ...[...rows].sort((a, b) => b[1].sum - a[1].sum).map(([code, row]) => element("tr", {},
      element("td", {}, element("code", {}, code)), element("td", {}, codes[code] ?? ""),
      ...["client", "upstream", "proxy"].map((by) => element("td", { class: "n" }, count(row[by] ?? 0))))));
}

function drawProcess(history, status, age) {
  const { process } = history.last;
  const table = status.table ?? {};
  facts(document.getElementById("process"), [
    ["Processor", `${(history.latest("cpu") ?? 0).toFixed(1)} % of a core`],
    ["Memory", bytes(process.rss_bytes)],
    ["Descriptors", `${count(process.descriptors)} of ${count(process.descriptors_max)}`],
    ["Workers", status.workers ?? "–"],
    ["Listeners", (status.listeners ?? []).join(", ")],
    ["Up for", duration(status.uptime_seconds + age)],
    ["Table", element("span", {}, element("code", {}, table.digest ?? ""),
      ` ${table.source ?? ""}, ${count(table.routes)} routes, ${count(table.hosts)} host rules, `
        + `loaded in ${(table.load_milliseconds ?? 0).toFixed(1)} ms${table.signed ? ", signed" : ""}`)],
  ]);
}
