// Live WebSockets and event streams: look for one, look at one, close one.
import { closeConnection, connections } from "./api.js";
import { bytes, count, duration, element, facts, milliseconds } from "./format.js";
import { List } from "./list.js";

const mostShown = 100_000;
const refreshMilliseconds = 5_000;
const byId = (id) => document.getElementById(id);
const kinds = { websocket: "WebSocket", sse: "Event stream" };

export class Connections {
  constructor(fail) {
    this.fail = fail;
    this.all = [];
    this.total = 0;
    this.isLoading = false;
    this.loadedAt = 0;
    const age = (row) => (Date.now() - row.started_ms) / 1000;
    const idle = (row) => (Date.now() - row.last_activity_ms) / 1000;
    this.list = new List(byId("connectionsList"), [
      { title: "Kind", width: "6.5rem", value: (row) => row.kind, cell: (row) => (row.kind === "sse" ? "SSE" : kinds[row.kind] ?? row.kind) },
      { title: "Client", width: "minmax(7rem, 1.2fr)", value: (row) => row.client, cell: (row) => element("code", {}, row.client) },
      { title: "Route", width: "minmax(6rem, 1.3fr)", value: (row) => row.route ?? "", cell: (row) => row.route ?? "" },
      { title: "Host", width: "minmax(7rem, 2fr)", value: (row) => row.host, cell: (row) => row.host },
      { title: "Service", width: "minmax(5rem, 1fr)", value: (row) => row.service, cell: (row) => row.service },
      { title: "Age", width: "5.5rem", number: true, value: age, cell: (row) => duration(age(row)) },
      { title: "Idle", width: "5.5rem", number: true, value: idle, cell: (row) => duration(idle(row)) },
      { title: "Messages", width: "6rem", number: true, value: (row) => row.messages_in + row.messages_out,
        cell: (row) => count(row.messages_in + row.messages_out) },
      { title: "Bytes", width: "6rem", number: true, value: (row) => row.bytes_in + row.bytes_out,
        cell: (row) => bytes(row.bytes_in + row.bytes_out) },
      { title: "RTT", width: "5rem", number: true, value: (row) => row.rtt_ms, cell: (row) => milliseconds(row.rtt_ms ?? NaN) },
      { title: "", width: "4.5rem", value: () => 0, cell: (row) => element("button", {
        type: "button", class: "danger", tabindex: "-1", "aria-label": `Close ${row.id}`, onclick: () => this.ask(row),
      }, "Close") },
    ], { id: "connections", label: "Connections", key: (row) => row.id, sort: 5, descending: true,
      empty: () => (this.total ? "No connection fits." : "No WebSocket or event stream is open."), open: (row) => this.openDetails(row), remove: (row) => this.ask(row) });
    byId("connectionsFilter").addEventListener("input", () => this.draw());
    byId("connectionsKind").addEventListener("change", () => this.draw());
    byId("connectionsReload").addEventListener("click", () => this.load());
    byId("closingCancel").addEventListener("click", () => byId("closing").close());
    byId("closingForm").addEventListener("submit", (event) => this.submit(event));
    byId("detailsClose").addEventListener("click", () => { byId("details").close(); this.ask(this.shown); });
  }

  /** Loads again if what is shown is old. */
  refresh() {
    if (Date.now() - this.loadedAt > refreshMilliseconds) this.load();
  }

  async load() {
    if (this.isLoading) return;
    this.isLoading = true;
    try {
      const answer = await connections({}, mostShown);
      this.all = answer.connections;
      this.total = answer.total;
      this.draw();
    } catch (error) {
      this.fail(error);
    } finally {
      this.isLoading = false;
      this.loadedAt = Date.now();
    }
  }

  draw() {
    const wanted = byId("connectionsFilter").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const kind = byId("connectionsKind").value;
    const rows = this.all.filter((row) => {
      if (kind && row.kind !== kind) return false;
      if (!wanted.length) return true;
      const text = `${row.id} ${row.client} ${row.route ?? ""} ${row.host} ${row.service} ${row.endpoint ?? ""}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    });
    byId("connectionsCount").textContent =
      rows.length === this.total ? `${count(this.total)} open` : `${count(rows.length)} of ${count(this.total)} open`;
    this.list.show(rows);
  }

  openDetails(row) {
    this.shown = row;
    facts(byId("detailsFacts"), [
      ["Id", element("code", {}, String(row.id))], ["Kind", kinds[row.kind] ?? row.kind],
      ["Client", row.client], ["Host", row.host], ["Route", row.route ?? "–"], ["Service", row.service],
      ["Endpoint", row.endpoint ?? "–"], ["Data path", row.path ?? "–"],
      ["Began", new Date(row.started_ms).toLocaleString()],
      ["Last activity", `${duration((Date.now() - row.last_activity_ms) / 1000)} ago`],
      ["From the client", `${count(row.messages_in)} messages, ${bytes(row.bytes_in)}`],
      ["To the client", `${count(row.messages_out)} ${row.kind === "sse" ? "events" : "messages"}, ${bytes(row.bytes_out)}`],
      ["Round trip", milliseconds(row.rtt_ms ?? NaN)],
    ]);
    byId("details").showModal();
  }

  ask(row) {
    this.asked = row;
    const isWebSocket = row.kind === "websocket";
    byId("closingWhat").textContent = `${kinds[row.kind] ?? row.kind} of ${row.client} to ${row.route ?? row.host}`;
    byId("closingCodeLabel").hidden = !isWebSocket;
    byId("closingReasonLabel").hidden = !isWebSocket;
    byId("closingCode").disabled = !isWebSocket;
    byId("closingFault").textContent = "";
    byId("closing").showModal();
  }

  async submit(event) {
    event.preventDefault();
    const row = this.asked;
    const isWebSocket = row.kind === "websocket";
    const reason = byId("closingReason").value;
    if (new TextEncoder().encode(reason).length > 123) {
      byId("closingFault").textContent = "The reason is longer than 123 bytes.";
      return;
    }
    try {
      await closeConnection(row.id, isWebSocket ? byId("closingCode").value : undefined, isWebSocket ? reason : undefined);
      byId("closing").close();
      const place = this.list.rows.findIndex((each) => each.id === row.id);
      this.all = this.all.filter((each) => each.id !== row.id);
      this.total = Math.max(0, this.total - 1);
      this.draw();
      this.list.activate(place);
      this.list.frame.focus();
    } catch (error) {
      byId("closingFault").textContent = error.message;
    }
  }
}
