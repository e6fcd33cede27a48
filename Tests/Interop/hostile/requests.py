"""Random requests, most of them wrong in one place or two."""

from . import words

METHODS = [b"GET", b"POST"] * 8 + [
    b"PUT", b"DELETE", b"HEAD", b"OPTIONS", b"PATCH", b"PROPFIND", b"TRACE", b"CONNECT", b"PRI", b"get", b"G", b"GE T", b"G\tET", b"GET\0", b" GET",
    b"\tGET", b"\r\nGET", b"\r\n\r\nGET", b"\nGET", b"\0GET", b"", b"G(ET", b"GET,", b"A" * 60, b"A" * 5_000,
]
TARGETS = [b"/a", b"/a?b=c", b"/"] * 8 + [
    b"http://a.example/a", b"http://a.example", b"HTTP://A.EXAMPLE/a", b"http://a.example?b", b"http://a.example:80/a", b"http://b/a",
    b"http://u@a.example/a", b"http://u:p@a.example/a", b"http://@a.example/", b"http:///a", b"http:a", b"http:/a", b"https://a.example/a",
    b"ftp://a.example/a", b"://a.example/a", b"http://a.example\\@b/", b"http://a.example#@b/", b"http://[::1]/a", b"http://[::1/a", b"//a.example/a",
    b"a", b"*", b"**", b"/*", b"?a", b"#", b"/a#b", b"a.example:80", b"", b"/..", b"/../a", b"/a/../../b", b"/a/./b", b"/%2e%2e/a", b"/.%2e/a",
    b"/%252e%252e/a", b"/a%2fb", b"/a%2F..%2Fb", b"/a%5cb", b"/a\\b", b"\\a", b"/a%00b", b"/%00", b"/\0", b"/a%0d%0aX:y", b"/a%0a", b"/%", b"/%a",
    b"/%zz", b"/%u002e", b"/a;b", b"/;/../a", b"/a//b", b"/a b", b"/a\tb", b"/a\x0bb", b"/a\x7f", b"/a\x80", b"/\xff", b"/\xc0\xaf", b"/<a>", b"/{a}",
    b"/a|b", b"/a^b", b"/`", b"/\"", b"/[", b"/a HTTP/1.1\r\nX: y\r\nZ:", b"/a?\0", b"/a?b c", b"/a?\x80", b"/a?%00", b"/a?%0d%0a",
] + [b"/" + b"a" * count for count in words.LONG] + [b"/?" + b"a" * count for count in words.LONG] + [b"/" + b"%41" * 2_000, b"/" + b"a/" * 3_000, b"/" + b"../" * 500]
VERSIONS = [b"HTTP/1.1"] * 16 + [b"HTTP/1.0"] * 3 + [
    b"HTTP/1.2", b"HTTP/1.9", b"HTTP/0.9", b"HTTP/2.0", b"HTTP/2", b"HTTP/3.0", b"HTTP/1.10", b"HTTP/01.1", b"HTTP/11", b"HTTP/1.", b"HTTP/.1",
    b"HTTP/1,1", b"HTTP/-1.1", b"HTTP/ 1.1", b"HTTP /1.1", b"HTTP/1.1 ", b"HTTP/1.1\t", b"HTTP/1.1\0", b"HTTP/1.1x", b" HTTP/1.1", b"http/1.1", b"HTTPS/1.1",
    b"ICAP/1.0", b"",
]
HOSTS = [b"a.example"] * 14 + [
    b"a.example:80", b"A.EXAMPLE", b"a.example.", b"", b"a.example:", b"a.example:0", b"a.example:99999", b"a.example:8x", b"a.example:-1", b"a b", b"a,b",
    b"a/b", b"a?b", b"a#b", b"a@b", b"u:p@a.example", b"[::1]", b"[::1]:80", b"[::1", b"::1", b"[v1.x]", b"[]", b"a..b", b".a", b"-a", b"a_b", b"%61", b"a%00",
    b"a\\b", b"a\0", b"a\tb", b"\x80", b"a\x7f", b"a;b", b"<a>", b"a\"b", b"a.example\r\nHost: a.example", b"a.example\r\nHost: b", b"a.example\r\nhost:",
    b"\r\n a.example", b"a" * 300, b"a" * 9_000,
]
HOST_NAMES = [b"Host: "] * 14 + [b"host:", b"Host:\t", b"Host : ", b"Host\t: ", b" Host: ", b"Host\0: ", b"X: y\r\nHost: ", b"X-Host: ", b"Hos\xff: "]
UPGRADES = [
    b"Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
    b"Connection: upgrade\r\nUpgrade: websocket\r\n", b"Connection: upgrade\r\nUpgrade: h2c\r\n", b"Upgrade: websocket\r\n", b"Connection: upgrade\r\n",
    b"Connection: upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n", b"Connection: upgrade\r\nUpgrade: TLS/1.0, websocket\r\n",
]
EXPECTATIONS = [b"100-continue", b"100-Continue", b"100-continue\r\nExpect: 100-continue", b"100-continue, x", b"200-ok", b"", b"100-continue\x0b", b" 100-continue x"]


def draw_request(draw):
    # Most are wrong in one place or two: of what is wrong everywhere the first fault is seen only.
    scale = draw.choice([0.05, 0.1, 0.2, 1])

    def pick(values, chance):
        return draw.choice(values) if draw.random() * 100 < chance * scale else values[0]

    method = pick(METHODS, 40)
    line = method + pick([b" "] * 20 + [b"  ", b"\t", b"\r", b"\x0b", b""], 10) + pick(TARGETS, 40)
    line += pick([b" "] * 20 + [b"  ", b"\t", b"\x0c", b" \t"], 10) + pick(VERSIONS, 35)
    fields = [pick(HOST_NAMES, 15) + pick(HOSTS, 30)] if draw.randrange(40) else []
    fields += [words.draw_field(draw, scale) for _ in range(draw.choice([0, 0, 1, 1, 2]))]
    content = b""
    framing = draw.randrange(10)
    if framing < 3 or framing == 9:
        fields.append(pick(words.LENGTH_NAMES, 15) + b": " + pick(words.LENGTHS, 40))
        content = b"hello"
    if framing in (3, 4, 5, 9):
        fields.append(pick(words.CODING_NAMES, 15) + b": " + pick(words.CODINGS, 40))
        content = words.draw_chunks(draw, draw.choice([3, 10, 30, 1000]))
    if not draw.randrange(10):
        fields.append(draw.choice(UPGRADES)[:-2])
    if not draw.randrange(16):
        fields.append(b"Expect: " + draw.choice(EXPECTATIONS))
    draw.shuffle(fields)
    end = pick([b"\r\n"] * 20 + [b"\n", b"\r", b"\r\r\n", b"\n\r"], 6)
    request = line + end + b"".join(field + pick([b"\r\n"] * 20 + [b"\n", b"\r", b"\r\r\n", b" \r\n", b"\0\r\n"], 4) for field in fields)
    request += pick([b"\r\n"] * 20 + [b"\n", b" \r\n", b"\r", b"\r\r\n", b"\0\r\n"], 4) + content
    if not draw.randrange(12):
        request += draw.choice([b"GET /b HTTP/1.1\r\nHost: a.example\r\n\r\n", b"\r\n", b"\r\n\r\n", b"x", b"\0", b"hello" * 2_000])
    for _ in range(draw.choice([0, 0, 0, 1, 1, 2])):
        request = words.fault(request, draw)
    return request
