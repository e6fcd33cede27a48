"""The page of the admin listener in headless Chromium: open it, filter, close one connection, explain one URL.

usage: page_cases.py PRODUCTS

Starts an origin and a proxy with streams that are open, and ends by itself. Chromium is the system's.
"""

import re
import select
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

CONFIGURATION = """
services:
  origin: {{url: "http://127.0.0.1:{port}"}}
middlewares:
  - {{name: frames, type: websocket, config: {{connection_tracking: true}}}}
route_rules:
  - {{pattern: /ws, name: chat, target: origin, middlewares: [frames]}}
  - {{pattern: /*, name: everything, target: origin}}
alerts:
  somebody: {{metric: connections, above: 0, for: 1ms}}
"""
UPGRADE = (
    "GET /ws HTTP/1.1\r\nHost: ws.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
EVENTS = "GET /sse HTTP/1.1\r\nHost: sse.example.com\r\nAccept: text/event-stream\r\n\r\n"
WAIT_MILLISECONDS = 20_000


def start(command, pattern):
    """Starts a program and reads the line with its ports."""
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    line = program.stdout.readline()
    found = re.search(pattern, line)
    if not found:
        program.terminate()
        sys.exit(f"{command[0]} said: {line}")
    return program, [int(port) for port in found.groups()]


def opened(port, request):
    """A connection with a stream on it."""
    client = socket.create_connection(("127.0.0.1", port), timeout=20)
    client.sendall(request.encode())
    head = b""
    while b"\r\n\r\n" not in head:
        head += client.recv(4096)
    return client


def closed_one(clients):
    """Takes away the client that gets a Close frame: its code and reason. Several are equally old."""
    readable, _, _ = select.select(clients, [], [], WAIT_MILLISECONDS / 1000)
    assert len(readable) == 1, readable
    client = readable[0]
    clients.remove(client)
    data = b""
    while len(data) < 4:
        data += client.recv(4096)
    assert data[0] == 0x88, data
    return int.from_bytes(data[2:4], "big"), data[4:2 + data[1]].decode()


def run_cases(admin_port, clients):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        faults = []
        for scheme in ("light", "dark"):
            page = browser.new_context(color_scheme=scheme).new_page()
            page.set_default_timeout(WAIT_MILLISECONDS)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
            page.goto(f"http://127.0.0.1:{admin_port}/")
            page.wait_for_selector(".state.ready")
            page.wait_for_selector(".alerts .firing >> text=somebody")
            print(f"page: {scheme}: traffic and a firing alert are shown")
            page.click('nav a[href="#upstreams"]')
            page.wait_for_selector(".service .health.unknown")
            page.wait_for_selector("#services td.n >> text=ms")
            print(f"page: {scheme}: an endpoint has a state and a latency")
            page.click('nav a[href="#connections"]')
            page.wait_for_selector("#connectionsList .row")
            rows = page.evaluate("document.querySelectorAll('#connectionsList .row').length")
            assert len(clients) > 150 > rows > 10, rows
            print(f"page: {scheme}: of many rows only those in view exist")
            page.keyboard.press("/")
            page.keyboard.type("chat")
            page.wait_for_selector(f"#connectionsCount >> text={len(clients)} of")
            print(f"page: {scheme}: the filter leaves the route's own")
            page.focus("#connectionsList .frame")
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Delete")
            page.wait_for_selector("#closing[open]")
            page.fill("#closingCode", "4001")
            page.fill("#closingReason", "by hand")
            page.keyboard.press("Enter")
            page.wait_for_selector("#closing", state="hidden")
            page.wait_for_selector(f"#connectionsCount >> text={len(clients) - 1} of")
            assert closed_one(clients) == (4001, "by hand")
            print(f"page: {scheme}: a connection is closed by the keyboard, with code and reason")
            page.click('nav a[href="#explain"]')
            page.fill("#explainURL", "ws://ws.example.com/ws")
            page.keyboard.press("Enter")
            page.wait_for_selector(".explained .won >> text=/ws")
            print(f"page: {scheme}: a URL is explained")
        browser.close()
        assert not faults, faults


def main():
    products = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        origin, (origin_port,) = start(
            [products / "wsorigin", "--listen", "127.0.0.1:0"], r"127\.0\.0\.1:(\d+)")
        proxy = None
        try:
            source = Path(folder, "page.yaml")
            source.write_text(CONFIGURATION.format(port=origin_port))
            table = Path(folder, "routes.bin")
            subprocess.run(
                [products / "wsroute", "compile", source, "-o", table], check=True,
                stdout=subprocess.DEVNULL)
            proxy, (admin_port, port) = start(
                [products / "wsproxy", "--routes", table, "--listen", "127.0.0.1:0=8080",
                 "--admin", "127.0.0.1:0", "--log-level", "error"],
                r"admin=127\.0\.0\.1:(\d+) .*listeners=127\.0\.0\.1:(\d+)")
            streams = [opened(port, EVENTS) for _ in range(2)]
            clients = [opened(port, UPGRADE) for _ in range(200)]
            run_cases(admin_port, clients)
            for client in streams + clients:
                client.close()
        finally:
            for program in (proxy, origin):
                if program:
                    program.terminate()
                    program.wait(timeout=60)
    print("page: all cases passed")


if __name__ == "__main__":
    main()
