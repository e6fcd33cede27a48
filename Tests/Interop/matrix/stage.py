"""The servers, the proxy before them, and one run of a case."""

import asyncio

from .outcome import Outcome
from .peers import aiohttp_peer, picows_peer, raw_peer, websockets_peer, wsproto_peer
from .proxy import Proxy
from .sessions import Sessions

MODULES = {
    "websockets": websockets_peer, "aiohttp": aiohttp_peer, "wsproto": wsproto_peer, "picows": picows_peer,
    "raw": raw_peer}
VARIANTS = {
    "websockets": (None, "takeover", "no-takeover", "small-window"), "aiohttp": (None, "takeover"),
    "wsproto": (None, "takeover", "no-takeover", "small-window"), "picows": (None,), "raw": (None,)}
# A policy that makes the proxy look at frames and never acts in any case here.
FRAMES = "{name: frames, type: websocket, config: {max_message_size: 64MiB}}"


def variant_of(library, compression):
    """The variant of a library's server that serves a way of compressing."""
    if compression is None or len(VARIANTS[library]) == 1:
        return None
    return compression if compression in VARIANTS[library] else "takeover"


CANCEL_SECONDS_MAX = 1


# What the paths of a route are, by the middlewares that it goes through.
USUAL_PATHS = {"opaque": (), "framed": ("frames",)}


class Stage:
    """All servers, and a proxy with a route to each for every path."""

    def __init__(self, products, chains=None, definitions=(FRAMES,), variants=None, options=()):
        self.sessions = Sessions()
        self.proxy = Proxy(products)
        self.paths = tuple(chains or USUAL_PATHS)
        self._chains, self._definitions = chains or USUAL_PATHS, definitions
        self._variants, self._options = variants or VARIANTS, options
        self._ports, self._stops = {}, []

    async def start(self):
        """Starts everything. Leaves out a path that is called framed and is not."""
        routes, keys = {}, {}
        for library, variants in self._variants.items():
            for number, variant in enumerate(variants):
                port, stop = await MODULES[library].start_server(self.sessions, variant)
                self._ports[library, variant, "direct"] = port
                self._stops.append(stop)
                for path, chain in self._chains.items():
                    name = f"{library}{number}_{path}"
                    routes[name], keys[name] = (port, chain), (library, variant, path)
        await self.proxy.start(routes, self._definitions, ["--drain-timeout", "1s", *self._options])
        for name, key in keys.items():
            self._ports[key] = self.proxy.ports[name]
        if any(key[2] == "framed" and self.proxy.data_paths[name] != "framed" for name, key in keys.items()):
            self.paths = tuple(path for path in self.paths if path != "framed")
        return self

    async def stop(self):
        """Stops everything."""
        await self.proxy.stop()
        for stop in self._stops:
            try:
                await asyncio.wait_for(asyncio.ensure_future(_finished(stop())), 5)
            except asyncio.TimeoutError:
                pass

    async def run(self, case, client, server, path):
        """Holds the conversation once."""
        options = case.new_options()
        session, target = self.sessions.open(case.server, options)
        port = self._ports[server, variant_of(server, options.compression), path]
        trouble, raised = None, []

        async def both():
            try:
                await MODULES[client].open_client(f"ws://127.0.0.1:{port}{target}", case.client, options)
            except Exception as error:
                raised.append(("raised", type(error).__name__, str(error)))
            # Who was refused has no server to wait for.
            if session.server is not None or not raised:
                await session.done

        task = asyncio.create_task(both())
        done, _ = await asyncio.wait({task}, timeout=case.seconds)
        if not done:
            trouble = f"not finished after {case.seconds} s"
            task.cancel()
            await asyncio.wait({task}, timeout=CANCEL_SECONDS_MAX)
        self.sessions.close(target)
        log = (options.client.log if options.client else []) + raised
        return Outcome(log, session.server.log if session.server else [], trouble)


async def _finished(value):
    if asyncio.iscoroutine(value) or asyncio.isfuture(value):
        await value
