"""Event streams: the same events with and without the proxy, read by clients that nobody here wrote."""

import asyncio

import aiohttp
import httpx
import httpx_sse
import sseclient

from ..peers.raw_peer import field
from ..peers.wire import accept_wires
from ..sockets import awaits_reading

FAMILY = "event streams"
SECONDS_MAX = 10
HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
COMMON = b": hello\n\ndata: one\n\nevent: tick\ndata: two\ndata: more\nid: 7\n\nretry: 1234\ndata\n\ndata:  three\n\n"

# What a stream holds, in the pieces in which it is sent: each goes when the one before was taken.
STREAMS = {
    "LF": [COMMON],
    "CR": [COMMON.replace(b"\n", b"\r") + b": end\r\r"],
    "CRLF": [COMMON.replace(b"\n", b"\r\n")],
    "mixed ends of lines": [b"data: a\r\ndata: b\rdata: c\n\r\n", b"data: d\n\n"],
    "a byte order mark": [b"\xef\xbb\xbf" + COMMON],
    "cut at every byte": [bytes([byte]) for byte in COMMON],
    "CRLF cut at every byte": [bytes([byte]) for byte in COMMON.replace(b"\n", b"\r\n")],
    "an event of 300,000 bytes": [b"data: " + b"x" * 100_000, b"y" * 199_990 + b"\n", b"\n"],
    "a stream that breaks off within an event": [b"data: whole\n\n", b"data: not who"],
    "UTF-8 cut within a character": [b"data: \xe4\xb8", b"\x96\xe7\x95", b"\x8c\n\n"],
    "ids and empty ids": [b"id: 1\ndata: a\n\n", b"id\ndata: b\n\n", b"id: 3\ndata: c\n\n"],
    "nothing": [b""],
}
FRAMINGS = ("chunked", "until close", "content length")


class EventBackend:
    """Sends the pieces that it is told to send, and keeps the heads that it gets."""

    def __init__(self):
        self.pieces, self.framing, self.heads = [], "chunked", []
        # What it waits for before the last piece.
        self.go_on = None

    async def handle(self, wire):
        head, _ = await wire.receive_head()
        self.heads.append(head)
        whole = b"".join(self.pieces)
        lines = {
            "chunked": "Transfer-Encoding: chunked\r\n", "until close": "Connection: close\r\n",
            "content length": f"Content-Length: {len(whole)}\r\n"}
        await wire.send((HEAD + lines[self.framing] + "\r\n").encode())
        for number, piece in enumerate(filter(None, self.pieces)):
            if self.go_on and number == len(self.pieces) - 1:
                await self.go_on.wait()
            await wire.send(b"%x\r\n%s\r\n" % (len(piece), piece) if self.framing == "chunked" else piece)
            await self._taken(wire)
        if self.framing == "chunked":
            await wire.send(b"0\r\n\r\n")

    @staticmethod
    async def _taken(wire):
        while awaits_reading(wire.remote, wire.local):
            await asyncio.sleep(0)


async def read_httpx(url):
    """Events as httpx-sse sees them."""
    async with httpx.AsyncClient(trust_env=False) as client:
        async with httpx_sse.aconnect_sse(client, "GET", url) as source:
            return [(one.event, one.data, one.id, one.retry) async for one in source.aiter_sse()]


async def read_sseclient(url):
    """Events as sseclient-py sees them, from the bytes in the pieces in which they come."""
    async with httpx.AsyncClient(trust_env=False) as client:
        async with client.stream("GET", url, headers={"Accept": "text/event-stream"}) as answer:
            pieces = [piece async for piece in answer.aiter_raw()]
    return [(one.event, one.data, one.id, one.retry) for one in sseclient.SSEClient(iter([b"".join(pieces)])).events()]


async def read_aiohttp(url):
    """The bytes that aiohttp gets."""
    async with aiohttp.ClientSession() as session:
        async with session.get(url, headers={"Accept": "text/event-stream"}) as answer:
            return [(answer.status, answer.content_type, await answer.read())]


READERS = {"httpx-sse": read_httpx, "sseclient-py": read_sseclient, "aiohttp": read_aiohttp}


async def attempt(read, port):
    """What a reader gets, or the name of its trouble."""
    try:
        return await asyncio.wait_for(read(f"http://127.0.0.1:{port}/events"), SECONDS_MAX)
    except asyncio.TimeoutError:
        return "not finished"
    except (httpx.HTTPError, aiohttp.ClientError, httpx_sse.SSEError) as error:
        return type(error).__name__


async def reconnecting(backend, port):
    """Reads three streams one after the other as a client does that reconnects. Returns the ids it told."""
    backend.heads, last_id, events = [], None, []
    async with httpx.AsyncClient(trust_env=False) as client:
        for number in range(3):
            backend.pieces = [b"id: %d\ndata: of stream %d\nretry: 10\n\n" % (number * 10 + 1, number)]
            headers = {"Last-Event-ID": last_id} if last_id else {}
            async with httpx_sse.aconnect_sse(client, "GET", f"http://127.0.0.1:{port}/", headers=headers) as source:
                async for one in source.aiter_sse():
                    last_id = one.id
                    events.append((one.data, one.id, one.retry))
    return events, [field(head, b"Last-Event-ID") for head in backend.heads]


async def with_heartbeats(backend, port):
    """A stream that is silent until a heartbeat came: the events are those of the backend."""
    backend.pieces, backend.go_on, data = [COMMON, b"data: after all\n\n"], asyncio.Event(), b""
    try:
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/") as answer:
                async for piece in answer.content.iter_any():
                    data += piece
                    # COMMON has one comment of its own.
                    if data.count(b"\n:") + data.startswith(b":") > 1:
                        backend.go_on.set()
    finally:
        backend.go_on = None
    return [(one.event, one.data, one.id) for one in sseclient.SSEClient(iter([data])).events()]


async def run(new_proxy, report, is_quick):
    """Runs all."""
    backend = EventBackend()
    port, stop = await accept_wires(backend.handle)
    definition = "{name: heartbeats, type: sse, config: {heartbeat_interval: 1s}}"
    proxy = await new_proxy({"events": (port, ()), "heartbeats": (port, ("heartbeats",))}, (definition,))
    try:
        for framing in FRAMINGS[:1] if is_quick else FRAMINGS:
            backend.framing = framing
            for name, pieces in STREAMS.items():
                backend.pieces = pieces
                for reader, read in READERS.items():
                    direct, proxied = await attempt(read, port), await attempt(read, proxy.ports["events"])
                    problem = None if direct == proxied else f"{direct} direct, {proxied} proxied"
                    report.add(FAMILY, reader, "opaque", f"{name}, {framing}", problem and problem[:400])
        backend.framing = "chunked"
        direct = await asyncio.wait_for(reconnecting(backend, port), SECONDS_MAX)
        proxied = await asyncio.wait_for(reconnecting(backend, proxy.ports["events"]), SECONDS_MAX)
        problem = None if direct == proxied and direct[1] == [None, b"1", b"11"] else f"{direct}, {proxied}"
        report.add(FAMILY, "httpx-sse", "opaque", "reconnects with Last-Event-ID", problem)
        events = await asyncio.wait_for(with_heartbeats(backend, proxy.ports["heartbeats"]), SECONDS_MAX)
        wanted = [(one.event, one.data, one.id) for one in sseclient.SSEClient(
            iter([COMMON + b"data: after all\n\n"])).events()]
        problem = None if events == wanted else f"{wanted} wanted, {events} seen"
        report.add(FAMILY, "sseclient-py", "opaque", "heartbeats between events", problem)
    finally:
        await proxy.stop()
        await stop()
