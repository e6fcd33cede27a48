"""The `picows` library."""

import asyncio
import logging

import picows
from picows import WSMsgType

from .base import Peer, summary

logging.getLogger("picows").setLevel(logging.CRITICAL)

FRAME_BYTES_MAX = 1 << 26


class Listener(picows.WSListener):
    """Puts what happens into a queue."""

    def __init__(self):
        super().__init__()
        self.queue = asyncio.Queue()
        self.transport = None
        self.has_room = asyncio.Event()
        self.has_room.set()

    def on_ws_connected(self, transport):
        self.transport = transport

    def on_ws_frame(self, transport, frame):
        self.queue.put_nowait((frame.msg_type, frame.fin, frame.rsv1, frame.get_payload_as_bytes()))

    def on_ws_disconnected(self, transport):
        self.has_room.set()
        self.queue.put_nowait(None)

    def pause_writing(self):
        self.has_room.clear()

    def resume_writing(self):
        self.has_room.set()


class PicowsPeer(Peer):
    """Shows frames, not messages: fragments count."""

    name = "picows"
    sends_fragments = True

    def __init__(self, listener, is_client, response_headers):
        super().__init__()
        self.listener, self.is_client = listener, is_client
        self._parts, self._kind = [], None
        self.note(
            "open", response_headers.get("Sec-WebSocket-Protocol"), response_headers.get("Sec-WebSocket-Extensions"))

    async def _send(self, kind, data, fin=True):
        await self.listener.has_room.wait()
        self.listener.transport.send(kind, data, fin=fin)

    async def send(self, message):
        if isinstance(message, str):
            await self._send(WSMsgType.TEXT, message.encode())
        else:
            await self._send(WSMsgType.BINARY, message)

    async def fragments(self, parts):
        kind = WSMsgType.TEXT if isinstance(parts[0], str) else WSMsgType.BINARY
        for number, part in enumerate(parts):
            data = part.encode() if isinstance(part, str) else part
            await self._send(kind, data, fin=number == len(parts) - 1)
            kind = WSMsgType.CONTINUATION

    async def ping(self, data=b""):
        await self._send(WSMsgType.PING, data)

    async def pong(self, data=b""):
        await self._send(WSMsgType.PONG, data)

    async def close(self, code=1000, reason=""):
        self.listener.transport.send_close(code, reason.encode())

    async def receive(self):
        item = await self.listener.queue.get()
        if item is None:
            return self._note_end()
        kind, is_final, rsv1, payload = item
        if kind == WSMsgType.CLOSE:
            if self._sent_code() == 1002:
                # Whether what comes behind a violation is still read depends on how it was cut into segments.
                return await self.receive()
            return await self._receive_close(payload)
        if kind in (WSMsgType.PING, WSMsgType.PONG):
            name = kind.name.lower()
            self.note(name, summary(payload))
            if kind == WSMsgType.PING:
                await self.pong(payload)
            return name, payload
        return self._receive_part(kind, is_final, rsv1, payload)

    def _sent_code(self):
        handshake = self.listener.transport.close_handshake
        return int(handshake.sent.code) if handshake and handshake.sent else None

    def _note_end(self):
        self.note_closed(None, None)
        self.note("disconnected", self._sent_code())
        return "closed", None

    async def _receive_close(self, payload):
        transport = self.listener.transport
        code = int.from_bytes(payload[:2], "big") if len(payload) > 1 else None
        if not transport.is_close_frame_sent:
            transport.send_close(code or 1000, payload[2:])
        if not self.is_client:
            transport.disconnect()
        while await self.listener.queue.get() is not None:
            pass
        self.note_closed(code, repr(payload[2:]))
        return "closed", None

    def _receive_part(self, kind, is_final, rsv1, payload):
        if (kind == WSMsgType.CONTINUATION) != bool(self._parts):
            # The library leaves it to its user to see that fragments belong together.
            self.note("broken message", kind.name)
            self.listener.transport.send_close(1002, b"broken message")
            self.listener.transport.disconnect()
            return "broken", None
        if kind != WSMsgType.CONTINUATION:
            self._kind = "text" if kind == WSMsgType.TEXT else "binary"
        self._parts.append(payload)
        if not is_final:
            return "part", None
        data = b"".join(self._parts)
        if self._kind == "text":
            data = data.decode("utf-8", "surrogateescape")
        self.note(self._kind, summary(data), f"{len(self._parts)} frames", bool(rsv1))
        self._parts = []
        return self._kind, data


async def open_client(url, script, options):
    """Connects and runs the script."""
    extra = {"Sec-WebSocket-Protocol": ", ".join(options.offered)} if options.offered else {}
    if options.origin:
        extra["Origin"] = options.origin
    transport, listener = await picows.ws_connect(
        Listener, url, enable_auto_pong=False, max_frame_size=FRAME_BYTES_MAX, extra_headers=extra)
    peer = PicowsPeer(listener, True, transport.response.headers)
    options.attach(peer)
    try:
        await script(peer)
    finally:
        transport.disconnect(graceful=False)


async def start_server(sessions, compression=None):
    """Listens, and runs the script of the session that a path names. Returns (port, stop)."""
    tasks = set()

    class ServerListener(Listener):
        def __init__(self, path, headers):
            super().__init__()
            self.path, self.headers = path, headers

        def on_ws_connected(self, transport):
            super().on_ws_connected(transport)
            task = asyncio.create_task(self._run())
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        async def _run(self):
            await sessions.run(self.path, lambda: PicowsPeer(self, False, self.headers))
            self.transport.disconnect()

    def accept(request):
        path = request.path.decode()
        options = sessions.options(path)
        offered = request.headers.get("Sec-WebSocket-Protocol", "").split(", ")
        chosen = next((name for name in options.accepted if name in offered), None)
        extra = {"Sec-WebSocket-Protocol": chosen} if chosen else {}
        response = picows.WSUpgradeResponse.create_101_response(extra_headers=extra)
        return picows.WSUpgradeResponseWithListener(response, ServerListener(path, extra))

    server = await picows.ws_create_server(
        accept, "127.0.0.1", 0, enable_auto_pong=False, max_frame_size=FRAME_BYTES_MAX)

    async def stop():
        server.close()
        for task in tasks:
            task.cancel()

    return server.sockets[0].getsockname()[1], stop
