"""The `aiohttp` library."""

import logging

import aiohttp
from aiohttp import WSMsgType, web

from .base import Peer, summary

logging.getLogger("aiohttp").setLevel(logging.CRITICAL)

WINDOW_BITS = {"takeover": 15, "no-takeover": 15, "small-window": 9}


class AiohttpPeer(Peer):
    """Pings and pongs are shown and answered here."""

    name = "aiohttp"
    sends_fragments = False

    def __init__(self, socket, subprotocol, extensions):
        super().__init__()
        self.socket = socket
        self.note("open", subprotocol, extensions)

    async def send(self, message):
        try:
            if isinstance(message, str):
                await self.socket.send_str(message)
            else:
                await self.socket.send_bytes(message)
        except (ConnectionError, RuntimeError):
            pass

    async def ping(self, data=b""):
        await self.socket.ping(data)

    async def pong(self, data=b""):
        await self.socket.pong(data)

    async def close(self, code=1000, reason=""):
        await self.socket.close(code=code, message=reason.encode())
        self.note_closed(self.socket.close_code, None)

    async def receive(self):
        message = await self.socket.receive()
        if message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
            kind = message.type.name.lower()
        elif message.type == WSMsgType.PING:
            kind = "ping"
            try:
                await self.socket.pong(message.data)
            except (ConnectionError, RuntimeError):
                pass
        elif message.type == WSMsgType.PONG:
            kind = "pong"
        elif message.type == WSMsgType.ERROR:
            self.note("error", str(message.data))
            self.note_closed(self.socket.close_code, None)
            return "closed", None
        else:
            self.note_closed(self.socket.close_code, message.extra)
            return "closed", None
        data = message.data if kind == "text" else bytes(message.data)
        self.note(kind, summary(data))
        return kind, data


async def open_client(url, script, options):
    """Connects and runs the script."""
    compress = WINDOW_BITS.get(options.compression, 0)
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(
                url, protocols=options.offered, origin=options.origin, autoping=False, max_msg_size=0,
                compress=compress) as socket:
            headers = socket._response.headers
            peer = AiohttpPeer(socket, socket.protocol, headers.get("Sec-WebSocket-Extensions"))
            options.attach(peer)
            await script(peer)


async def start_server(sessions, compression=None):
    """Listens, and runs the script of the session that a path names. Returns (port, stop)."""
    async def handle(request):
        options = sessions.options(request.raw_path)
        socket = web.WebSocketResponse(
            protocols=options.accepted, autoping=False, max_msg_size=0, compress=compression is not None)
        await socket.prepare(request)
        await sessions.run(
            request.raw_path,
            lambda: AiohttpPeer(socket, socket.ws_protocol, socket.headers.get("Sec-WebSocket-Extensions")))
        return socket

    application = web.Application()
    application.router.add_route("GET", "/{path:.*}", handle)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return site._server.sockets[0].getsockname()[1], runner.cleanup
