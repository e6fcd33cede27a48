"""Holds conversations between clients and servers that nobody here wrote, direct and through wsproxy.

    matrix_cases.py PRODUCTS [--quick] [--only FAMILY]… [--browser]

Each end of a conversation writes down what it saw; through the proxy it is to be the same as without, on the opaque
path and on the framed one. Where it is to differ, the case says how. Prints one table.

PRODUCTS is the folder of wsroute and wsproxy. Exits with 1 if anything failed.
"""

import argparse
import asyncio
import logging
import sys
import time

from matrix.cases import browser, closing, compression, conformance, confusion, cuts, events, messages, violations
from matrix.outcome import difference
from matrix.report import Report
from matrix.proxy import Proxy
from matrix.stage import FRAMES, Stage

logging.getLogger("asyncio").setLevel(logging.CRITICAL)

MODULES = (messages, cuts, violations, closing, compression, conformance)


def selected(case, arguments):
    """Whether a case is wanted."""
    return (not arguments.quick or case.quick) and (not arguments.only or case.family.startswith(tuple(arguments.only)))


def pairs(case, is_quick):
    """The clients and servers of a case; a short selection takes each library once at either end."""
    if not is_quick:
        return [(client, server) for client in case.clients for server in case.servers]
    count = max(len(case.clients), len(case.servers))
    return [(case.clients[number % len(case.clients)], case.servers[(number + 1) % len(case.servers)])
            for number in range(count)]


async def run_conversations(arguments, stage, report):
    """The cases that are held direct and through the proxy."""
    for case in (case for module in MODULES for case in module.cases() if selected(case, arguments)):
        begin = time.monotonic()
        for client, server in pairs(case, arguments.quick):
            direct = await stage.run(case, client, server, "direct")
            for path in stage.paths:
                proxied = await stage.run(case, client, server, path)
                problem = difference(case, path, direct, proxied)
                report.add(case.family, f"{client} and {server}", path, case.name, problem)
                if arguments.verbose:
                    print(case.family, case.name, client, server, path, problem or "passed")
                    print("   ", proxied.client, "\n   ", proxied.server)
        if arguments.times and time.monotonic() - begin > 0.5:
            print(f"{time.monotonic() - begin:6.2f} s {case.family}: {case.name}", flush=True)


async def run(arguments):
    """Runs everything. Returns the report."""
    def wanted(family):
        return not arguments.only or family.startswith(tuple(arguments.only))

    async def new_proxy(routes, middlewares=(FRAMES,), **options):
        return await Proxy(arguments.products).start(routes, middlewares, ["--drain-timeout", "1s"], **options)

    report = Report()
    stage = await Stage(arguments.products).start()
    if "framed" not in stage.paths:
        report.skip("framed path", "wsroute explain says that a route with a websocket policy is opaque")
    try:
        await run_conversations(arguments, stage, report)
    finally:
        await stage.stop()
    if wanted(confusion.FAMILY):
        await confusion.run(stage.paths, new_proxy, report, arguments.quick)
    if wanted(events.FAMILY):
        await events.run(new_proxy, report, arguments.quick)
    if arguments.browser and wanted(browser.FAMILY):
        await browser.run(stage.paths, new_proxy, report, arguments.quick)
    return report


def main():
    """Reads the arguments, runs, prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("products")
    parser.add_argument("--quick", action="store_true", help="a selection for every test run")
    parser.add_argument("--only", action="append", default=[], help="only families that begin so")
    parser.add_argument("--browser", action="store_true", help="also headless Chromium")
    parser.add_argument("--verbose", action="store_true", help="print the logs of both ends")
    parser.add_argument("--times", action="store_true", help="print how long each case took")
    report = asyncio.run(run(parser.parse_args()))
    report.print()
    sys.exit(1 if report.failed else 0)


if __name__ == "__main__":
    main()
