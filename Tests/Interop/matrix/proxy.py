"""A wsproxy process with a listener for each route that is wanted."""

import asyncio
import collections
import json
import os
import pathlib
import re
import subprocess
import tempfile

FIRST_PORT = 10001
LINES_KEPT = 400
STOP_SECONDS_MAX = 10


class ProxyFailure(Exception):
    """wsroute or wsproxy did not do what it was asked for."""


class Proxy:
    """Listener `n` belongs to route `n`; the ports are in `ports`, by the names of the routes."""

    def __init__(self, products):
        self.products = pathlib.Path(products)
        self.ports, self.data_paths = {}, {}
        self.lines = collections.deque(maxlen=LINES_KEPT)
        self._process, self._readers = None, []
        self._folder = tempfile.TemporaryDirectory()

    async def start(self, routes, middlewares=(), options=(), service="", top="", tls=None, listen=None):
        """Compiles and starts.

        `routes` maps a name to (port of the backend, names of middlewares). `middlewares` are their definitions,
        a line of YAML each; `service` is YAML for every service, `top` for the top level. `tls` is (certificate,
        key) for all listeners, `listen` the ports to bind instead of free ones, by the names of the routes.
        """
        folder = pathlib.Path(self._folder.name)
        source, table = folder / "config.yaml", folder / "routes.bin"
        source.write_text(configuration(routes, middlewares, service, top, tls))
        self._run("compile", "--allow-inert", source, "-o", table)
        for number, name in enumerate(routes):
            url = f"ws://proxy.example:{FIRST_PORT + number}/s/1"
            answer = self._run("explain", "--routes", table, "--format", "json", url)
            self.data_paths[name] = json.loads(answer)["data_path"]
        bound = [part for number, name in enumerate(routes)
                 for part in ("--listen", f"127.0.0.1:{(listen or {}).get(name, 0)}={FIRST_PORT + number}")]
        self._process = await asyncio.create_subprocess_exec(
            str(self.products / "wsproxy"), "--routes", str(table), "--log-format", "json", "--workers", "2",
            *bound, *options, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            limit=1 << 20, env={key: value for key, value in os.environ.items() if not key.startswith("WEBSOCKET_")})
        ready = asyncio.get_running_loop().create_future()
        for stream in (self._process.stdout, self._process.stderr):
            self._readers.append(asyncio.create_task(self._read(stream, ready)))
        line = await asyncio.wait_for(ready, 20)
        self.ports = dict(zip(routes, (int(port) for port in re.findall(r"127\.0\.0\.1:(\d+)", line)), strict=True))
        return self

    def _run(self, *arguments):
        result = subprocess.run(
            [str(self.products / "wsroute"), *map(str, arguments)], capture_output=True, text=True, timeout=60)
        if result.returncode != 0:
            raise ProxyFailure(f"wsroute {arguments[0]}: {result.stdout}{result.stderr}")
        return result.stdout

    async def _read(self, stream, ready):
        async for raw in stream:
            line = raw.decode(errors="replace").rstrip()
            self.lines.append(line)
            if "listeners=" in line and not ready.done():
                ready.set_result(line)
        if not ready.done():
            ready.set_exception(ProxyFailure("wsproxy ended: " + "\n".join(self.lines)))

    def signal(self, number):
        """Sends a signal."""
        self._process.send_signal(number)

    async def wait(self):
        """Waits for the end and returns the exit code."""
        return await self._process.wait()

    async def stop(self):
        """Ends the process, by force if it does not go by itself."""
        if self._process and self._process.returncode is None:
            self._process.terminate()
            self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), STOP_SECONDS_MAX)
            except asyncio.TimeoutError:
                self._process.kill()
                await self._process.wait()
        await asyncio.gather(*self._readers, return_exceptions=True)
        self._folder.cleanup()


def configuration(routes, middlewares, service, top, tls):
    """The YAML: a listener, a host rule and a service for each route."""
    lines = [top, "listeners:"]
    secure = f', tls: {{certificate: "{tls[0]}", key: "{tls[1]}"}}' if tls else ""
    for number in range(len(routes)):
        lines.append(f"  - {{address: 127.0.0.1, port: {FIRST_PORT + number}{secure}}}")
    lines.append("services:")
    for name, (port, _) in routes.items():
        lines.append(f'  {name}: {{url: "http://127.0.0.1:{port}"{service}}}')
    if middlewares:
        lines += ["middlewares:"] + [f"  - {line}" for line in middlewares]
    lines.append("host_rules:")
    for number, (name, (_, chain)) in enumerate(routes.items()):
        lines.append(
            f'  - {{pattern: "*", port: {FIRST_PORT + number}, route_rules: '
            f'[{{pattern: /*, name: {name}, target: {name}, middlewares: [{", ".join(chain)}]}}]}}')
    return "\n".join(lines) + "\n"
