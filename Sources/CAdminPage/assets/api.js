// Talks to the admin listener. Everything goes through `fetch`, the event stream too, because an
// EventSource can't carry a token.

const tokenKey = "wsproxy-admin-token";
let token = sessionStorage.getItem(tokenKey);

/** The listener wants a token, or another one. */
export class TokenNeeded extends Error {}

/** Keeps a token until the tab is closed. */
export function useToken(text) {
  token = text;
  sessionStorage.setItem(tokenKey, text);
}

async function call(path, options = {}) {
  const headers = new Headers(options.headers);
  if (token) headers.set("Authorization", `Bearer ${token}`);
  const answer = await fetch(path, { ...options, headers, cache: "no-store" });
  if (answer.status === 401) throw new TokenNeeded();
  if (!answer.ok) {
    const text = await answer.text();
    let message = text.trim() || `${answer.status} ${answer.statusText}`;
    try {
      const said = JSON.parse(text);
      message = said.error?.message ?? said.message ?? said.error ?? message;
    } catch { /* It was plain text. */ }
    throw new Error(message);
  }
  return answer;
}

function query(parameters) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") search.append(name, one);
    }
  }
  const text = search.toString();
  return text ? `?${text}` : "";
}

export async function status() {
  return (await call("api/status")).json();
}

export async function explain(parameters) {
  return (await call("api/explain" + query(parameters))).json();
}

/** All connections, page by page; stops at `most`. */
export async function connections(parameters, most) {
  const all = [];
  let after;
  let total = 0;
  do {
    const answer = await call("api/connections" + query({ ...parameters, limit: 2000, after }));
    const page = await answer.json();
    total = page.total;
    all.push(...page.connections);
    after = page.next;
  } while (after !== null && after !== undefined && all.length < most);
  return { total, connections: all };
}

export async function closeConnection(id, code, reason) {
  const path = `api/connections/${encodeURIComponent(id)}` + query({ code, reason });
  return (await call(path, { method: "DELETE" })).json();
}

/**
 * Follows the event stream, and calls `take` with each snapshot. Comes back after a pause when the
 * stream ends; `lost` is told about it. Ends only when a token is needed.
 */
export async function follow(take, lost) {
  let pause = 500;
  for (;;) {
    try {
      const answer = await call("api/events", { headers: { Accept: "text/event-stream" } });
      pause = 500;
      await readEvents(answer.body.pipeThrough(new TextDecoderStream()).getReader(), take);
      lost("the stream of events has ended");
    } catch (error) {
      if (error instanceof TokenNeeded) throw error;
      lost(error.message);
    }
    await new Promise((done) => setTimeout(done, pause + Math.random() * pause));
    pause = Math.min(pause * 2, 8000);
  }
}

async function readEvents(reader, take) {
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split(/\r?\n\r?\n/);
    rest = blocks.pop();
    for (const block of blocks) {
      const data = block.split(/\r?\n/).filter((line) => line.startsWith("data:"))
        .map((line) => line.slice(5).trimStart()).join("\n");
      if (data) take(JSON.parse(data));
    }
  }
}
