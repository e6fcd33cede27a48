"""What every end of a WebSocket can do, whatever library it is made of."""

import hashlib

SHOWN_BYTES_MAX = 40


def summary(data):
    """Data as a log shows it: itself if short, else its size and digest."""
    if data is None or len(data) <= SHOWN_BYTES_MAX:
        return data if data is None or isinstance(data, str) else repr(bytes(data))
    raw = data.encode("utf-8", "surrogateescape") if isinstance(data, str) else bytes(data)
    return f"{len(raw)} bytes {hashlib.sha256(raw).hexdigest()[:12]}"


class Peer:
    """One end. `log` holds what it saw, in order, in a form that can be compared."""

    def __init__(self):
        self.log = []
        self.is_closed = False

    def note(self, *entry):
        """Appends to the log."""
        self.log.append(entry)

    def note_closed(self, code, reason):
        """The end of the conversation; codes that never travel are told as none."""
        if not self.is_closed:
            self.is_closed = True
            self.note("closed", None if code in (0, 1005, 1006) else code, reason or "")

    async def send(self, message):
        """Sends a whole message: text or bytes."""
        raise NotImplementedError

    async def fragments(self, parts):
        """Sends one message in as many frames as there are parts."""
        raise NotImplementedError

    async def ping(self, data=b""):
        """Sends a ping."""
        raise NotImplementedError

    async def pong(self, data=b""):
        """Sends a pong that nobody asked for."""
        raise NotImplementedError

    async def close(self, code=1000, reason=""):
        """Begins the closing handshake, or answers it."""
        raise NotImplementedError

    async def receive(self):
        """Waits for something to happen and logs it. Returns (kind, data)."""
        raise NotImplementedError

    async def await_pong(self, data):
        """Reads until the pong with this payload."""
        while not self.is_closed:
            if await self.receive() == ("pong", data):
                return

    async def message(self):
        """Reads until a message or the end, and returns the message or None."""
        while not self.is_closed:
            kind, data = await self.receive()
            if kind in ("text", "binary"):
                return data
        return None

    async def until_closed(self):
        """Reads all that still comes."""
        while not self.is_closed:
            await self.receive()


async def echo(peer):
    """A server script: sends every message back."""
    while not peer.is_closed:
        message = await peer.message()
        if message is not None:
            await peer.send(message)
