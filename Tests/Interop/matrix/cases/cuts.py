"""Bytes that arrive in pieces: frames cut at every byte, and handshakes a byte at a time."""

from ..frames import BINARY, PING, TEXT
from ..outcome import LIBRARIES, Case
from ..peers.base import echo
from .messages import bytes_of, text_of


async def cut_everywhere(peer):
    """One message for every place where its frame can be cut; the second piece goes when the first was taken."""
    for opcode, size in ((TEXT, 5), (TEXT, 0), (PING, 3), (BINARY, 200), (BINARY, 66_000)):
        frame = peer.frame(opcode, text_of(size).encode())
        places = range(1, len(frame)) if len(frame) < 100 else [*range(1, 18), len(frame) - 1]
        for place in places:
            await peer.send_bytes(frame[:place])
            await peer.was_read()
            await peer.send_bytes(frame[place:])
            await peer.receive()
    await peer.close()
    await peer.finish()


async def byte_by_byte(peer):
    """Fragments with a ping between, and a close, each byte for itself."""
    stream = b"".join((
        peer.frame(TEXT, b"in p", fin=False), peer.frame(PING, b"p"), peer.frame(0, b"ieces"),
        peer.frame(BINARY, bytes_of(130))))
    await peer.send_octets(stream)
    for _ in range(3):
        await peer.receive()
    await peer.close(1000, "enough")
    await peer.finish()


async def several_in_a_segment(peer):
    """Twenty frames in one piece, and one that is cut at its end."""
    frames = b"".join(peer.frame(TEXT, b"%d" % number) for number in range(20))
    await peer.send_bytes(frames[:-1])
    await peer.was_read()
    await peer.send_bytes(frames[-1:])
    for _ in range(20):
        await peer.receive()
    await peer.close()
    await peer.finish()


async def read_then_close(peer):
    for _ in range(2):
        await peer.message()
    await peer.close()
    await getattr(peer, "finish", peer.until_closed)()


async def just_read(peer):
    """A raw server that answers nothing but the close."""
    await peer.finish()


def both_ways(name, script, **options):
    """A case of a raw client, and the same of a raw server."""
    yield Case("cut frames", f"{name}, by the client", script, echo, clients=("raw",), **options)
    yield Case("cut frames", f"{name}, by the server", echo, script, servers=("raw",), **options)


def cases():
    yield from both_ways("at every byte", cut_everywhere)
    yield from both_ways("byte by byte", byte_by_byte)
    yield from both_ways("many in a segment", several_in_a_segment)
    masked = b"\x81\x85\x11\x22\x33\x44" + bytes(a ^ b for a, b in zip(b"early", b"\x11\x22\x33\x44\x11"))
    masked += b"\x82\x81\x00\x00\x00\x00\xfe"
    plain = b"\x81\x05early\x82\x01\xfe"
    large = b"\x82\x7f" + (1 << 20).to_bytes(8, "big") + bytes_of(1 << 20) + plain[:7]
    for cut in (False, True):
        how = "byte by byte" if cut else "in one segment"
        # `wsproto` as a server drops what comes with the request.
        libraries = LIBRARIES if cut else tuple(library for library in LIBRARIES if library != "wsproto")
        yield Case("early frames", f"behind the request, {how}", read_then_close, echo, clients=("raw",),
                   servers=libraries, options={"client_early": masked, "cut_heads": cut})
        yield Case("early frames", f"behind the answer, {how}", read_then_close, just_read, servers=("raw",),
                   options={"server_early": plain, "cut_heads": cut})
    yield Case("early frames", "1 MiB behind the answer", read_then_close, just_read, servers=("raw",),
               options={"server_early": large})
    yield Case("early frames", "on both sides", read_then_close, just_read, clients=("raw",), servers=("raw",),
               options={"client_early": masked, "server_early": plain})
    for offered, accepted in ((("a", "b", "c"), ("b",)), (("a", "b"), ()), ((), ("b",)), (("chat.v2",), ("chat.v2",))):
        yield Case("subprotocols", f"{list(offered)} offered, {list(accepted)} known", read_nothing, echo,
                   options={"offered": offered, "accepted": accepted})


async def read_nothing(peer):
    await peer.send("over " + str(peer.log[0][1]))
    await peer.message()
    await peer.close()
    await peer.until_closed()
