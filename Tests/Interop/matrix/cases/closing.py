"""Close codes, and ends without a close: half-closes, resets, in the middle of a frame."""

from .. import frames
from ..outcome import LIBRARIES, Case, bad_gateway_is_told, tail
from ..peers.base import echo
from .messages import bytes_of

BOUNDARIES = frozenset((
    0, 1, 999, *range(1000, 1017), 1100, 1999, 2000, 2999, 3000, 3001, 3999, 4000, 4001, 4999, 5000))
CODE_MAX = 5000


def is_valid(code):
    """Whether a close frame may carry the code (RFC 6455 7.4 and the registry)."""
    return 1000 <= code <= 1003 or 1007 <= code <= 1014 or 3000 <= code <= 4999


def closing(code, reason=b"because"):
    async def script(peer):
        await peer.send_frame(frames.CLOSE, frames.close_payload(code, reason))
        await peer.finish()
    return script


def invalid_code_is_answered(direct, proxied):
    """For `framed`: a code that must not travel is a violation."""
    for end in ("client", "server"):
        seen = proxied.closed_with(end)
        if seen != 1002:
            return f"{end} saw close code {seen} instead of 1002: {tail(getattr(proxied, end))}"
    return None


async def ends_stream(peer):
    await peer.send("last words")
    await peer.receive()
    peer.wire.end_writing()
    await peer.finish()


async def vanishes(peer):
    await peer.send("last words")
    await peer.receive()
    peer.wire.close()


async def resets(peer):
    await peer.send("last words")
    await peer.receive()
    peer.wire.reset()


def breaks_off(byte_count):
    async def script(peer):
        await peer.send("last words")
        await peer.receive()
        await peer.send_bytes(peer.frame(frames.BINARY, bytes_of(200))[:byte_count])
        await peer.was_read()
        peer.wire.close()
    return script


async def half_close(peer):
    """Ends its half of the stream and still takes all that the other end sends."""
    await peer.send("that was all")
    peer.wire.end_writing()
    await peer.finish()


def sends_to_half_closed(size):
    """Sees the end of the stream first, then sends a message and hangs up."""
    async def script(peer):
        while not peer.is_closed:
            await peer.receive()
        await peer.send_bytes(peer.frame(frames.BINARY, bytes_of(size)))
        peer.wire.close()
    return script


def ending_without_close(direct, proxied):
    """For `framed`: who is left may be told 1014 or 1001 by the proxy, or just the end of the stream."""
    for end in ("client", "server"):
        wanted, seen = direct.closed_with(end), proxied.closed_with(end)
        is_told = bad_gateway_is_told(direct, proxied) if end == "client" else seen == 1001
        if seen not in (wanted, None) and not is_told:
            return f"{end} saw close code {seen}: {tail(getattr(proxied, end))}"
    return None


def ended_server_is_gone(direct, proxied):
    """For `framed`: a server that ends its stream without a Close is gone, and its client told 1014."""
    return None if bad_gateway_is_told(direct, proxied) else f"client saw {tail(proxied.client)}"


def both_ways(family, name, script, other=echo, **options):
    """A case of a raw client, and the same of a raw server."""
    yield Case(family, f"{name}, by the client", script, other, clients=("raw",), **options)
    yield Case(family, f"{name}, by the server", other, script, servers=("raw",), **options)


def code_cases():
    for code in range(CODE_MAX + 1):
        is_boundary = code in BOUNDARIES
        libraries = LIBRARIES if is_boundary else (LIBRARIES[code % len(LIBRARIES)],)
        options = {"framed": None if is_valid(code) else invalid_code_is_answered, "quick": is_boundary}
        script = closing(code)
        yield Case("close codes", f"{code} by the client", script, clients=("raw",), servers=libraries, **options)
        yield Case("close codes", f"{code} by the server", echo, script, servers=("raw",), clients=libraries, **options)


def cases():
    yield from code_cases()
    for reason in (b"", b"x" * 123, "grün 🌍".encode()):
        yield from both_ways("close codes", f"1000 with a reason of {len(reason)} bytes", closing(1000, reason))
    yield from both_ways("endings", "end of the stream without a close", ends_stream, framed=ending_without_close)
    yield from both_ways("endings", "hung up without a close", vanishes, framed=ending_without_close)
    yield from both_ways("endings", "reset", resets, framed=ending_without_close)
    for name, byte_count in (("a header", 1), ("a length", 3), ("a payload", 100)):
        yield from both_ways("endings", f"broken off in {name}", breaks_off(byte_count), framed=ending_without_close)
    for size, name in ((4 << 20, "4 MiB"), (20, "20 bytes")):
        for client, server, who in (
                (half_close, sends_to_half_closed(size), "client"), (sends_to_half_closed(size), half_close, "server")):
            yield Case("half-closes", f"of the {who}, and {name} from the other side", client, server, clients=("raw",),
                       servers=("raw",), exact_end=True, framed=ended_server_is_gone if who == "server" else None)
