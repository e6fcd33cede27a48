"""Headless Chromium: WebSocket and EventSource of a page, direct and through the proxy, plain and over TLS."""

import asyncio
import pathlib
import shutil
import signal
import subprocess
import tempfile

from aiohttp import WSMsgType, web

from ..proxy import ProxyFailure
from ..stage import FRAMES

FAMILY = "Chromium"
SECONDS_MAX = 30
ATTEMPTS_MAX = 50
PAGE = "<!doctype html><title>page</title>"

# Each is a function of the page's own origin that ends with what the page saw.
SCRIPTS = {
    "text, binary and empty messages": """async origin => {
        const log = [], socket = new WebSocket(origin.replace("http", "ws") + "/echo");
        socket.binaryType = "arraybuffer";
        await new Promise(done => {
            const messages = ["hello", "", "grüße 🌍", new Uint8Array([0, 255, 128]).buffer, new ArrayBuffer(0)];
            socket.onopen = () => { log.push(["open", socket.protocol, socket.extensions]);
                                    messages.forEach(message => socket.send(message)); };
            socket.onmessage = event => {
                log.push(typeof event.data === "string" ? event.data : Array.from(new Uint8Array(event.data)));
                if (log.length === messages.length + 1) socket.close(4001, "done"); };
            socket.onerror = () => log.push("error");
            socket.onclose = event => { log.push([event.code, event.reason, event.wasClean]); done(); };
        });
        return log; }""",
    "subprotocol": """async origin => {
        const socket = new WebSocket(origin.replace("http", "ws") + "/echo", ["x", "chat.v2", "chat.v1"]);
        return await new Promise(done => {
            socket.onopen = () => { socket.send("!"); };
            socket.onmessage = () => socket.close();
            socket.onclose = event => done([socket.protocol, event.code, event.reason, event.wasClean]); }); }""",
    "a message of 8 MiB there and back": """async origin => {
        const data = new Uint8Array(8 << 20).map((_, index) => index * 7);
        const socket = new WebSocket(origin.replace("http", "ws") + "/echo");
        socket.binaryType = "arraybuffer";
        return await new Promise(done => {
            socket.onopen = () => socket.send(data);
            socket.onmessage = event => {
                const back = new Uint8Array(event.data);
                done([back.length, back.every((value, index) => value === data[index])]); socket.close(); };
            socket.onclose = event => done(["closed", event.code]); }); }""",
    "close codes of the server": """async origin => {
        const log = [];
        for (const code of [1000, 1001, 1008, 1011, 1012, 3000, 4999, "drop"])
            log.push(await new Promise(done => {
                const socket = new WebSocket(origin.replace("http", "ws") + "/close/" + code);
                socket.onclose = event => done([code, event.code, event.reason, event.wasClean]); }));
        return log; }""",
    "a handshake that is refused": """async origin => {
        const socket = new WebSocket(origin.replace("http", "ws") + "/refuse");
        return await new Promise(done => { socket.onclose = event => done([event.code, event.wasClean]); }); }""",
    "fifty sockets at once": """async origin => {
        const one = number => new Promise(done => {
            const socket = new WebSocket(origin.replace("http", "ws") + "/echo");
            socket.onopen = () => socket.send("number " + number);
            socket.onmessage = event => { done(event.data); socket.close(); };
            socket.onerror = () => done("error"); });
        return await Promise.all(Array.from({length: 50}, (_, number) => one(number))); }""",
    "EventSource": """async origin => {
        const log = [], source = new EventSource(origin + "/events/plain");
        await new Promise(done => {
            source.onmessage = event => { log.push(["message", event.data, event.lastEventId]);
                                          if (event.data === "last") { source.close(); done(); } };
            source.addEventListener("tick", event => log.push(["tick", event.data, event.lastEventId])); });
        return log; }""",
    "EventSource reconnects where it stopped": """async origin => {
        const log = [], source = new EventSource(origin + "/events/three");
        await new Promise(done => {
            source.onmessage = event => { log.push([event.data, event.lastEventId]);
                                          if (log.length === 9) { source.close(); done(); } }; });
        return log; }""",
}

