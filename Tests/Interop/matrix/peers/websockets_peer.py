"""The `websockets` library."""

import logging

import websockets
from websockets.asyncio.client import connect
from websockets.asyncio.server import serve
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory, ServerPerMessageDeflateFactory

from .base import Peer, summary

logging.getLogger("websockets").setLevel(logging.CRITICAL)

CLOSE_SECONDS_MAX = 10


class WebsocketsPeer(Peer):
    """Control frames are the library's own business; pongs are seen by who asked for them."""

    name = "websockets"
    sends_fragments = True

    def __init__(self, connection):
        super().__init__()
        self.connection = connection
        self._waiters = {}
        headers = connection.response.headers
        self.note("open", connection.subprotocol, headers.get("Sec-WebSocket-Extensions"))

    async def send(self, message):
        try:
            await self.connection.send(message)
        except websockets.ConnectionClosed as closed:
            self._note_end(closed)

    async def fragments(self, parts):
        await self.connection.send(iter(parts))

    async def ping(self, data=b""):
        self._waiters[data] = await self.connection.ping(data)

    async def pong(self, data=b""):
        await self.connection.pong(data)

    async def await_pong(self, data):
        try:
            await self._waiters.pop(data)
        except websockets.ConnectionClosed as closed:
            self._note_end(closed)
        else:
            self.note("pong", summary(data))

    async def close(self, code=1000, reason=""):
        await self.connection.close(code, reason)

    async def receive(self):
        try:
            message = await self.connection.recv()
        except websockets.ConnectionClosed as closed:
            self._note_end(closed)
            return "closed", None
        kind = "text" if isinstance(message, str) else "binary"
        self.note(kind, summary(message))
        return kind, message

    def _note_end(self, closed):
        received = closed.rcvd
        self.note_closed(received and received.code, received and received.reason)
        self.log[-1] += (("sent", closed.sent and closed.sent.code),)


def factories(compression, factory):
    """The extensions for a named way of compressing."""
    if compression is None:
        return []
    if compression == "no-takeover":
        return [factory(server_no_context_takeover=True, client_no_context_takeover=True)]
    if compression == "small-window":
        return [factory(server_max_window_bits=9, client_max_window_bits=9)]
    return [factory()]


async def open_client(url, script, options):
    """Connects and runs the script. Returns the peer."""
    async with connect(
            url, compression=None, extensions=factories(options.compression, ClientPerMessageDeflateFactory),
            subprotocols=options.offered or None, origin=options.origin, max_size=None, ping_interval=None, proxy=None,
            close_timeout=CLOSE_SECONDS_MAX) as connection:
        peer = WebsocketsPeer(connection)
        options.attach(peer)
        await script(peer)


async def start_server(sessions, compression=None):
    """Listens, and runs the script of the session that a path names. Returns (port, stop)."""
    def choose(connection, offered):
        options = sessions.options(connection.request.path)
        return next((name for name in options.accepted if name in offered), None)

    async def handle(connection):
        await sessions.run(connection.request.path, lambda: WebsocketsPeer(connection))

    server = await serve(
        handle, "127.0.0.1", 0, compression=None,
        extensions=factories(compression, ServerPerMessageDeflateFactory), select_subprotocol=choose,
        max_size=None, ping_interval=None, close_timeout=CLOSE_SECONDS_MAX, open_timeout=None)

    async def stop():
        server.close()
        await server.wait_closed()

    return server.sockets[0].getsockname()[1], stop
