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
import traceback
import zlib

from matrix.cases import (
    browser, closing, compression, conformance, confusion, cuts, drain, events, messages, policies, violations)
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
    """The clients and servers of a case.

    A short selection takes each library once at either end, or one of them where the other end is raw.
    """
    if not is_quick:
        return [(client, server) for client in case.clients for server in case.servers]
    clients, servers = case.clients, case.servers
    if len(clients) == 1 or len(servers) == 1:
        draw = zlib.crc32(case.name.encode())
        return [(clients[draw % len(clients)], servers[draw % len(servers)])]
    return [(clients[number % len(clients)], servers[(number + 1) % len(servers)])
            for number in range(max(len(clients), len(servers)))]


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
    parts = {
        confusion.FAMILY: lambda: confusion.run(stage.paths, new_proxy, report),
        events.FAMILY: lambda: events.run(new_proxy, report, arguments.quick),
        policies.FAMILY: lambda: policies.run(arguments.products, report, arguments.quick),
        drain.FAMILY: lambda: drain.run(arguments.products, report),
    }
    if arguments.browser:
        parts[browser.FAMILY] = lambda: browser.run(stage.paths, new_proxy, report)
    for family, part in parts.items():
        if arguments.only and not family.startswith(tuple(arguments.only)):
            continue
        try:
            await part()
        except Exception:
            report.add(family, "all", "opaque", "the rest of the family", traceback.format_exc())
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
