"""Ends that nobody asked for but the operator: clients and servers of all libraries are told, on every path."""

import asyncio
import functools
import signal
import tempfile

import aiohttp

from ..outcome import LIBRARIES, tail
from ..proxy import ProxyFailure
from ..stage import Stage
from .policies import ALL_LIBRARIES, PolicyCase

FAMILY = "drain"
SECONDS = 15


async def ended(products, report, way, code, end):
    """Ends a proxy while every pair has a connection open; `end` does it."""
    folder = tempfile.TemporaryDirectory()
    admin = f"{folder.name}/admin"
    options = [] if way == "SIGTERM" else ["--admin", f"unix:{admin}"]
    stage = Stage(products, variants=ALL_LIBRARIES, options=options)
    try:
        await stage.start()
    except ProxyFailure as failure:
        await stage.stop()
        folder.cleanup()
        if not options:
            raise
        return report.skip(f"{FAMILY}: {way}", f"this version has no admin listener: {str(failure)[:200]}")
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
        await end(stage, admin)
        for (client, server, path), outcome in zip(chosen, await asyncio.gather(*runs)):
            report.add(FAMILY, f"{client} and {server}", path, way, outcome.trouble or told(outcome, code))
        exit_code = await asyncio.wait_for(stage.proxy.wait(), SECONDS) if way == "SIGTERM" else 0
        report.add(FAMILY, "the proxy", "opaque", way, None if exit_code == 0 else f"exit code {exit_code}")
    finally:
        await stage.stop()
        folder.cleanup()


def told(outcome, code):
    """Whether both ends saw the code."""
    for end in ("client", "server"):
        seen = outcome.closed_with(end)
        if seen != code:
            return f"{end} saw close code {seen} instead of {code}: {tail(getattr(outcome, end))}"
    return None


async def signalled(stage, _):
    stage.proxy.signal(signal.SIGTERM)


async def asked(method, path, stage, admin):
    """Asks the admin listener for the end of all connections."""
    async with aiohttp.ClientSession(connector=aiohttp.UnixConnector(admin)) as session:
        async with session.request(method, f"http://localhost{path}", skip_auto_headers=["Content-Type"]) as answer:
            if answer.status >= 300:
                raise RuntimeError(f"{method} {path}: {answer.status} {await answer.text()}")


async def run(products, report):
    """A signal, a request, and an operator who closes all connections."""
    probe = await Stage(products, variants={"raw": (None,)}).start()
    await probe.stop()
    if "framed" not in probe.paths:
        return report.skip(FAMILY, "this version knows no frames and cuts its connections")
    await ended(products, report, "SIGTERM", 1001, signalled)
    await ended(products, report, "POST /api/drain", 1012, functools.partial(asked, "POST", "/api/drain"))
    await ended(products, report, "DELETE /api/connections", 4321,
                functools.partial(asked, "DELETE", "/api/connections?kind=websocket&code=4321&reason=enough"))
