"""Opcodes, sizes, fragments, control frames between them."""

from ..outcome import LIBRARIES, Case
from ..peers.base import echo

SIZES = (0, 1, 125, 126, 127, 65_535, 65_536, 16 << 20)
FRAGMENTING = ("websockets", "wsproto", "picows")


def text_of(size):
    """ASCII text of a size, that is not the same everywhere."""
    return ("0123456789abcdef" * (size // 16 + 1))[:size - 8] + f"{size:08}" if size >= 8 else "x" * size


def bytes_of(size):
    """Bytes of a size, of all values."""
    return (bytes(range(256)) * (size // 256 + 1))[:size]


async def opcodes(peer):
    await peer.message()
    for message in ("hello", b"\x00\xff\x80", "", b"", "grüße, 世界 🌍"):
        await peer.send(message)
        await peer.message()
    await peer.ping(b"here?")
    await peer.await_pong(b"here?")
    await peer.ping()
    await peer.await_pong(b"")
    await peer.pong(b"unasked")
    await peer.send("after the pong")
    await peer.message()
    await peer.close(1000, "done")
    await peer.until_closed()


async def answer_opcodes(peer):
    await peer.ping(b"are you there?")
    await peer.await_pong(b"are you there?")
    await peer.send("welcome")
    await echo(peer)


async def server_closes(peer):
    await peer.send("go")
    await peer.message()
    await peer.until_closed()


async def close_first(peer):
    await peer.send(await peer.message())
    await peer.close(4001, "grund: ü")
    await peer.until_closed()


def there_and_back(message):
    async def client(peer):
        await peer.send(message)
        if await peer.message() != message:
            peer.note("changed")
        await peer.close()
        await peer.until_closed()
    return client


async def many(peer):
    """Eight hundred messages, each sent before the answer to the one before is read."""
    sent, ahead = 0, 8
    for number in range(800):
        while sent < min(800, number + ahead):
            await peer.send(f"message {sent}")
            sent += 1
        await peer.message()
    await peer.close()
    await peer.until_closed()


async def fragments(peer):
    for parts in (["one ", "two ", "three"], ["", "", ""], ["a", "", "b"], [b"\x00", b"\xff" * 200, b"\x01" * 70_000]):
        await peer.fragments(parts)
        await peer.message()
    await peer.close()
    await peer.until_closed()


async def answer_in_fragments(peer):
    while not peer.is_closed:
        message = await peer.message()
        if message is not None:
            third = max(1, len(message) // 3)
            await peer.fragments([message[:third], message[third:2 * third], message[2 * third:]])


def in_fragments(size, fragment_size=64):
    """Sends a message in fragments."""
    async def script(peer):
        data = bytes_of(size)
        await peer.send_bytes(b"".join(
            peer.frame(2 if at == 0 else 0, data[at:at + fragment_size], fin=at + fragment_size == size)
            for at in range(0, size, fragment_size)))
        await peer.receive()
        await peer.close()
        await peer.finish()
    return script


async def take_one(peer):
    message = await peer.message()
    await peer.send(str(message and len(message)))
    await peer.until_closed()


async def control_between(peer):
    """Pings and pongs between the fragments of a message."""
    await peer.send_frame(1, b"one ", fin=False)
    await peer.ping(b"between")
    await peer.receive()
    await peer.send_frame(0, b"two ", fin=False)
    await peer.pong(b"unasked")
    await peer.send_frame(9, b"x" * 125)
    await peer.receive()
    await peer.send_frame(0, b"three")
    await peer.receive()
    await peer.close()
    await peer.finish()


async def pings_in_flight(peer):
    """Two hundred pings before the first pong is read, and a close behind them."""
    await peer.send_bytes(b"".join(peer.frame(9, b"%d" % number) for number in range(200)))
    await peer.send("last")
    for _ in range(201):
        await peer.receive()
    await peer.close(1000, "all came")
    await peer.finish()


def cases():
    yield Case("opcodes", "text, binary, empty, ping, pong, close by the client", opcodes, answer_opcodes)
    yield Case("opcodes", "close by the server", server_closes, close_first)
    yield Case("opcodes", "800 messages under way", many)
    for size in SIZES:
        small = size <= 65_536
        yield Case("sizes", f"text of {size:,} bytes", there_and_back(text_of(size)), seconds=60, quick=small)
        yield Case("sizes", f"{size:,} bytes", there_and_back(bytes_of(size)), seconds=60, quick=small)
    yield Case("fragments", "of the client", fragments, clients=FRAGMENTING)
    yield Case("fragments", "of the server", there_and_back("from one to many"), answer_in_fragments,
               servers=FRAGMENTING)
    # `websockets` takes a limited number of fragments, which can't be set.
    takers = tuple(library for library in LIBRARIES if library != "websockets")
    for size, name, libraries in ((4 << 20, "4 MiB", takers), (64 << 10, "64 KiB", LIBRARIES)):
        yield Case("fragments", f"{name} in fragments of 64 bytes from the client", in_fragments(size), take_one,
                   clients=("raw",), servers=libraries, seconds=60, quick=False)
        yield Case("fragments", f"{name} in fragments of 64 bytes from the server", take_one, in_fragments(size),
                   clients=libraries, servers=("raw",), seconds=60, quick=False)
    yield Case("control frames", "between fragments of the client", control_between, clients=("raw",))
    yield Case("control frames", "between fragments of the server", echo, control_between, servers=("raw",))
    yield Case("control frames", "pings in flight of the client", pings_in_flight, clients=("raw",))
    yield Case("control frames", "pings in flight of the server", echo, pings_in_flight, servers=("raw",))
