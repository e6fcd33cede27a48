"""The `wsproto` library over a socket."""

from wsproto import ConnectionType, WSConnection
from wsproto.connection import ConnectionState
from wsproto.events import (
    AcceptConnection, BytesMessage, CloseConnection, Message, Ping, Pong, RejectConnection, Request, TextMessage)
from wsproto.extensions import PerMessageDeflate
from wsproto.utilities import RemoteProtocolError

from .base import Peer, summary
from .wire import Wire, accept_wires


def deflate(compression):
    """The extensions for a named way of compressing."""
    if compression is None:
        return []
    if compression == "no-takeover":
        return [PerMessageDeflate(client_no_context_takeover=True, server_no_context_takeover=True)]
    if compression == "small-window":
        return [PerMessageDeflate(client_max_window_bits=9, server_max_window_bits=9)]
    return [PerMessageDeflate()]


class WsprotoPeer(Peer):
    """Counts the frames of a message."""

    name = "wsproto"
    sends_fragments = True

    def __init__(self, connection, wire):
        super().__init__()
        self.connection, self.wire = connection, wire
        self.is_client = connection.client
        self._events = []
        self._parts, self._frame_count = [], 0

    async def _send(self, event):
        await self.wire.send(bytes(self.connection.send(event)))

    async def send(self, message):
        if self.connection.state == ConnectionState.OPEN:
            await self._send(Message(data=message))

    async def fragments(self, parts):
        for number, part in enumerate(parts):
            await self._send(Message(data=part, message_finished=number == len(parts) - 1))

    async def ping(self, data=b""):
        await self._send(Ping(payload=data))

    async def pong(self, data=b""):
        await self._send(Pong(payload=data))

    async def close(self, code=1000, reason=""):
        await self._send(CloseConnection(code=code, reason=reason or None))

    async def next_event(self):
        """The next thing that the library tells, or None at the end of the stream."""
        while not self._events:
            try:
                data = await self.wire.receive()
            except ConnectionError:
                data = b""
            if not data:
                return None
            self.connection.receive_data(data)
            self._events.extend(self.connection.events())
        return self._events.pop(0)

    async def receive(self):
        event = await self.next_event()
        if event is None:
            self.note_closed(None, None)
            self.wire.close()
            return "closed", None
        if isinstance(event, CloseConnection):
            return await self._receive_close(event)
        if isinstance(event, (Ping, Pong)):
            kind, data = type(event).__name__.lower(), bytes(event.payload)
            self.note(kind, summary(data))
            if kind == "ping" and self.connection.state == ConnectionState.OPEN:
                await self._send(event.response())
            return kind, data
        return self._receive_part(event)

    def _receive_part(self, event):
        self._parts.append(event.data)
        self._frame_count += event.frame_finished
        if not event.message_finished:
            return "part", None
        kind = "text" if isinstance(event, TextMessage) else "binary"
        data = ("" if kind == "text" else b"").join(self._parts)
        self.note(kind, summary(data), f"{self._frame_count} frames")
        self._parts, self._frame_count = [], 0
        return kind, data

    async def _receive_close(self, event):
        if self.connection.state in (ConnectionState.OPEN, ConnectionState.REMOTE_CLOSING):
            await self._send(event.response())
        if self.is_client:
            await self._await_end()
        self.wire.close()
        self.note_closed(int(event.code), event.reason)
        return "closed", None

    async def _await_end(self):
        try:
            while await self.wire.receive():
                pass
        except ConnectionError:
            pass


async def open_client(url, script, options):
    """Connects and runs the script."""
    host, _, target = url.removeprefix("ws://").partition("/")
    wire = await Wire.connect(int(host.partition(":")[2]))
    peer = WsprotoPeer(WSConnection(ConnectionType.CLIENT), wire)
    options.attach(peer)
    try:
        await peer._send(Request(
            host=host, target=f"/{target}", subprotocols=list(options.offered),
            extensions=deflate(options.compression),
            extra_headers=[(b"Origin", options.origin.encode())] if options.origin else []))
        event = await peer.next_event()
        if not isinstance(event, AcceptConnection):
            status = event.status_code if isinstance(event, RejectConnection) else None
            raise RemoteProtocolError(f"refused with {status}")
        peer.note("open", event.subprotocol, ",".join(e.name for e in event.extensions))
        await script(peer)
    finally:
        wire.close()


async def start_server(sessions, compression=None):
    """Listens, and runs the script of the session that a path names. Returns (port, stop)."""
    async def handle(wire):
        peer = WsprotoPeer(WSConnection(ConnectionType.SERVER), wire)
        event = await peer.next_event()
        if not isinstance(event, Request):
            return
        options = sessions.options(event.target)
        chosen = next((name for name in options.accepted if name in event.subprotocols), None)
        await peer._send(AcceptConnection(subprotocol=chosen, extensions=deflate(compression)))

        def opened():
            peer.note("open", chosen, ",".join(str(e) for e in event.extensions))
            return peer

        await sessions.run(event.target, opened)

    return await accept_wires(handle)
