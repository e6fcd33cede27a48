"""The `websockets` client against wsproxy before wsorigin."""

import asyncio
import ssl

import websockets
from websockets.asyncio.client import connect

from interop import Cases, expect, expect_equal, main

cases = Cases()


def tls_context(certificate):
    context = ssl.create_default_context(cafile=certificate)
    return context


@cases.add
async def text_and_binary(plain, tls, certificate):
    """Text and binary messages come back as they were."""
    async with connect(f"{plain}/ws/echo", compression=None) as socket:
        for message in ["hello", "", "grüße, 世界", b"\x00\xff\x80", b""]:
            await socket.send(message)
            expect_equal(await socket.recv(), message)


@cases.add
async def fragments(plain, tls, certificate):
    """A message in fragments comes back whole, with a ping between them."""
    async with connect(f"{plain}/ws/echo", compression=None) as socket:
        async def parts():
            for number in range(20):
                if number == 10:
                    await (await socket.ping())
                yield f"part {number} "
        await socket.send(parts())
        expect_equal(await socket.recv(), "".join(f"part {number} " for number in range(20)))


@cases.add
async def one_mebibyte(plain, tls, certificate):
    """A message of 1 MiB, text and binary."""
    async with connect(f"{plain}/ws/echo", compression=None, max_size=None) as socket:
        text = "0123456789abcdef" * 65536
        await socket.send(text)
        expect(await socket.recv() == text, "the text came back changed")
        await socket.send(text.encode())
        expect(await socket.recv() == text.encode(), "the bytes came back changed")


@cases.add
async def many_messages(plain, tls, certificate):
    """A thousand messages keep their order."""
    async with connect(f"{plain}/ws/echo", compression=None) as socket:
        async def send():
            for number in range(1000):
                await socket.send(str(number))
        sender = asyncio.create_task(send())
        for number in range(1000):
            expect_equal(await socket.recv(), str(number))
        await sender


@cases.add
async def close_codes(plain, tls, certificate):
    """Close codes and reasons pass, whoever begins."""
    for code in [1000, 1001, 1008, 3000, 4999]:
        socket = await connect(f"{plain}/ws/echo")
        await socket.close(code, "enough")
        expect_equal(socket.close_code, code)
    for code in [1000, 1011, 1012, 4001]:
        async with connect(f"{plain}/ws/close/{code}") as socket:
            await socket.send("go")
            try:
                await socket.recv()
            except websockets.ConnectionClosed as closed:
                expect_equal(closed.rcvd.code, code)
                expect_equal(closed.rcvd.reason, "bye")
            else:
                expect(False, "the connection stayed open")


@cases.add
async def dropped(plain, tls, certificate):
    """An origin that drops the connection is a close without a close frame, or one that says so."""
    for way in ["drop", "reset"]:
        async with connect(f"{plain}/ws/{way}") as socket:
            await socket.send("go")
            try:
                await socket.recv()
            except websockets.ConnectionClosed as closed:
                expect(closed.rcvd is None or closed.rcvd.code in (1011, 1014), str(closed))
            else:
                expect(False, "the connection stayed open")


@cases.add
async def subprotocol(plain, tls, certificate):
    """The subprotocol that the origin chose reaches the client."""
    async with connect(f"{plain}/ws/echo", subprotocols=["chat.v2", "chat.v1"]) as socket:
        expect_equal(socket.subprotocol, "chat.v2")
    async with connect(f"{plain}/ws/echo") as socket:
        expect_equal(socket.subprotocol, None)


@cases.add
async def compression(plain, tls, certificate):
    """permessage-deflate is negotiated end to end and its messages pass."""
    async with connect(f"{plain}/ws/echo", compression="deflate") as socket:
        names = [extension.name for extension in socket.protocol.extensions]
        expect_equal(names, ["permessage-deflate"])
        for message in ["a" * 100_000, "hello", "hello", b"\x01\x02" * 5000]:
            await socket.send(message)
            expect_equal(await socket.recv(), message)


@cases.add
async def keep_alive(plain, tls, certificate):
    """Pings are answered by the origin, with their payload."""
    async with connect(f"{plain}/ws/echo", ping_interval=None) as socket:
        for payload in [b"", b"x", b"y" * 125]:
            expect(await (await socket.ping(payload)) >= 0)


@cases.add
async def refused(plain, tls, certificate):
    """A refused upgrade shows its status and body."""
    try:
        await connect(f"{plain}/status/403")
    except websockets.InvalidStatus as refusal:
        expect_equal(refusal.response.status_code, 403)
        expect_equal(refusal.response.body, b"status 403\n")
    else:
        expect(False, "the upgrade was accepted")


@cases.add
async def over_tls(plain, tls, certificate):
    """wss: messages of all sizes over a verified connection."""
    async with connect(f"{tls}/ws/echo", ssl=tls_context(certificate), max_size=None) as socket:
        for size in [0, 1, 125, 126, 65535, 65536, 1 << 20]:
            await socket.send(b"z" * size)
            expect(await socket.recv() == b"z" * size, f"{size} bytes came back changed")
        await socket.close(4000, "over TLS")
        expect_equal(socket.close_code, 4000)


@cases.add
async def crowd(plain, tls, certificate):
    """Two hundred connections at once, each with its own echo."""
    async def one(number):
        async with connect(f"{plain}/ws/echo") as socket:
            for turn in range(5):
                await socket.send(f"{number}:{turn}")
                expect_equal(await socket.recv(), f"{number}:{turn}")
    await asyncio.gather(*(one(number) for number in range(200)))


if __name__ == "__main__":
    main(cases, "WS-URL", "WSS-URL", "CERTIFICATE")
