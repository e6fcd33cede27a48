"""A drain: clients and servers of all libraries are told with 1001, on every path."""

import asyncio
import signal

from ..outcome import LIBRARIES, tail
from ..stage import Stage
from .policies import ALL_LIBRARIES, PolicyCase

FAMILY = "drain"
SECONDS = 15


async def run(products, report):
    """Ends a proxy while every pair has a connection open."""
    stage = await Stage(products, variants=ALL_LIBRARIES).start()
    if "framed" not in stage.paths:
        await stage.stop()
        return report.skip(FAMILY, "this version knows no frames and cuts its connections")
    opened = asyncio.Queue()

    async def stays(peer):
        await peer.send("hello")
        await peer.message()
        opened.put_nowait(peer)
        await getattr(peer, "finish", peer.until_closed)()

    async def answers(peer):
        await peer.send(await peer.message())
        await getattr(peer, "finish", peer.until_closed)()

    libraries = (*LIBRARIES, "raw")
    chosen = [(client, server, path) for client in libraries for server in libraries for path in stage.paths]
    try:
        runs = [asyncio.create_task(stage.run(PolicyCase("stays", path, stays, answers), client, server, path))
                for client, server, path in chosen]
        for _ in runs:
            await asyncio.wait_for(opened.get(), SECONDS)
        stage.proxy.signal(signal.SIGTERM)
        for (client, server, path), outcome in zip(chosen, await asyncio.gather(*runs)):
            problem = outcome.trouble
            for end in ("client", "server"):
                seen = outcome.closed_with(end)
                if seen != 1001 and problem is None:
                    problem = f"{end} saw close code {seen} instead of 1001: {tail(getattr(outcome, end))}"
            report.add(FAMILY, f"{client} and {server}", path, "SIGTERM", problem)
        code = await asyncio.wait_for(stage.proxy.wait(), SECONDS)
        report.add(FAMILY, "the proxy", "opaque", "exit code", None if code == 0 else f"exit code {code}")
    finally:
        await stage.stop()
