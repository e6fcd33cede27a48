"""What generators of requests and answers share: pieces that programs read differently, and small faults."""

LONG = [200, 1_000, 9_000, 17_000]

WORDS = [
    b"\r", b"\n", b"\r\n", b"\r\r\n", b"\n\r", b"\r\n\r\n", b"\n\n", b" ", b"\t", b"\0", b"\x0b", b"\x0c", b"\x1f", b"\x7f", b"\x80",
    b"\x85", b"\xa0", b"\xff", b":", b",", b";", b"=", b"\"", b"'", b"(", b")", b"0", b"1", b"5", b"+", b"-", b"0x", b"chunked",
    b", chunked", b"identity", b"Content-Length: 5\r\n", b"Content-Length: 0\r\n", b"content-length:6\r\n",
    b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: identity\r\n", b"Transfer-Encoding:\x0bchunked\r\n", b"Host: b\r\n",
    b"Host: a.example\r\n", b"Connection: close\r\n", b"Connection: Content-Length\r\n", b" X: y\r\n", b"X : y\r\n", b"X\r\n",
    b": y\r\n", b"X: y\n", b"X: y\r\n z\r\n", b"Content_Length: 5\r\n", b"HTTP/1.1", b"HTTP/1.0", b"HTTP/2.0", b"/", b"//", b"\\", b"..",
    b"%00", b"%0a", b"%0d%0a", b"%2f", b"%2e", b"%", b"#", b"?", b"*", b"@", b"[", b"]", b"_", b"999999999999999999999", b"0\r\n\r\n",
    b"GET /b HTTP/1.1\r\nHost: a.example\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
]
LINES = [word for word in WORDS if word.endswith(b"\r\n") and len(word) > 2]

LENGTHS = [
    b"5", b"5", b"5", b"0", b"+5", b"-5", b"05", b"5 ", b"\t5", b"5,5", b"5, 5", b"5, 6", b"5,", b",5", b"0x5", b"5.0", b"5e0", b"", b"5;",
    b"5 5", b"\"5\"", b"5\x0b", b"\x0c5", b"5\xa0", b"18446744073709551621", b"9223372036854775808", b"4294967301", b"9" * 40,
    b"0" * 30 + b"5", b"5\r\n 0", b"5\r\nContent-Length: 5", b"5\r\nContent-Length: 6", b"6\r\nContent-Length: 5", b"5\r\nContent-Length:",
    b"\r\n 5", b"five",
]
CODINGS = [
    b"chunked", b"chunked", b"chunked", b"Chunked", b"chunked ", b"\tchunked", b"\x0bchunked", b"chunked\x0b", b"\xa0chunked",
    b"xchunked", b"chunkedx", b"chu nked", b"\"chunked\"", b"chunked;q=1", b"chunked; a=b", b"chunked,", b",chunked", b", chunked",
    b"chunked, chunked", b"identity", b"identity, chunked", b"chunked, identity", b"gzip, chunked", b"gzip", b"", b"\r\n chunked",
    b"chunked\r\n , identity", b"chunked\r\nTransfer-Encoding: chunked", b"chunked\r\nTransfer-Encoding: identity",
    b"identity\r\nTransfer-Encoding: chunked", b"\r\nTransfer-Encoding: chunked", b"chunked\0", b"chun\0ked", b"chunked\r\nTransfer-Encoding:",
]
CODING_NAMES = [b"Transfer-Encoding"] * 8 + [
    b"transfer-encoding", b"TRANSFER-ENCODING", b"Transfer-Encoding ", b"Transfer-Encoding\t", b" Transfer-Encoding", b"Transfer_Encoding",
    b"Transfer-Encoding\0", b"\x0bTransfer-Encoding", b"Transfer\x85Encoding", b"X: y\nTransfer-Encoding", b"X: y\rTransfer-Encoding", b"TE",
]
LENGTH_NAMES = [b"Content-Length"] * 8 + [
    b"content-length", b"Content-Length ", b"Content-Length\t", b" Content-Length", b"Content_Length", b"Content-Length\0", b"Content-Length\r",
    b"X: y\nContent-Length",
]
SIZES = [b"5"] * 6 + [
    b"05", b"0005", b"0" * 20 + b"5", b"+5", b"-5", b"0x5", b" 5", b"5 ", b"5\t", b"5;", b"5;a", b"5;a=b", b"5 ;a=b", b"5; a = b", b"5;a=\"b\"",
    b"5;a=\"b;c\"", b"5;a=\"", b"5;a=\"\r\n\"", b"5;a\n", b"5;\r", b"5;a\0", b"5;\x7f", b"5;=", b"5;;", b"5=a", b"5\r", b"5\n", b"5\r\r\n", b"5\0",
    b"g", b"5g", b"", b"5,5", b"5.0", b"\"5\"", b"5\x0b", b"F" * 16 + b"5", b"100000005", b"10000000000000005", b"8000000000000005",
] + [b"5;" + b"a" * count for count in LONG]
DATA_ENDS = [b"\r\n"] * 8 + [b"", b"\n", b"\r", b"\n\r", b"\r\r\n", b" \r\n", b"x\r\n", b"\0\r\n"]
TRAILERS = [b""] * 10 + [
    b"X-T: 1\r\n", b"Content-Length: 5\r\n", b"Transfer-Encoding: chunked\r\n", b"Host: b\r\n", b"X : y\r\n", b" X: y\r\n", b"X\r\n", b": y\r\n",
    b"X: y\n", b"X: \0\r\n", b"X\0: y\r\n", b"X: y\r\n z\r\n", b"X: y\rz\r\n", b"GET /b HTTP/1.1\r\n", b"X: y\r\n" * 200, b"\n", b"\r",
] + [b"X: " + b"y" * count + b"\r\n" for count in LONG]
LAST_CHUNKS = [b"0\r\n"] * 10 + [b"00\r\n", b"0" * 40 + b"\r\n", b"0;a\r\n", b"0\n", b"0\r", b"0 \r\n", b" 0\r\n", b"-0\r\n", b"0x0\r\n", b"0;\n\r\n", b"", b"\r\n"]
ENDS = [b"\r\n"] * 12 + [b"\n", b"\r", b"", b"\r\r\n", b"\n\n", b" \r\n", b"\0\r\n"]
CONTROLS = [bytes([byte]) for byte in [*range(32), 127, 128, 255]]
FIELDS = [b"X-A: b", b"Accept: */*", b"Cookie: a=b", b"X-Empty:", b"X-Space: \t b \t"] * 6 + [
    b" X: y", b"\tX: y", b"X : y", b"X\t: y", b": y", b"X", b"", b"X: y\r\n z", b"X: y\r\n\tz", b"X: y\r\n ", b"X: y\nZ: y", b"X: y\rZ: y",
    b"X: \xff", b"\xffX: y", b"X(: y", b"X/: y", b"X Y: z", b"\"X\": y", b"X@: y", b"X,Y: z", b"X;: y", b"{X}: y", b"Connection: close, X-A",
    b"Connection: close\r\nConnection: keep-alive", b"Connection: Content-Length", b"Connection: Transfer-Encoding", b"Connection:",
    b"Connection: ,", b"Connection: \0", b"Keep-Alive: timeout=5", b"Proxy-Connection: close", b"Trailer: X-T", b"Trailer: Content-Length",
    b"TE: trailers", b"TE: chunked", b"Via: 1.1 x", b"Date: x",
]


