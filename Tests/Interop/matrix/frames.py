"""Frames of RFC 6455, right and wrong ones, and a reader that accepts anything."""

import os
import struct
from dataclasses import dataclass

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10


def mask_bytes(payload, mask):
    """XORs the payload with the mask."""
    if not payload:
        return b""
    repeated = (mask * (len(payload) // 4 + 1))[:len(payload)]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(repeated, "big")).to_bytes(len(payload), "big")


def frame(opcode, payload=b"", *, fin=True, rsv=0, mask=None, length_bytes=None):
    """One frame.

    `rsv` is the three reserved bits, `mask` four bytes or None, `length_bytes` 0, 2 or 8 to write the length in
    that form, even where it is not the shortest.
    """
    size = len(payload)
    if length_bytes is None:
        length_bytes = 0 if size < 126 else 2 if size < 65536 else 8
    first = (0x80 if fin else 0) | rsv << 4 | opcode
    masked = 0x80 if mask is not None else 0
    if length_bytes == 0:
        head = struct.pack("!BB", first, masked | size)
    elif length_bytes == 2:
        head = struct.pack("!BBH", first, masked | 126, size)
    else:
        head = struct.pack("!BBQ", first, masked | 127, size)
    return head + (payload if mask is None else mask + mask_bytes(payload, mask))


def close_payload(code, reason=b""):
    """The payload of a close frame."""
    return struct.pack("!H", code) + reason


@dataclass(frozen=True)
class Frame:
    """A frame as it was read, unmasked."""

    opcode: int
    payload: bytes
    is_final: bool
    rsv: int
    is_masked: bool


class FrameReader:
    """Cuts bytes into frames. What follows no rule is read all the same."""

    def __init__(self):
        self._buffer = bytearray()
        self._start = 0

    def feed(self, data):
        """Takes bytes as they come."""
        if self._start > 1 << 20:
            del self._buffer[:self._start]
            self._start = 0
        self._buffer += data

    @property
    def rest(self):
        """How many bytes of an unfinished frame are there."""
        return len(self._buffer) - self._start

    def next(self):
        """The next whole frame, or None."""
        buffer, at = self._buffer, self._start
        if len(buffer) - at < 2:
            return None
        first, second = buffer[at], buffer[at + 1]
        size, head = second & 0x7F, 2
        if size > 125:
            form = "!H" if size == 126 else "!Q"
            head += struct.calcsize(form)
            if len(buffer) - at < head:
                return None
            (size,) = struct.unpack_from(form, buffer, at + 2)
        masked = bool(second & 0x80)
        begin = at + head + (4 if masked else 0)
        if len(buffer) < begin + size:
            return None
        payload = bytes(buffer[begin:begin + size])
        if masked:
            payload = mask_bytes(payload, bytes(buffer[begin - 4:begin]))
        self._start = begin + size
        return Frame(first & 0x0F, payload, bool(first & 0x80), first >> 4 & 7, masked)


def random_mask():
    """Four bytes."""
    return os.urandom(4)