# For the drain: when streams open and end, and what a WebSocket sees.
RECONNECT = """origin => {
    window.log = [];
    const source = new EventSource(origin + "/events/endless");
    source.onopen = () => window.log.push(["open", performance.now()]);
    source.onerror = () => window.log.push(["ended", performance.now()]); }"""
SOCKET = """([name, origin]) => {
    const log = [], socket = new WebSocket(origin.replace("http", "ws") + "/echo");
    window.sockets = {...window.sockets, [name]: log};
    socket.onopen = () => log.push("open");
    socket.onclose = event => log.push([event.code, event.reason, event.wasClean]); }"""


async def echo(request):
    socket = web.WebSocketResponse(protocols=("chat.v2", "chat.v1"), max_msg_size=0)
    await socket.prepare(request)
    async for message in socket:
        if message.type == WSMsgType.TEXT:
            await socket.send_str(message.data)
        elif message.type == WSMsgType.BINARY:
            await socket.send_bytes(message.data)
    return socket


async def close(request):
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    code = request.match_info["code"]
    if code == "drop":
        request.transport.close()
    else:
        await socket.close(code=int(code), message=b"because")
    return socket


async def events(request):
    kind = request.match_info["kind"]
    answer = web.StreamResponse(headers={
        "Content-Type": "text/event-stream", "Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"})
    await answer.prepare(request)
    if kind == "plain":
        await answer.write(b": hi\n\ndata: one\n\nid: 5\nevent: tick\r\ndata: two\ndata: three\n\n\xef\xbb\xbf")
        await answer.write("data: grüße\n\ndata: last\n\n".encode())
    elif kind == "three":
        first = int(request.headers.get("Last-Event-ID", "0")) + 1
        for number in range(first, first + 3):
            await answer.write(b"retry: 10\nid: %d\ndata: event %d\n\n" % (number, number))
    else:
        await answer.write(b"data: first\n\n")
        while not request.transport.is_closing():
            await asyncio.sleep(0.05)
    return answer


async def start_origin():
    """Serves the page and what its scripts talk to. Returns (port, stop)."""
    application = web.Application()
    application.router.add_get("/", lambda _: web.Response(text=PAGE, content_type="text/html"))
    application.router.add_get("/echo", echo)
    application.router.add_get("/close/{code}", close)
    application.router.add_get("/refuse", lambda _: web.Response(status=403))
    application.router.add_get("/events/{kind}", events)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return site._server.sockets[0].getsockname()[1], runner.cleanup


def certificate(folder):
    """A self-signed certificate. Returns (certificate, key)."""
    paths = str(pathlib.Path(folder) / "certificate.pem"), str(pathlib.Path(folder) / "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", paths[0], "-keyout",
         paths[1]], check=True, capture_output=True, timeout=60)
    return paths


async def on_page(context, origin, script):
    """Runs a script on a page of the origin and returns what it saw."""
    page = await context.new_page()
    try:
        await page.goto(origin + "/")
        return await asyncio.wait_for(page.evaluate(script, origin), SECONDS_MAX)
    except asyncio.TimeoutError:
        return "not finished"
    finally:
        await page.close()


async def run(paths, new_proxy, report):
    """Runs all, if there is a browser."""
    executable = shutil.which("chromium")
    try:
        from playwright.async_api import async_playwright
    except ImportError:
        return report.skip(FAMILY, "playwright is not installed; Scripts/bootstrap --interop does it")
    if executable is None:
        return report.skip(FAMILY, "chromium is not installed; Scripts/bootstrap --interop does it")
    port, stop = await start_origin()
    try:
        with tempfile.TemporaryDirectory() as folder:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
                context = await browser.new_context(ignore_https_errors=True)
                await compare(context, paths, port, new_proxy, certificate(folder), report)
                await drains(context, port, new_proxy, report)
                await browser.close()
    finally:
        await stop()


