"""An event stream client that reads by the rules of the HTML standard, reconnects and continues."""

import asyncio

import aiohttp

from interop import Cases, expect, expect_equal, main

cases = Cases()


class EventSource:
    """Events of a URL. A stream that ends is opened again with the last id that was seen."""

    def __init__(self, session, url):
        self.session, self.url = session, url
        self.last_id = None
        self.connection_count = 0

    async def events(self):
        """Yields (id, event, data), without end."""
        while True:
            fields = {"Accept": "text/event-stream", "Cache-Control": "no-store"}
            if self.last_id is not None:
                fields["Last-Event-ID"] = self.last_id
            self.connection_count += 1
            try:
                async with self.session.get(self.url, headers=fields) as answer:
                    expect_equal(answer.status, 200)
                    expect_equal(answer.content_type, "text/event-stream")
                    async for event in self._read(answer):
                        yield event
            except aiohttp.ClientPayloadError:
                pass

    async def _read(self, answer):
        name, data = "message", []
        async for raw in answer.content:
            line = raw.decode().rstrip("\r\n")
            if not line:
                if data:
                    yield self.last_id, name, "\n".join(data)
                name, data = "message", []
                continue
            field, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if field == "id":
                self.last_id = value
            elif field == "event":
                name = value
            elif field == "data":
                data.append(value)


@cases.add
async def ticks(url):
    """Events arrive one by one, in order."""
    async with aiohttp.ClientSession() as session:
        numbers = []
        async for identifier, name, data in EventSource(session, f"{url}/sse").events():
            expect_equal(name, "tick")
            expect_equal(data, f'{{"tick":{identifier}}}')
            numbers.append(int(identifier))
            if len(numbers) == 10:
                break
        expect_equal(numbers, list(range(1, 11)))


@cases.add
async def reconnects(url):
    """A stream that the origin ends goes on behind the last event."""
    async with aiohttp.ClientSession() as session:
        source = EventSource(session, f"{url}/sse?count=3")
        numbers = []
        async for identifier, _, _ in source.events():
            numbers.append(int(identifier))
            if len(numbers) == 10:
                break
        expect_equal(numbers, list(range(1, 11)))
        expect_equal(source.connection_count, 4)


@cases.add
async def many_streams(url):
    """A hundred streams at once."""
    async def one(session):
        count = 0
        async for _ in EventSource(session, f"{url}/sse").events():
            count += 1
            if count == 5:
                return

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await asyncio.gather(*(one(session) for _ in range(100)))


if __name__ == "__main__":
    main(cases, "HTTP-URL")
