// Services, and how their endpoints are.
import { count, element, milliseconds } from "./format.js";

const words = {
  healthy: "healthy", unhealthy: "fails its checks", ejected: "ejected", half_open: "is tried again",
  unknown: "not known yet",
};

export function drawUpstreams(services) {
  const place = document.getElementById("services");
  if (!services?.length) {
    place.replaceChildren(element("p", { class: "count" }, "The table has no services."));
    return;
  }
  place.replaceChildren(...services.map((service) => element("div", { class: "service" },
    element("h3", {}, service.name),
    element("table", { class: "plain" },
      element("tr", {}, element("th", {}, "Endpoint"), element("th", {}, "State"),
        element("th", { class: "n" }, "Active"), element("th", { class: "n" }, "Requests"),
        element("th", { class: "n" }, "Failures"), element("th", { class: "n" }, "Latency")),
      ...service.endpoints.map((endpoint) => element("tr", {},
        element("td", {}, element("code", {}, endpoint.url)),
        element("td", {}, element("span", { class: `health ${endpoint.state}` }, words[endpoint.state] ?? endpoint.state)),
        element("td", { class: "n" }, count(endpoint.active)),
        element("td", { class: "n" }, count(endpoint.requests)),
        element("td", { class: endpoint.failures ? "n bad" : "n" }, count(endpoint.failures)),
        element("td", { class: "n" }, milliseconds(endpoint.latency_ms))))))));
}
