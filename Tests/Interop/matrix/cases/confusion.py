"""Upgrades that are none: whatever a backend or a client says, no tunnel comes of it.

What is to happen is fixed here and compared with nothing. A tunnel would show: the bytes that the client sends behind
its request would arrive at the backend as they are.
"""

import asyncio
import base64
import os

from ..peers.raw_peer import accept_value, field
from ..peers.wire import Wire, accept_wires

FAMILY = "upgrade confusion"
MARK = b"\x81\x85\x00\x00\x00\x00TUNNEL-BYTES"
SECONDS_MAX = 10

ANSWERS = {
    "200": ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200),
    "200 that says it upgrades": (
        "HTTP/1.1 200 OK\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 2\r\n\r\nok", 200),
    "426": (
        "HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 0\r\n\r\n", 426),
    "401": ("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", 401),
    "302": ("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n", 302),
    "101 without Upgrade": ("HTTP/1.1 101 X\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n", 502),
    "101 without Connection": ("HTTP/1.1 101 X\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n\r\n", 502),
    "101 for another protocol": (
        "HTTP/1.1 101 X\r\nUpgrade: h2c\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n", 502),
    "101 with a wrong accept": (
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n", 502),
    "101 without an accept": ("HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", 502),
    "101 with two accepts": (
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n"
        "Sec-WebSocket-Accept: x\r\n\r\n", 502),
    "101 with a subprotocol that nobody offered": (
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n"
        "Sec-WebSocket-Protocol: other\r\n\r\n", 502),
    "101 of HTTP/1.0": (
        "HTTP/1.0 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n", 502),
}

UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\n"
KEY = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
# Each with what the proxy may answer. 502 is for the backend's 101, which nobody asked for.
REQUESTS = {
    "without Connection: upgrade": ("GET", "HTTP/1.1", "Upgrade: websocket\r\n" + KEY, {400, 502}),
    "without Upgrade": ("GET", "HTTP/1.1", "Connection: Upgrade\r\n" + KEY, {502}),
    "with POST": ("POST", "HTTP/1.1", UPGRADE + KEY + "Content-Length: 0\r\n", {400, 405, 502}),
    "with HTTP/1.0": ("GET", "HTTP/1.0", UPGRADE + KEY, {400, 502}),
    "for h2c": (
        "GET", "HTTP/1.1", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n",
        {502}),
    "for h2c with a key": ("GET", "HTTP/1.1", "Connection: Upgrade\r\nUpgrade: h2c\r\n" + KEY, {400, 502}),
    "without a key": ("GET", "HTTP/1.1", UPGRADE + "Sec-WebSocket-Version: 13\r\n", {400}),
    "with a short key": (
        "GET", "HTTP/1.1", UPGRADE + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c2hvcnQ=\r\n", {400}),
    "with two keys": ("GET", "HTTP/1.1", UPGRADE + KEY + "Sec-WebSocket-Key: {key}\r\n", {400}),
    "without a version": ("GET", "HTTP/1.1", UPGRADE + "Sec-WebSocket-Key: {key}\r\n", {400, 426}),
    "with version 8": (
        "GET", "HTTP/1.1", UPGRADE + "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: {key}\r\n", {426}),
    "with content": ("GET", "HTTP/1.1", UPGRADE + KEY + "Content-Length: 5\r\n", {400, 502}),
    "with chunked content": ("GET", "HTTP/1.1", UPGRADE + KEY + "Transfer-Encoding: chunked\r\n", {400, 502}),
}


async def wait_for_end(wire):
    """Reads to the end of the stream and returns what came."""
    data = b""
    try:
        while more := await wire.receive():
            data += more
    except ConnectionError:
        pass
    return data


class Backend:
    """Answers every request as it is told and keeps what it got behind the head."""

    def __init__(self):
        self.answer, self.received, self.heads = "", b"", []

    async def handle(self, wire):
        data = b""
        while True:
            while b"\r\n\r\n" in data:
                head, _, data = data.partition(b"\r\n\r\n")
                self.heads.append(head)
                key = field(head, b"Sec-WebSocket-Key") or b""
                await wire.send(self.answer.replace("{accept}", accept_value(key)).encode())
            more = await wire.receive()
            if not more:
                break
            data += more
            self.received += more


async def exchange(port, method, version, fields):
    """Sends a request with bytes for a tunnel behind it. Returns the status and what came behind the head."""
    key = base64.b64encode(os.urandom(16)).decode()
    wire = await Wire.connect(port)
    try:
        head = f"{method} /s/1 {version}\r\nHost: x.example\r\n{fields.replace('{key}', key)}\r\n"
        await wire.send(head.encode())
        answer, rest = await wire.receive_head()
        await wire.send(MARK)
        wire.end_writing()
        rest += await wait_for_end(wire)
    finally:
        wire.close()
    return int(answer.split(b" ")[1]), answer, rest


async def judged(backend, port, request, wanted):
    """Why this went wrong, or None."""
    backend.received, backend.heads = b"", []
    try:
        status, answer, _ = await asyncio.wait_for(exchange(port, *request), SECONDS_MAX)
    except asyncio.TimeoutError:
        return f"not finished after {SECONDS_MAX} s"
    except ConnectionError as error:
        return f"no answer: {error}"
    if status == 101:
        return "a tunnel was opened"
    if status not in wanted:
        return f"{status} instead of {' or '.join(map(str, sorted(wanted)))}"
    if status == 426 and wanted == {426} and "8" in request[2] and field(answer, b"Sec-WebSocket-Version") != b"13":
        return "426 does not name version 13"
    if b"TUNNEL-BYTES" in backend.received:
        return "the backend got the client's bytes as they were"
    return None


async def run(stage_paths, new_proxy, report):
    """Runs all, on each path."""
    backend = Backend()
    port, stop = await accept_wires(backend.handle)
    proxy = await new_proxy({"opaque": (port, ()), "framed": (port, ("frames",))})
    handshake = ("GET", "HTTP/1.1", UPGRADE + KEY)
    try:
        for path in stage_paths:
            for name, (answer, status) in ANSWERS.items():
                backend.answer = answer
                problem = await judged(backend, proxy.ports[path], handshake, {status})
                report.add(FAMILY, "raw and raw", path, f"a backend that answers {name}", problem)
            backend.answer = (
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Accept: {accept}\r\n\r\n")
            for name, (method, version, fields, wanted) in REQUESTS.items():
                problem = await judged(backend, proxy.ports[path], (method, version, fields), wanted)
                report.add(FAMILY, "raw and raw", path, f"a request {name}", problem)
    finally:
        await proxy.stop()
        await stop()
