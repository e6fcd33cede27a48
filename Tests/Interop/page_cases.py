"""The page of the admin listener in headless Chromium: open it, filter, close one connection, explain one URL.

usage: page_cases.py PRODUCTS

Starts an origin and a proxy with streams that are open, and ends by itself. Chromium is the system's.
"""

import select
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from page_world import EVENTS, UPGRADE, opened, running

ALERTS = """
alerts:
  somebody: {metric: connections, above: 0, for: 1ms}
"""
WAIT_MILLISECONDS = 20_000


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


def run_cases(address, clients):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        faults = []
        for scheme in ("light", "dark"):
            page = browser.new_context(color_scheme=scheme).new_page()
            page.set_default_timeout(WAIT_MILLISECONDS)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
            page.goto(address)
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
    with running(Path(sys.argv[1]).resolve(), more=ALERTS) as world:
        streams = [opened(world.port, "/sse", EVENTS) for _ in range(2)]
        clients = [opened(world.port, "/ws", UPGRADE) for _ in range(200)]
        run_cases(world.address, clients)
        for client in streams + clients:
            client.close()
    print("page: all cases passed")


if __name__ == "__main__":
    main()
