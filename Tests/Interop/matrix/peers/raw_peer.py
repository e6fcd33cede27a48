"""An end that sends what it likes, by the byte, and logs what comes back frame by frame."""

import asyncio
import base64
import hashlib
import os

from .. import frames
from ..sockets import awaits_reading
from .base import Peer, summary
from .wire import Wire, accept_wires

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
KINDS = {
    frames.CONTINUATION: "continuation", frames.TEXT: "text", frames.BINARY: "binary", frames.CLOSE: "close",
    frames.PING: "ping", frames.PONG: "pong"}


def accept_value(key):
    """The Sec-WebSocket-Accept for a key."""
    return base64.b64encode(hashlib.sha1(key.strip() + GUID).digest()).decode()


def field(head, name):
    """The value of a header field, or None."""
    for line in head.split(b"\r\n")[1:]:
        key, _, value = line.partition(b":")
        if key.strip().lower() == name.lower():
            return value.strip()
    return None


class RawPeer(Peer):
    """Knows frames, and no rule."""

    name = "raw"
    sends_fragments = True

    def __init__(self, wire, is_client):
        super().__init__()
        self.wire, self.is_client = wire, is_client
        self.frames = frames.FrameReader()
        self.close_was_sent = False
        self.answers_pings = True

    def frame(self, opcode, payload=b"", **options):
        """The bytes of a frame, masked if this is the client, unless told otherwise."""
        options.setdefault("mask", b"\x11\x22\x33\x44" if self.is_client else None)
        return frames.frame(opcode, payload, **options)

    async def send_bytes(self, data):
        """Sends bytes as they are."""
        await self.wire.send(data)

    async def send_frame(self, opcode, payload=b"", **options):
        """Sends one frame."""
        self.close_was_sent |= opcode == frames.CLOSE
        await self.send_bytes(self.frame(opcode, payload, **options))

    async def send(self, message):
        if isinstance(message, str):
            await self.send_frame(frames.TEXT, message.encode())
        else:
            await self.send_frame(frames.BINARY, message)

    async def fragments(self, parts):
        opcode = frames.TEXT if isinstance(parts[0], str) else frames.BINARY
        for number, part in enumerate(parts):
            data = part.encode() if isinstance(part, str) else part
            await self.send_frame(opcode, data, fin=number == len(parts) - 1)
            opcode = frames.CONTINUATION

    async def ping(self, data=b""):
        await self.send_frame(frames.PING, data)

    async def pong(self, data=b""):
        await self.send_frame(frames.PONG, data)

    async def close(self, code=1000, reason=""):
        await self.send_frame(frames.CLOSE, frames.close_payload(code, reason.encode()))

    async def was_read(self):
        """Waits until whoever is connected here has taken all bytes that were sent."""
        while awaits_reading(self.wire.remote, self.wire.local):
            await asyncio.sleep(0)

    async def send_octets(self, data):
        """Sends byte by byte, each when the one before was taken."""
        for byte in data:
            await self.send_bytes(bytes([byte]))
            await self.was_read()

    async def send_opening(self, head, early, is_cut):
        """Sends a head and what shall be in the same segment, or both byte by byte."""
        if is_cut:
            await self.send_octets(head + early)
        else:
            await self.send_bytes(head + early)

    async def receive(self):
        while (one := self.frames.next()) is None:
            try:
                data = await self.wire.receive()
            except ConnectionError:
                return self._note_end("reset")
            if not data:
                return self._note_end("eof")
            self.frames.feed(data)
        kind = KINDS.get(one.opcode, f"opcode {one.opcode}")
        if kind == "close":
            code = int.from_bytes(one.payload[:2], "big") if len(one.payload) > 1 else None
            self.note("close", code, repr(one.payload[2:]))
            return kind, one.payload
        marks = [] if one.is_final else ["more"]
        marks += [f"rsv {one.rsv}"] if one.rsv else []
        marks += ["wrongly masked" if one.is_masked else "not masked"] if one.is_masked == self.is_client else []
        self.note(kind, summary(one.payload), *marks)
        if kind == "ping" and self.answers_pings:
            await self.pong(one.payload)
        return kind, one.payload.decode("utf-8", "surrogateescape") if kind == "text" else one.payload

    def _note_end(self, way):
        self.is_closed = True
        self.note("end", way)
        if self.frames.rest:
            self.note("unfinished", self.frames.rest)
        return "closed", None

    async def finish(self):
        """Reads up to a close or the end."""
        while not self.is_closed:
            kind, _ = await self.receive()
            if kind == "close":
                break
        await self.part()

    async def part(self):
        """After a close came: answers it. Then the server hangs up, and the client waits for that."""
        if not self.close_was_sent and not self.is_closed:
            await self.close()
        while self.is_client and not self.is_closed:
            await self.receive()
        self.wire.close()


def request_head(host, target, options, key):
    """The opening handshake of a client."""
    lines = [
        f"GET {target} HTTP/1.1", f"Host: {host}", "Upgrade: websocket", "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13"]
    if options.offered:
        lines.append("Sec-WebSocket-Protocol: " + ", ".join(options.offered))
    if options.origin:
        lines.append(f"Origin: {options.origin}")
    if options.compression:
        lines.append("Sec-WebSocket-Extensions: permessage-deflate")
    return "\r\n".join(lines + ["", ""]).encode()


async def open_client(url, script, options):
    """Connects and runs the script."""
    host, _, target = url.removeprefix("ws://").partition("/")
    wire = await Wire.connect(int(host.partition(":")[2]))
    peer = RawPeer(wire, True)
    options.attach(peer)
    try:
        key = base64.b64encode(os.urandom(16)).decode()
        await peer.send_opening(request_head(host, f"/{target}", options, key), options.client_early, options.cut_heads)
        head, rest = await wire.receive_head()
        peer.frames.feed(rest)
        status = head.split(b" ")[1]
        if status != b"101":
            raise ConnectionError(f"refused with {status.decode()}")
        if field(head, b"Sec-WebSocket-Accept") != accept_value(key.encode()).encode():
            raise ConnectionError("the accept value is wrong")
        protocol = field(head, b"Sec-WebSocket-Protocol")
        peer.note("open", protocol and protocol.decode(), repr(field(head, b"Sec-WebSocket-Extensions")))
        await script(peer)
    finally:
        wire.close()


async def start_server(sessions, compression=None):
    """Listens, and runs the script of the session that a path names. Returns (port, stop)."""
    async def handle(wire):
        head, rest = await wire.receive_head()
        target = head.split(b" ")[1].decode()
        options = sessions.options(target)
        offered = (field(head, b"Sec-WebSocket-Protocol") or b"").decode().split(", ")
        chosen = next((name for name in options.accepted if name in offered), None)
        lines = [
            "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
            f"Sec-WebSocket-Accept: {accept_value(field(head, b'Sec-WebSocket-Key'))}"]
        lines += [f"Sec-WebSocket-Protocol: {chosen}"] if chosen else []
        peer = RawPeer(wire, False)
        peer.frames.feed(rest)
        await peer.send_opening("\r\n".join(lines + ["", ""]).encode(), options.server_early, options.cut_heads)

        def opened():
            peer.note("open", chosen, repr(field(head, b"Sec-WebSocket-Extensions")))
            return peer

        await sessions.run(target, opened)

    return await accept_wires(handle)
