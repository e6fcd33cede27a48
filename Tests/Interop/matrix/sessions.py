"""How a server finds the script of the case that a connection belongs to."""

import asyncio
from dataclasses import dataclass, field


@dataclass
class Options:
    """What a case wants of the handshake, and where its client end is put."""

    offered: tuple = ()
    accepted: tuple = ()
    compression: str = None
    origin: str = None
    client_early: bytes = b""
    server_early: bytes = b""
    cut_heads: bool = False
    client: object = None

    def attach(self, peer):
        """Called by the client once it has an end."""
        self.client = peer


@dataclass
class Session:
    """One conversation: the server's half."""

    script: object
    options: Options
    server: object = None
    done: asyncio.Future = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Sessions:
    """The conversations under way, by the number in their path."""

    def __init__(self):
        self._by_target = {}
        self._count = 0

    def open(self, script, options):
        """A new session. Returns it and its path."""
        self._count += 1
        target = f"/s/{self._count}"
        session = Session(script, options)
        self._by_target[target] = session
        return session, target

    def close(self, target):
        """Forgets a session."""
        self._by_target.pop(target, None)

    def options(self, target):
        """The options of a session."""
        session = self._by_target.get(target)
        return session.options if session else Options()

    async def run(self, target, make_peer):
        """Runs the server's script. What it raises goes into its log."""
        session = self._by_target.get(target)
        if session is None or session.server is not None:
            return
        session.server = make_peer()
        try:
            await session.script(session.server)
        except Exception as error:
            session.server.note("raised", type(error).__name__)
        finally:
            if not session.done.done():
                session.done.set_result(None)
