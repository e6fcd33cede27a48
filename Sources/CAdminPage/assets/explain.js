// Asks the proxy's own matcher about a URL.
import { explain } from "./api.js";
import { element, facts } from "./format.js";

const byId = (id) => document.getElementById(id);

export function setUpExplain(fail) {
  byId("explainForm").addEventListener("submit", async (event) => {
    event.preventDefault();
    const place = byId("explanation");
    try {
      const said = await explain({
        method: byId("explainMethod").value.trim(), url: byId("explainURL").value.trim(),
        client_ip: byId("explainClient").value.trim(),
        header: byId("explainHeaders").value.split("\n").map((line) => line.trim()).filter(Boolean),
      });
      place.replaceChildren(draw(said));
    } catch (error) {
      place.replaceChildren(element("p", { class: "fault" }, error.message));
      fail(error);
    }
  });
}

const where = (place) => (place?.file ? `${place.file}:${place.line}` : "");

function draw(said) {
  const list = element("dl", { class: "facts" });
  const route = said.route;
  const names = (said.middlewares ?? []).map((each) => each.name ?? each);
  const parameters = Object.entries(said.params ?? {}).map(([name, value]) => `${name} = ${value}`);
  facts(list, [
    ["Canonical path", element("code", {}, said.canonical_path ?? "refused")],
    ["Host rule", said.host_rule ? `${said.host_rule.pattern} (${where(said.host_rule)})` : "none"],
    ["Route", route ? element("span", {}, element("code", {}, route.name || route.pattern),
      ` ${route.kind}, ${where(route)}`) : "none"],
    ["Service", said.service ?? "–"],
    ["Middlewares", names.join(", ") || "none"],
    ["Data path", said.data_path ?? "–"],
    ["Parameters", parameters.join(", ") || "none"],
    ["Status", said.status ?? "–"],
  ]);
  const candidates = said.candidates ?? [];
  const table = element("table", { class: "plain" },
    element("tr", {}, element("th", {}, "Candidate"), element("th", { class: "n" }, "Line"), element("th", {}, "Outcome")),
    ...candidates.map((each) => element("tr", { class: each.matched ? "won" : "lost" },
      element("td", {}, element("code", {}, each.pattern)), element("td", { class: "n" }, String(each.line)),
      element("td", {}, each.matched ? "chosen" : each.reason ?? ""))));
  return element("div", { class: "explained" }, list,
    candidates.length ? element("h3", {}, "Candidates") : null, candidates.length ? table : null);
}
