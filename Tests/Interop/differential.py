"""Sends random and hostile messages through wsproxy, nginx and HAProxy, and lists what wsproxy alone accepts.

    differential.py PRODUCTS [COUNT [SEED]]

PRODUCTS is the folder of wsroute and wsproxy. COUNT requests are sent by a client, and a third as many answers by a
backend. A request is accepted where the backend reads all of it and its answer comes back, an answer where the client
gets it whole. What wsproxy accepts and both others refuse is printed and makes the script fail: where two widely used
proxies see a fault, there is one. Where a field's value stands behind a tab, they are asked again with a space: RFC 9110
section 5.6.3 allows both, nginx takes no tab before Host's value, and what HAProxy refused for a reason of its own is
then no fault that both see. So does anything that wsproxy passes on and that a strict reader refuses, or that
stands behind a request. Prints `skipped` and exits with 0 where nginx or HAProxy is not installed.
"""

import asyncio
import os
import random
import re
import shutil
import sys
import tempfile

from hostile.answers import draw_answer
from hostile.proxies import NAMES, start
from hostile.reading import Malformed, read_answer, read_request
from hostile.requests import draw_request

SECONDS_MAX = 0.5
SECONDS_MAX_AGAIN = 3
AT_ONCE = 100
SHOWN_BYTES_MAX = 600
PLAIN = b"GET /a HTTP/1.1\r\nHost: a.example\r\n\r\n"
FINE = b"HTTP/1.1 200 OK\r\nX-Of-The-Backend: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
TAB_BEFORE_VALUE = re.compile(rb"(?m)^([!#$%&'*+.^_`|~0-9A-Za-z-]+:)[ \t]*\t[ \t]*")
BROKEN = (asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.TimeoutError, ConnectionError, ValueError)


def without_tabs(message):
    """The same head with a space where tabs stand before a field's value; the content stays."""
    head, end, content = message.partition(b"\r\n\r\n")
    return TAB_BEFORE_VALUE.sub(rb"\1 ", head) + end + content


