"""Reads messages as strictly as RFC 9112 allows: what a proxy passes on has to be read in one way only."""

import asyncio
import re

TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
REQUEST_LINE = re.compile(TOKEN + rb" [!-~]+ HTTP/1\.[01]")
STATUS_LINE = re.compile(rb"HTTP/1\.1 [1-5][0-9][0-9] [\t -~\x80-\xff]*")
FIELD = re.compile(rb"(" + TOKEN + rb"):[ \t]*([\t -~\x80-\xff]*?)[ \t]*")
HEAD_BYTES_MAX = 1 << 20
# What a signed number of 64 bits holds: no reader of today takes less.
LENGTH_MAX = (1 << 63) - 1


class Malformed(Exception):
    """The text says what is wrong."""


class Head:
    """The first line of a message and its fields, with names in lower case."""

    def __init__(self, text, first_line):
        lines = text[:-4].split(b"\r\n")
        self.line = lines[0]
        if not first_line.fullmatch(self.line):
            raise Malformed(f"first line {self.line!r}")
        self.fields = []
        for line in lines[1:]:
            found = FIELD.fullmatch(line)
            if not found:
                raise Malformed(f"field line {line!r}")
            self.fields.append((found[1].lower(), found[2]))

    def values(self, name):
        return [value for key, value in self.fields if key == name]

    def length(self):
        """The number in Content-Length, "chunked", or None if neither is there."""
        lengths, codings = self.values(b"content-length"), self.values(b"transfer-encoding")
        if len(lengths) + len(codings) > 1:
            raise Malformed("framed twice")
        if codings:
            if codings[0].lower() != b"chunked":
                raise Malformed(f"transfer coding {codings[0]!r}")
            return "chunked"
        if not lengths:
            return None
        if not re.fullmatch(rb"[0-9]{1,19}", lengths[0]) or int(lengths[0]) > LENGTH_MAX:
            raise Malformed(f"length {lengths[0]!r}")
        return int(lengths[0])


async def read_head(reader, first_line):
    text = b""
    while not text.endswith(b"\r\n\r\n"):
        line = await reader.readline()
        if not line.endswith(b"\n") or len(text) > HEAD_BYTES_MAX:
            raise asyncio.IncompleteReadError(text + line, None)
        text += line
    return Head(text, first_line)


async def read_chunks(reader):
    while True:
        line = await reader.readline()
        found = re.fullmatch(rb"([0-9A-Fa-f]{1,15})(;[\t -~\x80-\xff]*)?\r\n", line)
        if not found:
            raise asyncio.IncompleteReadError(line, None) if not line else Malformed(f"chunk size {line!r}")
        size = int(found[1], 16)
        if size:
            data = await reader.readexactly(size + 2)
            if data[-2:] != b"\r\n":
                raise Malformed("end of a chunk")
            continue
        while (line := await reader.readline()) != b"\r\n":
            if not line:
                raise asyncio.IncompleteReadError(line, None)
            if not (line.endswith(b"\r\n") and FIELD.fullmatch(line[:-2])):
                raise Malformed(f"trailer {line!r}")
        return


async def read_request(reader):
    """The head of a whole request."""
    head = await read_head(reader, REQUEST_LINE)
    if len(head.values(b"host")) != 1:
        raise Malformed("Host is not there once")
    length = head.length()
    if length == "chunked":
        await read_chunks(reader)
    elif length:
        await reader.readexactly(length)
    return head


async def read_answer(reader, is_head=False):
    """The head of a whole answer, of the final one."""
    while True:
        head = await read_head(reader, STATUS_LINE)
        status = int(head.line.split(b" ")[1])
        if status >= 200 or status == 101:
            break
        if head.length() is not None:
            raise Malformed("an interim answer with content")
    length = head.length()
    if is_head or status in (101, 204, 304):
        return head
    if length == "chunked":
        await read_chunks(reader)
    elif length is None:
        while await reader.read(65_536):
            pass
    else:
        await reader.readexactly(length)
    return head