def draw_field(draw, scale=1):
    """A line without its end, from harmless to one with a control byte in its name or value, or a long one."""
    if draw.random() > scale:
        return FIELDS[draw.randrange(5)]
    kind = draw.randrange(12)
    if kind == 0:
        return b"X" + draw.choice(CONTROLS) + b"Y: z"
    if kind == 1:
        return b"X: y" + draw.choice(CONTROLS) + b"z"
    if kind == 2:
        # Longer names are refused by HAProxy for its own bound, which is no fault of theirs.
        return b"X" * draw.choice([100, 250]) + b": y" if draw.randrange(2) else b"X: " + b"y" * draw.choice(LONG)
    if kind == 3 and not draw.randrange(4):
        return b"\r\n".join([b"X: y"] * draw.choice([90, 110, 140]))
    return draw.choice(FIELDS)


def draw_chunks(draw, hostility=3):
    """A chunked content. One in `hostility` of its parts is drawn from those that programs read differently."""

    def pick(values):
        return draw.choice(values) if not draw.randrange(hostility) else values[0]

    content = b"".join(pick(SIZES) + b"\r\n" + b"hello" + pick(DATA_ENDS) for _ in range(draw.choice([1, 1, 1, 2])))
    return content + pick(LAST_CHUNKS) + pick(TRAILERS) + pick(ENDS)


def fault(message, draw):
    """The same message with a small fault, or right by chance."""
    message = bytearray(message)
    at = draw.randrange(len(message) + 1)
    kind = draw.randrange(6)
    lines = bytes(message).split(b"\r\n")
    if kind == 0:
        message[at:at] = draw.choice(WORDS)
    elif kind == 1:
        message[at : at + 1] = draw.choice(WORDS)
    elif kind == 2:
        del message[at : at + draw.randrange(1, 4)]
    elif kind == 3:
        message[at : at + 1] = bytes([draw.randrange(256)])
    elif kind == 4:
        line = draw.randrange(max(1, len(lines) - 1))
        message = bytearray(b"\r\n".join(lines[: line + 1] + [lines[line]] + lines[line + 1 :]))
    else:
        line = draw.randrange(1, max(2, len(lines) - 2))
        end = sum(len(text) + 2 for text in lines[:line])
        message[end:end] = draw.choice(LINES)
    return bytes(message)
