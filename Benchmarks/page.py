#!/usr/bin/env python3
"""The page of the admin listener with many connections, in headless Chromium: how long it takes to show them, to filter
them by one more letter, and to draw while they are scrolled through.

usage: page.py PROGRAMS [--connections 10000] [--pictures FOLDER]
       PROGRAMS: the folder of wsproxy, wsroute and wsorigin. Needs `Scripts/bootstrap --interop`; run it with .venv/bin/python.
"""
import argparse, pathlib, resource, shutil, sys, time, urllib.request

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Tests" / "Interop"))
from page_world import UPGRADE, opened, running

ROOMS = '  - {pattern: "/ws/{room}", name: rooms, target: origin, middlewares: [frames], rewrite: {path: /ws}}'
# Frames that were drawn while the list was scrolled from end to end in 120 steps, and how long the slowest took.
SCROLL = """async () => {
  const list = document.querySelector('#connectionsList .frame'), times = [];
  let last = performance.now();
  for (let step = 0; step <= 120; step++) {
    list.scrollTop = list.scrollHeight * step / 120;
    await new Promise(requestAnimationFrame);
    const now = performance.now(); times.push(now - last); last = now;
  }
  times.sort((a, b) => a - b);
  return [times[60], times[times.length - 1]];
}"""


def milliseconds(action) -> float:
    begin = time.monotonic()
    action()
    return (time.monotonic() - begin) * 1000


def measure(page, address: str, origin: str, count: int, pictures: pathlib.Path | None) -> None:
    def picture(name: str) -> None:
        if pictures:
            page.screenshot(path=pictures / f"page-{name}.png")

    opening = milliseconds(lambda: (page.goto(address), page.wait_for_selector(".state.ready")))
    def show() -> None:
        page.click('nav a[href="#connections"]')
        page.wait_for_selector("#connectionsList .row")
    listing = milliseconds(show)
    rows = page.evaluate("document.querySelectorAll('#connectionsList .row').length")
    middle, slowest = page.evaluate(SCROLL)
    page.keyboard.press("/")
    letters = []
    for letter, left in (("r", None), ("o", None), ("o", None), ("m", count // 2)):
        wait = f"#connectionsCount >> text={left}" if left else "#connectionsCount"
        letters.append(milliseconds(lambda: (page.keyboard.type(letter), page.wait_for_selector(wait))))
    picture("filter")
    page.click('nav a[href="#routes"]')
    for number in range(200):
        urllib.request.urlopen(f"{origin}/bytes/{number}").read()
    page.wait_for_selector("#routesList >> text=everything")
    picture("routes")
    page.click('nav a[href="#explain"]')
    page.fill("#explainURL", "ws://ws.example.com/ws/kitchen")
    page.keyboard.press("Enter")
    page.wait_for_selector(".explained .won")
    picture("explain")
    print(f"{count} connections, {rows} rows exist: opened in {opening:.0f} ms, list after {listing:.0f} ms, "
          f"a letter of the filter {max(letters):.0f} ms at most, scrolling {middle:.0f} ms a frame, {slowest:.0f} at most")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("programs", type=pathlib.Path)
    parser.add_argument("--connections", type=int, default=10_000)
    parser.add_argument("--pictures", type=pathlib.Path)
    arguments = parser.parse_args()
    # The proxy has two descriptors for each connection, and keeps some for others.
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if arguments.connections > hard * 0.43:
        arguments.connections = hard * 43 // 200 * 2
        print(f"{hard} descriptors are allowed: {arguments.connections} connections")
    with running(arguments.programs.resolve(), routes=ROOMS) as world:
        clients = [
            opened(world.port, f"/ws/{number}" if number % 2 else "/ws", UPGRADE) for number in range(arguments.connections)]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
            page.set_default_timeout(60_000)
            measure(page, world.address, f"http://127.0.0.1:{world.port}", arguments.connections, arguments.pictures)
            browser.close()
        for client in clients:
            client.close()


if __name__ == "__main__":
    main()