async def compare(context, paths, port, new_proxy, pair, report):
    """The scripts, direct and through a plain and an encrypted listener."""
    direct = {name: await on_page(context, f"http://127.0.0.1:{port}", script) for name, script in SCRIPTS.items()}
    routes = {"opaque": (port, ()), "framed": (port, ("frames",))}
    for scheme, tls in (("http", None), ("https", pair)):
        proxy = await new_proxy(routes, tls=tls)
        try:
            for path in paths:
                for name, script in SCRIPTS.items():
                    seen = await on_page(context, f"{scheme}://127.0.0.1:{proxy.ports[path]}", script)
                    problem = difference(name, path, direct[name], seen)
                    report.add(FAMILY, "plain" if tls is None else "TLS", path, name, problem)
        finally:
            await proxy.stop()


def difference(name, path, direct, seen):
    """What is wrong, or None. On the framed path a server that drops its connection is told as 1014."""
    if path == "framed" and name == "close codes of the server":
        dropped = seen.pop() if isinstance(seen, list) else None
        if dropped is None or dropped[1] not in (1006, 1014):
            return f"the dropped connection is seen as {dropped}"
        direct = direct[:-1]
    return None if seen == direct else f"{direct} direct, {seen} proxied"


async def drains(context, port, new_proxy, report):
    """A drain by SIGTERM, and a second proxy at the same ports: what an open WebSocket and an EventSource see of it."""
    routes = {"events": (port, ("events",)), "opaque": (port, ()), "framed": (port, ("frames",))}
    definitions = (FRAMES, "{name: events, type: sse, config: {retry: 1s}}")
    first = await new_proxy(routes, definitions)
    second = None
    page = await context.new_page()
    try:
        await page.goto(f"http://127.0.0.1:{port}/")
        await page.evaluate(RECONNECT, f"http://127.0.0.1:{first.ports['events']}")
        for path in ("opaque", "framed"):
            await page.evaluate(SOCKET, [path, f"http://127.0.0.1:{first.ports[path]}"])
        await settled(page, "window.log.length > 0 && window.sockets.opaque.length + window.sockets.framed.length > 1")
        first.signal(signal.SIGTERM)
        second = await successor(lambda: new_proxy(routes, definitions, listen=first.ports))
        await settled(page, "window.log.length > 2 && window.sockets.opaque.length + window.sockets.framed.length > 3")
        judge_events(await page.evaluate("window.log"), report)
        judge_sockets(await page.evaluate("window.sockets"), first.data_paths["framed"] == "framed", report)
    finally:
        await page.close()
        await first.stop()
        if second:
            await second.stop()


async def successor(start):
    """A proxy at ports that another one is about to leave."""
    for _ in range(ATTEMPTS_MAX):
        try:
            return await start()
        except ProxyFailure as failure:
            if "address in use" not in str(failure):
                raise
    raise ProxyFailure("the ports of a proxy in a drain stay in use")


async def settled(page, condition):
    """Waits until a condition holds on the page."""
    await page.wait_for_function(condition, timeout=SECONDS_MAX * 1000)


def judge_events(log, report):
    """The proxy asks for a return after half to one and a half of the 1 s that its middleware says."""
    kinds, times = [kind for kind, _ in log[:3]], [time for _, time in log[:3]]
    waited = times[2] - times[1]
    problem = None if kinds == ["open", "ended", "open"] and 480 <= waited <= 3000 else f"{log[:3]}, {waited:.0f} ms"
    report.add(FAMILY, "plain", "opaque", "EventSource comes back after a drain when it was told", problem)


def judge_sockets(sockets, is_framed, report):
    """Both paths end with a Close frame, 1001."""
    if not is_framed:
        return report.skip("Chromium: a WebSocket in a drain", "this version knows no frames and cuts its connections")
    for path, seen in sockets.items():
        problem = None if seen[1][0] == 1001 and seen[1][2] else f"the page saw {seen[1]}"
        report.add(FAMILY, "plain", path, "close code of a drain", problem)
