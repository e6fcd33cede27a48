"""permessage-deflate, negotiated end to end: with and without context takeover."""

from ..outcome import DEFLATING, Case
from .messages import bytes_of


def compressed(messages, count):
    async def script(peer):
        if "deflate" not in str(peer.log[0][2]):
            peer.note("not compressed")
        for _ in range(count):
            for message in messages:
                await peer.send(message)
                await peer.message()
        await peer.close()
        await peer.until_closed()
    return script


def cases():
    messages = ["the same text again and again " * 40, "short", b"\x00" * 200_000, "", bytes_of(70_000)]
    yield Case("compression", "with context takeover", compressed(messages, 3), clients=DEFLATING, servers=DEFLATING,
               options={"compression": "takeover"})
    for way in ("no-takeover", "small-window"):
        yield Case("compression", way, compressed(messages, 3), clients=("websockets", "wsproto"), servers=DEFLATING,
                   options={"compression": way})
    yield Case("compression", "not known to the server", plain_after_all, clients=DEFLATING, servers=("picows",),
               options={"compression": "takeover"})


async def plain_after_all(peer):
    if "deflate" in str(peer.log[0][2]):
        peer.note("compressed")
    await peer.send("plain")
    await peer.message()
    await peer.close()
    await peer.until_closed()
