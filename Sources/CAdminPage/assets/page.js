// Puts the views together: one stream of snapshots feeds all of them.
import * as api from "./api.js";
import { Connections } from "./connections.js";
import { element } from "./format.js";
import { History } from "./history.js";
import { Routes } from "./routes.js";
import { setUpExplain } from "./explain.js";
import { Traffic } from "./traffic.js";
import { drawUpstreams } from "./upstreams.js";

const byId = (id) => document.getElementById(id);
const views = [...document.querySelectorAll("[data-view]")];
const history = new History();
const traffic = new Traffic();
const routes = new Routes(history);
const connections = new Connections(fail);
let view = "traffic";
let status = {};
let statusAt = 0;

function fail(error) {
  if (error instanceof api.TokenNeeded) return askForToken();
  say(error.message);
}

function say(text) {
  byId("notice").hidden = !text;
  byId("notice").textContent = text ?? "";
}

function askForToken() {
  byId("tokenForm").hidden = false;
  byId("main").hidden = true;
  byId("token").focus();
}

function showState(word, label) {
  byId("state").className = `state ${word}`;
  if (byId("state").textContent !== label) byId("state").textContent = label;
}

function chooseView() {
  const wanted = location.hash.slice(1);
  view = views.some((each) => each.dataset.view === wanted) ? wanted : "traffic";
  for (const each of views) each.hidden = each.dataset.view !== view;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${view}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  draw();
}

function draw() {
  if (view === "connections") connections.refresh();
  if (!history.last || document.hidden) return;
  if (view === "traffic") traffic.draw(history, status);
  if (view === "routes") routes.draw();
  if (view === "upstreams") drawUpstreams(history.last.services);
}

async function loadStatus() {
  statusAt = Date.now();
  status = await api.status();
  byId("identity").replaceChildren(
    `${status.version} · table `, element("code", {}, status.table?.digest ?? ""), ` · ${status.table?.source ?? ""}`);
}

function take(snapshot) {
  const isNewTable = history.last && history.last.table !== snapshot.table;
  history.take(snapshot);
  say(null);
  showState(snapshot.state, snapshot.state);
  if (isNewTable || Date.now() - statusAt > 15_000) loadStatus().catch(fail);
  draw();
}

async function start() {
  byId("tokenForm").hidden = true;
  byId("main").hidden = false;
  try {
    await loadStatus();
  } catch (error) {
    fail(error);
    if (error instanceof api.TokenNeeded) return;
  }
  try {
    await api.follow(take, (why) => showState("lost", `not connected: ${why}`));
  } catch (error) {
    fail(error);
  }
}

byId("tokenForm").addEventListener("submit", (event) => {
  event.preventDefault();
  api.useToken(byId("token").value);
  byId("token").value = "";
  start();
});
addEventListener("hashchange", chooseView);
document.addEventListener("visibilitychange", draw);
addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select, dialog");
  if (event.key !== "/" || isTyping) return;
  const field = document.querySelector(`[data-view="${view}"] input[type=search]`);
  if (field) { event.preventDefault(); field.focus(); }
});
setUpExplain(fail);
chooseView();
start();
