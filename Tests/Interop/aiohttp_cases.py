"""The `aiohttp` client against wsproxy before wsorigin: HTTP, WebSocket and TLS."""

import asyncio
import hashlib
import ssl

import aiohttp

from interop import Cases, expect, expect_equal, main

cases = Cases()


@cases.add
async def plain_requests(plain, tls, certificate):
    """Methods, query, fields and bodies arrive as they were sent."""
    async with aiohttp.ClientSession() as session:
        for method in ["GET", "PUT", "POST", "PATCH", "DELETE", "OPTIONS"]:
            body = None if method == "GET" else f"body of {method}"
            async with session.request(
                    method, f"{plain}/echo?a=1&b=%20", data=body, headers={"X-Custom": "v"}) as answer:
                expect_equal(answer.status, 200)
                echoed = await answer.json()
                expect_equal(echoed["method"], method)
                expect_equal(echoed["target"], "/echo?a=1&b=%20")
                expect_equal(echoed["body"], body or "")
                expect(["X-Custom", "v"] in echoed["headers"], str(echoed["headers"]))


@cases.add
async def head_and_empty(plain, tls, certificate):
    """HEAD, 204 and 304 have no body and leave the connection usable."""
    connector = aiohttp.TCPConnector(limit=1)
    async with aiohttp.ClientSession(connector=connector) as session:
        for _ in range(3):
            async with session.head(f"{plain}/bytes/1000") as answer:
                expect_equal(answer.headers["Content-Length"], "1000")
            for status in [204, 304]:
                async with session.get(f"{plain}/status/{status}") as answer:
                    expect_equal(answer.status, status)
                    expect_equal(await answer.read(), b"")


@cases.add
async def chunked_upload(plain, tls, certificate):
    """An upload in chunks of many sizes arrives whole."""
    pieces = [bytes([number % 256]) * (number * 37 % 9000 + 1) for number in range(300)]

    async def body():
        for piece in pieces:
            yield piece

    async with aiohttp.ClientSession() as session:
        async with session.post(f"{plain}/echo", data=body()) as answer:
            echoed = await answer.json()
            expect_equal(echoed["body_byte_count"], sum(map(len, pieces)))
            expect_equal(echoed["body_sha256"], hashlib.sha256(b"".join(pieces)).hexdigest())


@cases.add
async def expect_continue(plain, tls, certificate):
    """A client that waits for 100 Continue gets it."""
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{plain}/echo", data=b"x" * 100_000, expect100=True) as answer:
            expect_equal((await answer.json())["body_byte_count"], 100_000)


@cases.add
async def downloads(plain, tls, certificate):
    """Answers of every framing arrive whole, many at once."""
    async def one(session, path, size):
        async with session.get(plain + path) as answer:
            expect_equal(len(await answer.read()), size)

    async with aiohttp.ClientSession() as session:
        wanted = [("/bytes/3000000", 3_000_000), ("/close/300000", 300_000), ("/chunked/1000", 9890)]
        await asyncio.gather(*(one(session, path, size) for path, size in wanted * 10))


@cases.add
async def truncated(plain, tls, certificate):
    """A body that breaks off is an error for the client, never a short success."""
    async with aiohttp.ClientSession() as session:
        for fault in ["close-in-body", "reset-in-body", "close-in-chunk", "close-between-chunks"]:
            try:
                async with session.get(f"{plain}/fault/{fault}") as answer:
                    if answer.status == 502:
                        continue
                    await answer.read()
            except aiohttp.ClientError:
                continue
            expect(False, f"{fault} looked like a whole answer")


@cases.add
async def websocket(plain, tls, certificate):
    """Text, binary, ping and close of aiohttp's WebSocket."""
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(f"{plain}/ws/echo", protocols=("a", "b")) as socket:
            expect_equal(socket.protocol, "a")
            await socket.send_str("hello")
            expect_equal(await socket.receive_str(), "hello")
            await socket.send_bytes(b"x" * (1 << 20))
            expect_equal(await socket.receive_bytes(), b"x" * (1 << 20))
            await socket.ping(b"p")
            await socket.send_json({"a": [1, 2]})
            expect_equal(await socket.receive_json(), {"a": [1, 2]})
            await socket.close(code=4321)
            expect_equal(socket.close_code, 4321)


@cases.add
async def websocket_compression(plain, tls, certificate):
    """permessage-deflate of aiohttp."""
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(f"{plain}/ws/echo", compress=15) as socket:
            expect(socket.compress, "no compression was agreed on")
            for text in ["a" * 50_000, "short", "a" * 50_000]:
                await socket.send_str(text)
                expect_equal(await socket.receive_str(), text)


@cases.add
async def over_tls(plain, tls, certificate):
    """https and wss with a verified certificate."""
    context = ssl.create_default_context(cafile=certificate)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context)) as session:
        async with session.post(f"{tls}/echo", data=b"y" * 2_000_000) as answer:
            expect_equal((await answer.json())["body_byte_count"], 2_000_000)
        async with session.get(f"{tls}/bytes/2000000") as answer:
            expect_equal(len(await answer.read()), 2_000_000)
        async with session.ws_connect(f"{tls}/ws/echo") as socket:
            await socket.send_str("secret")
            expect_equal(await socket.receive_str(), "secret")


if __name__ == "__main__":
    main(cases, "HTTP-URL", "HTTPS-URL", "CERTIFICATE")
