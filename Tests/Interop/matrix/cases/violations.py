"""What RFC 6455 forbids, by a client and by a server, and what the libraries make of it.

On the framed path the proxy itself answers what breaks the framing, with 1002 to both ends. What text frames hold is
the endpoints' business.
"""

from .. import frames
from ..outcome import LIBRARIES, Case, tail, violation_is_answered
from ..peers.base import echo

MASK = b"\x0a\x0b\x0c\x0d"


def attacks(peer):
    """Bytes that break the framing, by name."""
    frame = peer.frame
    for rsv in (1, 2, 3, 4, 7):
        yield f"reserved bits {rsv:03b} on text", frame(1, b"hello", rsv=rsv)
    yield "reserved bits on a ping", frame(9, b"x", rsv=2)
    yield "reserved bits on a continuation", frame(1, b"a", fin=False) + frame(0, b"b", rsv=4)
    for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15):
        yield f"opcode {opcode}", frame(opcode, b"hello")
    yield "opcode 3, empty", frame(3)
    wrong = {"mask": None} if peer.is_client else {"mask": MASK}
    yield "wrong mask on text", frame(1, b"hello", **wrong)
    yield "wrong mask on an empty ping", frame(9, b"", **wrong)
    for size, length_bytes in ((0, 2), (5, 2), (125, 2), (5, 8), (126, 8), (65_535, 8)):
        yield f"{size} bytes with a length of {length_bytes} bytes", frame(1, b"x" * size, length_bytes=length_bytes)
    yield "a ping of 126 bytes", frame(9, b"x" * 126)
    yield "a pong of 70,000 bytes", frame(10, b"x" * 70_000)
    yield "a ping with a length of 2 bytes", frame(9, b"x", length_bytes=2)
    yield "a ping in fragments", frame(9, b"x", fin=False) + frame(0, b"y")
    yield "a close in fragments", frame(8, b"\x03\xe8", fin=False) + frame(0, b"y")
    yield "a continuation of nothing", frame(0, b"hello")
    yield "text within a message", frame(1, b"a", fin=False) + frame(1, b"b")
    yield "binary within a message", frame(1, b"a", fin=False) + frame(2, b"b")
    yield "a close of 1 byte", frame(8, b"\x03")
    yield "a close of 126 bytes", frame(8, frames.close_payload(1000, b"x" * 124))
    yield "a close whose reason is no UTF-8", frame(8, frames.close_payload(1000, b"\xce\xba\xff"))


ENDLESS = {
    "a length above 2^63": b"\xff" * 8, "a length of 2^63": b"\x80" + bytes(7),
}

BROKEN_TEXT = {
    "0xff": b"\xff", "a lone continuation byte": b"a\x80b", "a cut character": b"\xe4\xb8",
    "two bytes too long": b"\xc0\xaf",
    "three bytes too long": b"\xe0\x80\xaf", "a surrogate": b"\xed\xa0\x80", "above U+10FFFF": b"\xf4\x90\x80\x80",
    "five bytes": b"\xf8\x88\x80\x80\x80",
}


def at_once(name):
    """Sends a valid message, then what is wrong and a close in one segment."""
    async def script(peer):
        await peer.send("fine")
        await peer.receive()
        peer.close_was_sent = True
        end = peer.frame(frames.CLOSE, frames.close_payload(1000))
        await peer.send_bytes(dict(attacks(peer))[name] + end)
        await peer.finish()
    return script


def byte_by_byte(name):
    """Sends a valid message, then what is wrong, each byte when the one before was taken. Closes if it was taken."""
    async def script(peer):
        await peer.send("fine")
        await peer.receive()
        wrong = dict(attacks(peer))[name]
        await peer.send_octets(wrong[:40])
        await peer.send_bytes(wrong[40:])
        kind, _ = await peer.receive()
        if kind in ("close", "closed"):
            return await peer.part()
        await peer.close()
        await peer.finish()
    return script


async def answer_one(peer):
    """The victim of what is sent at once: whether it would have time for an answer to more is chance."""
    await peer.send(await peer.message())
    await peer.until_closed()


def never_ending(length):
    """Sends a length that no frame can have, and the end of the stream."""
    async def script(peer):
        await peer.send("fine")
        await peer.receive()
        await peer.send_bytes(b"\x82\xff" + length + MASK if peer.is_client else b"\x82\x7f" + length)
        peer.wire.end_writing()
        await peer.finish()
    return script


def broken_text(data):
    """Sends text that is no UTF-8: whole, and in fragments."""
    async def script(peer):
        await peer.send_bytes(peer.frame(1, b"good ", fin=False) + peer.frame(0, data))
        await peer.finish()
    return script


async def data_behind_close(peer):
    await peer.send_bytes(
        peer.frame(1, b"before") + peer.frame(8, frames.close_payload(1000)) + peer.frame(1, b"behind")
        + peer.frame(9, b"behind"))
    peer.close_was_sent = True
    await peer.finish()


async def two_closes(peer):
    await peer.send_bytes(
        peer.frame(8, frames.close_payload(1000, b"one")) + peer.frame(8, frames.close_payload(1001, b"two")))
    peer.close_was_sent = True
    await peer.finish()


def nothing_behind_close(_):
    """For `framed`: what comes behind a Close frame goes nowhere, so nobody is offended by it."""
    def compare(direct, proxied):
        for end in ("client", "server"):
            seen = proxied.closed_with(end)
            if seen not in (1000, 1014, direct.closed_with(end)) or "behind" in str(getattr(proxied, end)):
                return f"{end} saw {tail(getattr(proxied, end))}"
        return None
    return compare


def both_ways(family, name, script, framed=None, victim=echo, libraries=LIBRARIES, **options):
    """A case of a raw client, and the same of a raw server."""
    for violator in ("client", "server"):
        scripts = (script, victim) if violator == "client" else (victim, script)
        ends = {"clients": ("raw",), "servers": libraries}
        if violator == "server":
            ends = {"clients": libraries, "servers": ("raw",)}
        yield Case(family, f"{name}, by the {violator}", *scripts, framed=framed and framed(violator), **ends,
                   **options)


class _Shape:
    """Enough of a peer to ask for the names of the attacks."""

    is_client = True

    @staticmethod
    def frame(opcode, payload=b"", **options):
        return frames.frame(opcode, payload, **options)


def cases():
    for name, _ in attacks(_Shape):
        yield from both_ways("violations", f"{name}, at once", at_once(name), violation_is_answered, answer_one)
        yield from both_ways(
            "violations", f"{name}, byte by byte", byte_by_byte(name), violation_is_answered, quick=False)
    for name, length in ENDLESS.items():
        yield from both_ways("violations", name, never_ending(length), violation_is_answered)
    for name, data in BROKEN_TEXT.items():
        yield from both_ways("invalid UTF-8", name, broken_text(data))
    # `picows` takes what comes behind a close for a violation if it reads both at once, and else does not see it.
    libraries = tuple(library for library in LIBRARIES if library != "picows")
    yield from both_ways(
        "close", "data behind it", data_behind_close, nothing_behind_close, libraries=libraries)
    yield from both_ways("close", "a second one", two_closes, nothing_behind_close, libraries=libraries)
