"""A tester before an echo, by sections as conformance suites have them: the tester's verdict must not change.

Each case is a list of steps. A step is bytes and whether an answer is due; it is sent whole, or octet by octet.
"""

from ..frames import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, close_payload
from ..outcome import DEFLATING, LIBRARIES, Case, violation_is_answered
from ..peers.base import echo
from .messages import bytes_of, text_of

CHOP_BYTES = 997
# The first and the last character of each length, beside surrogates and beyond them.
VALID_TEXT = (
    "\x00\x7f", "\u0080\u07ff", "\u0800\ud7ff\ue000\ufffd", "\U00010000\U0010ffff", "\ufffe\uffff", "grüße, 世界 🌍")
BROKEN_TEXT = (
    b"\x80", b"\xbf", b"\x80\xbf\x80", b"\xc0", b"\xc0\x80", b"\xc1\xbf", b"\xe0\x80", b"\xe0\x9f\xbf", b"\xf0\x80\x80", b"\xf0\x8f\xbf\xbf",
    b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xfc\x84\x80\x80\x80\x80", b"\xfe",
    b"\xff", b"ja\xc3", b"ja\xc3(", b"ja\xe2\x82(", b"ja\xf0\x9f(", "grüße ".encode() + b"\xed\xa0\x80 nach")
VALID_CODES = (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999)
INVALID_CODES = (0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65_535)

# A step: opcode, payload, options of the frame, whether an answer is due.
HELLO = (TEXT, b"Hello", {}, True)
PROBE = (PING, b"probe", {}, True)
MORE = {"fin": False}


def framing():
    """1: sizes."""
    for size in (0, 125, 126, 127, 128, 65_535, 65_536):
        yield f"text of {size} bytes", [(TEXT, text_of(size).encode(), {}, True)], False
        yield f"{size} bytes", [(BINARY, bytes_of(size), {}, True)], False


def pings():
    """2: pings and pongs."""
    for payload in (b"", b"Hello", b"\x00\xff\xfe\xfd", b"\xfe" * 125):
        yield f"ping of {len(payload)} bytes", [(PING, payload, {}, True)], False
    yield "ping of 126 bytes", [(PING, b"x" * 126, {}, True)], True
    yield "unasked pongs", [(PONG, b"", {}, False), (PONG, b"unasked", {}, False), PROBE], False
    yield "ten pings", [(PING, b"%d" % number, {}, True) for number in range(10)], False


def reserved():
    """3: reserved bits."""
    for rsv in range(1, 8):
        yield f"reserved bits {rsv:03b}", [HELLO, (TEXT, b"bad", {"rsv": rsv}, True), PROBE], True
        yield f"reserved bits {rsv:03b} on a ping", [HELLO, (PING, b"bad", {"rsv": rsv}, True)], True


def opcodes():
    """4: opcodes that mean nothing."""
    for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15):
        yield f"opcode {opcode}, empty", [(opcode, b"", {}, True)], True
        yield f"opcode {opcode} behind text", [HELLO, (opcode, b"bad", {}, True), PROBE], True


def fragmentation():
    """5: fragments."""
    one, two = (TEXT, b"one", MORE, False), (CONTINUATION, b"two", MORE, False)
    last, empty = (CONTINUATION, b"three", {}, True), (CONTINUATION, b"", MORE, False)
    yield "a ping in fragments", [(PING, b"a", MORE, True), (CONTINUATION, b"b", {}, False)], True
    yield "a pong in fragments", [(PONG, b"a", MORE, True), (CONTINUATION, b"b", {}, False)], True
    yield "two fragments", [one, last], False
    yield "a ping between", [one, PROBE, last], False
    yield "pings everywhere", [PROBE, one, PROBE, two, PROBE, last, PROBE], False
    yield "a continuation of nothing", [(CONTINUATION, b"bad", {}, True)], True
    yield "a last continuation twice", [one, last, (CONTINUATION, b"bad", {}, True)], True
    yield "an unfinished continuation of nothing", [(CONTINUATION, b"bad", MORE, True), HELLO], True
    yield "text within a message", [one, (TEXT, b"bad", {}, True)], True
    yield "binary within a message", [one, two, (BINARY, b"bad", {}, True)], True
    yield "empty fragments", [(TEXT, b"", MORE, False), empty, (CONTINUATION, b"", {}, True)], False


def encoding():
    """6: UTF-8, whole and a frame for each octet."""
    for text in (*(text.encode("utf-8", "surrogatepass") for text in VALID_TEXT), *BROKEN_TEXT):
        yield f"{text!r}", [(TEXT, text, {}, True)], False
        steps = [(TEXT, text[:1], MORE, False)]
        steps += [(CONTINUATION, text[at:at + 1], MORE, False) for at in range(1, len(text))]
        yield f"{text!r} by fragments", [*steps, (CONTINUATION, b"", {}, True)], False