class Comparison:
    def __init__(self, count, seed):
        draw = random.Random(seed)
        self.requests = [draw_request(draw) for _ in range(count)]
        self.answers = [draw_answer(draw) for _ in range(count // 3)]
        self.accepted = {kind: dict.fromkeys(NAMES, 0) for kind in ("requests", "answers")}
        self.malformed = dict.fromkeys(NAMES, 0)
        self.faults = []
        self.refused_for_tabs = 0
        self.limit = asyncio.Semaphore(AT_ONCE)

    def note(self, name, text, message):
        """A proxy has passed on what can be read in more than one way."""
        self.malformed[name] += 1
        if name == "wsproxy":
            self.faults.append(f"wsproxy passes on {text}: {message[:SHOWN_BYTES_MAX]!r}")

    async def serve(self, name, reader, writer):
        """Answers one request: `/answer/N` with the answer of that number, others with a fine one."""
        try:
            head = await read_request(reader)
            path = head.line.split(b" ")[1]
            number = path.removeprefix(b"/answer/")
            if number != path and number.isdigit() and int(number) < len(self.answers):
                writer.write(self.answers[int(number)])
            else:
                writer.write(FINE)
                await writer.drain()
                behind = await asyncio.wait_for(reader.read(65_536), SECONDS_MAX)
                if behind:
                    self.note(name, "bytes behind a request", behind)
        except Malformed as error:
            self.note(name, str(error), b"")
        except BROKEN:
            pass
        writer.close()

    async def ask(self, port, request, seconds, is_head=False):
        """The whole answer's head, None if there is none, or what is wrong with it."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        try:
            writer.write(request)
            return await asyncio.wait_for(read_answer(reader, is_head), seconds)
        except Malformed as error:
            return error
        except BROKEN:
            return None
        finally:
            writer.close()

    async def accepts_request(self, port, request, seconds):
        is_head = request.lstrip(b"\r\n").startswith(b"HEAD ")
        answer = await self.ask(port, request, seconds, is_head)
        return hasattr(answer, "line") and bool(answer.values(b"x-of-the-backend"))

    async def accepts_answer(self, port, number, seconds, name=None):
        request = b"GET /answer/%d HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n" % number
        answer = await self.ask(port, request, seconds)
        if isinstance(answer, Malformed):
            if name:
                self.note(name, str(answer), self.answers[number])
            return True
        return answer is not None and answer.line.split(b" ")[1] not in (b"502", b"500", b"503", b"504")

    async def compare(self, kind, accepts, item, shown):
        async with self.limit:
            verdicts = await asyncio.gather(*(accepts(name, item, SECONDS_MAX) for name in NAMES))
        for name, verdict in zip(NAMES, verdicts):
            self.accepted[kind][name] += verdict
        if verdicts[0] and not any(verdicts[1:]):
            # A proxy that was slow has not refused.
            async with self.limit:
                again = await asyncio.gather(*(accepts(name, item, SECONDS_MAX_AGAIN) for name in NAMES[1:]))
            if not any(again) and kind == "requests" and without_tabs(item) != item:
                async with self.limit:
                    again = await asyncio.gather(
                        *(accepts(name, without_tabs(item), SECONDS_MAX_AGAIN) for name in NAMES[1:]))
                self.refused_for_tabs += any(again)
            if not any(again):
                self.faults.append(f"wsproxy alone accepts of {kind}: {shown[:SHOWN_BYTES_MAX]!r}")

    async def run(self, products):
        servers, backends = [], {}
        for name in NAMES:
            server = await asyncio.start_server(
                lambda reader, writer, name=name: self.serve(name, reader, writer), "127.0.0.1", 0, backlog=512, limit=1 << 20)
            servers.append(server)
            backends[name] = server.sockets[0].getsockname()[1]
        with tempfile.TemporaryDirectory() as folder:
            ports, processes = start(folder, products, backends)
            try:
                await self.await_start(ports)
                await asyncio.gather(*(
                    self.compare(
                        "requests", lambda name, request, seconds: self.accepts_request(ports[name], request, seconds),
                        request, request)
                    for request in self.requests))
                await asyncio.gather(*(
                    self.compare(
                        "answers",
                        lambda name, number, seconds: self.accepts_answer(ports[name], number, seconds, name),
                        number, self.answers[number])
                    for number in range(len(self.answers))))
                for name, process in zip(NAMES, processes):
                    if process.poll() is not None:
                        self.faults.append(f"{name} has ended with {process.returncode}")
            finally:
                for process in processes:
                    process.terminate()
                for process in processes:
                    process.wait(10)

    async def await_start(self, ports):
        for port in ports.values():
            for _ in range(100):
                try:
                    if await self.accepts_request(port, PLAIN, SECONDS_MAX_AGAIN):
                        break
                except OSError:
                    pass
                await asyncio.sleep(0.05)
            else:
                raise SystemExit("a proxy does not answer a plain request")


def main():
    if len(sys.argv) not in (2, 3, 4):
        sys.exit(f"usage: {sys.argv[0]} PRODUCTS [COUNT [SEED]]")
    os.environ["PATH"] += ":/usr/sbin"
    if not shutil.which("nginx") or not shutil.which("haproxy"):
        print("skipped: nginx or haproxy is not installed")
        return 0
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 20261121
    comparison = Comparison(count, seed)
    asyncio.run(comparison.run(sys.argv[1]))
    for kind, accepted in comparison.accepted.items():
        total = len(getattr(comparison, kind))
        print(f"{total} {kind}, seed {seed}; accepted: " + ", ".join(f"{name} {accepted[name]}" for name in NAMES))
    print("passed on so that it can be read in two ways: " + ", ".join(f"{name} {comparison.malformed[name]}" for name in NAMES))
    print(f"refused by one of the others for nothing but a tab before a value: {comparison.refused_for_tabs}")
    for fault in comparison.faults:
        print(fault)
    print(f"{len(comparison.faults)} accepted by wsproxy alone")
    return 1 if comparison.faults else 0


sys.exit(main())
