"""Random answers of a backend, most of them wrong in one place or two."""

from . import words

STATUS_LINES = [b"HTTP/1.1 200 OK"] * 16 + [
    b"HTTP/1.0 200 OK", b"HTTP/1.1 200 ", b"HTTP/1.1 200", b"HTTP/1.1  200 OK", b"HTTP/1.1 200  OK", b"HTTP/1.1\t200 OK", b"HTTP/1.1 200\tOK", b"HTTP/1.1 200OK",
    b"HTTP/1.1 20", b"HTTP/1.1 2000 OK", b"HTTP/1.1 0200 OK", b"HTTP/1.1 +200 OK", b"HTTP/1.1 -20 OK", b"HTTP/1.1 2x0 OK", b"HTTP/1.1 099 X", b"HTTP/1.1 000 X",
    b"HTTP/1.1 600 X", b"HTTP/1.1 999 X", b"HTTP/1.2 200 OK", b"HTTP/0.9 200 OK", b"HTTP/2 200 OK", b"HTTP/2.0 200 OK", b"HTTP/1.10 200 OK", b"HTTP/11 200 OK", b"http/1.1 200 OK",
    b"HTTP /1.1 200 OK", b" HTTP/1.1 200 OK", b"\r\nHTTP/1.1 200 OK", b"\nHTTP/1.1 200 OK", b"\0HTTP/1.1 200 OK", b"ICY 200 OK", b"200 OK", b"", b"HTTP/1.1", b"GET / HTTP/1.1", b"hello",
    b"HTTP/1.1 200 O\rK", b"HTTP/1.1 200 O\nK", b"HTTP/1.1 200 O\0K", b"HTTP/1.1 200 O\x7fK", b"HTTP/1.1 200 \xff", b"HTTP/1.1 200 OK ", b"HTTP/1.1 200 OK\r",
    b"HTTP/1.1 201 Created", b"HTTP/1.1 204 No Content", b"HTTP/1.1 205 Reset Content", b"HTTP/1.1 206 Partial Content", b"HTTP/1.1 304 Not Modified", b"HTTP/1.1 404 Not Found",
    b"HTTP/1.1 100 Continue", b"HTTP/1.1 101 Switching Protocols", b"HTTP/1.1 102 Processing", b"HTTP/1.1 103 Early Hints", b"HTTP/1.1 199 X",
    b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK", b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK",
    b"HTTP/1.1 103 X\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK", b"HTTP/1.1 103 X\r\nX : y\r\n\r\nHTTP/1.1 200 OK", b"HTTP/1.1 103 X\r\n\r\n" * 20 + b"HTTP/1.1 200 OK",
] + [b"HTTP/1.1 200 " + b"a" * count for count in words.LONG]
FIELDS = [
    b"Content-Type: text/plain", b"Content-Type: text/event-stream", b"Set-Cookie: a=b", b"Location: /a", b"Location: http://b/\x0b", b"Set-Cookie: a=b\nX: y", b"Set-Cookie: a=b\rX: y",
    b"Content-Encoding: gzip", b"Server: x", b"Connection: close", b"Connection: keep-alive", b"Connection: upgrade\r\nUpgrade: websocket", b"Date: x", b"Date:", b"HTTP/1.1 200 OK",
]


def draw_answer(draw):
    # Most are wrong in one place or two: of what is wrong everywhere the first fault is seen only.
    scale = draw.choice([0.05, 0.1, 0.2, 1])

    def pick(values, chance):
        return draw.choice(values) if draw.random() * 100 < chance * scale else values[0]

    fields = [words.draw_field(draw, scale) if draw.randrange(2) else draw.choice(FIELDS) for _ in range(draw.choice([0, 0, 1, 1, 2]))]
    content = b"hello"
    framing = draw.randrange(10)
    if framing < 4 or framing == 9:
        fields.append(pick(words.LENGTH_NAMES, 15) + b": " + pick(words.LENGTHS, 40))
    if framing in (4, 5, 6, 7, 9):
        fields.append(pick(words.CODING_NAMES, 15) + b": " + pick(words.CODINGS, 40))
        content = words.draw_chunks(draw, draw.choice([3, 10, 30, 1000]))
    draw.shuffle(fields)
    answer = pick(STATUS_LINES, 30) + pick([b"\r\n"] * 20 + [b"\n", b"\r", b"\r\r\n", b"\n\r"], 6)
    answer += b"".join(field + pick([b"\r\n"] * 20 + [b"\n", b"\r", b"\r\r\n", b" \r\n", b"\0\r\n"], 4) for field in fields)
    answer += pick([b"\r\n"] * 20 + [b"\n", b" \r\n", b"\r", b"\r\r\n", b"\0\r\n"], 4) + content
    if not draw.randrange(12):
        answer += draw.choice([b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison", b"\r\n", b"x"])
    for _ in range(draw.choice([0, 0, 0, 1, 1, 2])):
        answer = words.fault(answer, draw)
    return answer