def closing():
    """7: the closing handshake."""
    close = (CLOSE, close_payload(1000), {}, True)
    yield "behind a message", [HELLO, close], False
    yield "without a code", [(CLOSE, b"", {}, True)], False
    yield "within a message", [(TEXT, b"one", MORE, False), close], False
    yield "one byte", [(CLOSE, b"\x03", {}, True)], True
    yield "the longest reason", [(CLOSE, close_payload(1000, b"x" * 123), {}, True)], False
    yield "a reason too long", [(CLOSE, close_payload(1000, b"x" * 124), {}, True)], True
    yield "a reason that is no UTF-8", [(CLOSE, close_payload(1000, b"\xce\xba\xed\xa0\x80"), {}, True)], True
    for code in VALID_CODES:
        yield f"code {code}", [(CLOSE, close_payload(code), {}, True)], False
    for code in INVALID_CODES:
        yield f"code {code}", [(CLOSE, close_payload(code), {}, True)], True


SECTIONS = (framing, pings, reserved, opcodes, fragmentation, encoding, closing)


def tester(steps, by_octet):
    """Sends the steps and writes down the answers."""
    async def script(peer):
        for opcode, payload, options, answered in steps:
            data = peer.frame(opcode, payload, **options)
            peer.close_was_sent |= opcode == CLOSE
            if by_octet:
                await peer.send_octets(data)
            else:
                await peer.send_bytes(data)
            if answered and (await peer.receive())[0] in ("close", "closed"):
                return await peer.part()
        await peer.close()
        await peer.finish()
    return script


def both_ways(family, name, script, framed=False, libraries=LIBRARIES, **options):
    """The tester as a client of an echo, and as the server of one."""
    yield Case(family, f"{name}, by the client", script, echo, clients=("raw",), servers=libraries,
               framed=violation_is_answered("client") if framed else None, **options)
    yield Case(family, f"{name}, by the server", echo, script, servers=("raw",), clients=libraries,
               framed=violation_is_answered("server") if framed else None, **options)


def large(size, fragment_size, chop_bytes):
    """9 and 10: one large message, in fragments, in pieces."""
    async def script(peer):
        data = bytes_of(size)
        stream = b"".join(
            peer.frame(BINARY if at == 0 else CONTINUATION, data[at:at + fragment_size], fin=at + fragment_size >= size)
            for at in range(0, size, fragment_size))
        for at in range(0, len(stream), chop_bytes):
            await peer.send_bytes(stream[at:at + chop_bytes])
        await peer.receive()
        await peer.close()
        await peer.finish()
    return script


def round_trips(size):
    """9: a thousand messages, one after the other."""
    async def script(peer):
        for number in range(1000):
            await peer.send(bytes([number & 255]) * size)
            await peer.receive()
        await peer.close()
        await peer.finish()
    return script


def compressed(size):
    """12 and 13: many messages of a size, with and without something to compress."""
    async def script(peer):
        if "deflate" not in str(peer.log[0][2]):
            peer.note("not compressed")
        for number in range(60):
            text = ('{"number": %d, "text": "%s"}' % (number, "abc" * (number % 7))) * (size // 20 + 1)
            await peer.send(text[:size] if number % 2 else bytes_of(size))
            await peer.message()
        await peer.close()
        await peer.until_closed()
    return script


def cases():
    for section in SECTIONS:
        family = f"conformance {section.__doc__.rstrip('.')}"
        for name, steps, is_violation in section():
            octets = sum(len(payload) for _, payload, _, _ in steps)
            yield from both_ways(family, name, tester(steps, False), is_violation)
            if octets < 200:
                yield from both_ways(f"{family}, octets", name, tester(steps, True), is_violation, quick=False)
    family = "conformance 9, 10: limits"
    for size in (1 << 16, 1 << 18, 1 << 20, 4 << 20):
        yield from both_ways(family, f"{size} bytes", large(size, size, size), quick=size < 1 << 20, seconds=60)
    for fragment_size in (1300, 4096, 16_384, 65_536, 1 << 20):
        script = large(4 << 20, fragment_size, 1 << 20)
        yield from both_ways(family, f"4 MiB in fragments of {fragment_size} bytes", script, quick=False, seconds=60)
    for chop_bytes in (64, 256, CHOP_BYTES, 1400):
        script = large(1 << 20, 1 << 20, chop_bytes)
        yield from both_ways(family, f"1 MiB in pieces of {chop_bytes} bytes", script, quick=False, seconds=60)
    for size in (0, 16, 64, 256, 1024, 4096):
        yield from both_ways(family, f"1000 messages of {size} bytes", round_trips(size), quick=size == 64, seconds=60)
    for size in (16, 256, 1024, 8192, 65_536, 131_072):
        for way, clients in (("takeover", DEFLATING), ("no-takeover", ("websockets", "wsproto")),
                             ("small-window", ("websockets", "wsproto"))):
            yield Case("conformance 12, 13: compression", f"{size} bytes, {way}", compressed(size), clients=clients,
                       servers=DEFLATING, options={"compression": way}, quick=size == 1024, seconds=60)

