"""What the policies of a `websocket` middleware look like to clients and servers that know nothing of them."""

import asyncio

from ..outcome import LIBRARIES, tail
from ..peers.base import echo
from ..sessions import Options
from ..stage import Stage

FAMILY = "policies"
ALL_LIBRARIES = {library: (None,) for library in (*LIBRARIES, "raw")}
DEFINITIONS = (
    "{name: size, type: websocket, config: {max_message_size: 64KiB}}",
    "{name: frame, type: websocket, config: {max_frame_size: 1KiB}}",
    "{name: rate, type: websocket, config: {enable_rate_limit: true, max_messages_per_minute: 5}}",
    "{name: pings, type: websocket, config: {ping_interval: 1s}}",
    "{name: origin, type: websocket, config: {enable_origin_check: true, allowed_origins: "
    "['https://good.example', 'https://*.fine.example']}}",
    "{name: places, type: websocket, config: {max_connections: 2}}",
    "{name: places_each, type: websocket, config: {max_connections_per_client: 1}}",
    "{name: names, type: websocket, config: {subprotocols: [chat.v2]}}",
)
NAMES = ("size", "frame", "rate", "pings", "origin", "places", "places_each", "names")
LIMIT_BYTES = 1 << 16
SECONDS = 15


class PolicyCase:
    """A conversation on one path, and what is to be seen of it."""

    framed = None
    exact_end = False
    seconds = SECONDS

    def __init__(self, name, path, client, server=echo, clients=LIBRARIES, servers=LIBRARIES, judge=None, options=None):
        self.name, self.path, self.client, self.server = name, path, client, server
        self.clients, self.servers, self.judge = clients, servers, judge
        self._options = options or {}

    def new_options(self):
        return Options(**self._options)


def closed(client, server):
    """Judges by the close codes that both ends saw; a set where several are fine."""
    def judge(outcome):
        for end, wanted in (("client", client), ("server", server)):
            seen = outcome.closed_with(end)
            if seen not in (wanted if isinstance(wanted, set) else {wanted}):
                return f"{end} saw close code {seen} instead of {wanted}: {tail(getattr(outcome, end))}"
        return None
    return judge


def refused(status):
    """Judges that the handshake failed with a status."""
    def judge(outcome):
        last = outcome.client[-1] if outcome.client else ()
        is_refused = str(status) in str(last) and not outcome.server
        return None if is_refused else f"client saw {last}, server {outcome.server}"
    return judge


def undisturbed(outcome):
    """Judges that nothing but messages was seen, and the close that the case asked for."""
    for end in ("client", "server"):
        log = getattr(outcome, end)
        kinds = {entry[0] for entry in log}
        if "text" not in kinds or kinds & {"pong", "raised", "error"}:
            return f"{end} saw {tail(log)}"
    return closed({1000}, {1000})(outcome)


def says(*messages):
    """Sends messages, waits for the answer to each, and closes."""
    async def script(peer):
        for message in messages:
            await peer.send(message)
            await peer.message()
        if not peer.is_closed:
            await peer.close()
            await peer.until_closed()
    return script


def answers_with(message):
    async def script(peer):
        await peer.message()
        await peer.send(message)
        await peer.until_closed()
    return script


async def too_much_in_fragments(peer):
    await peer.send_frame(2, b"x" * 40_000, fin=False)
    await peer.send_frame(0, b"x" * 20_000, fin=False)
    await peer.send_frame(0, b"x" * 20_000)
    await peer.finish()


async def many_messages(peer):
    for number in range(12):
        await peer.send(f"message {number}")
    await peer.until_closed()


async def sees_two_pings(peer):
    """Waits for two pings of the proxy, without a pong for them from the other end, then says a word."""
    for _ in range(2):
        while (await peer.receive())[0] != "ping":
            pass
    await peer.send("go")
    while not peer.is_closed:
        kind, _ = await peer.receive()
        if kind == "text":
            await peer.close()
            await peer.finish()


async def waits_for_word(peer):
    await peer.message()
    await peer.send("gone")
    await peer.until_closed()


async def answers_no_ping(peer):
    peer.answers_pings = False
    await peer.finish()


def cases():
    big = b"x" * (LIMIT_BYTES + 1)
    yield PolicyCase("a message as large as allowed", "size", says(b"x" * LIMIT_BYTES, "more"),
                     judge=closed(1000, 1000))
    yield PolicyCase("a message too large from the client", "size", says("small", big), judge=closed(1009, 1001))
    yield PolicyCase("a message too large from the server", "size", says("small"), answers_with(big),
                     judge=closed(1001, 1009))
    yield PolicyCase("a message too large in fragments", "size", too_much_in_fragments, clients=("raw",),
                     judge=closed(1009, 1001))
    yield PolicyCase("a frame as large as allowed", "frame", says(b"x" * 1024), judge=closed(1000, 1000))
    yield PolicyCase("a frame too large", "frame", says("small", b"x" * 1025), judge=closed(1009, 1001))
    yield PolicyCase("too many messages", "rate", many_messages, judge=closed(1008, {1001, 1008}))
    yield PolicyCase("pings of the proxy at both ends", "pings", sees_two_pings, sees_two_pings, clients=("raw",),
                     servers=("raw",), judge=lambda outcome: None if all(
                         entry[0] != "pong" for entry in outcome.client + outcome.server) else str(outcome))
    yield PolicyCase("pings of the proxy and an application", "pings", waits_for_word, sees_two_pings, servers=("raw",),
                     clients=LIBRARIES, judge=closed(1000, 1000))
    yield PolicyCase("a client that answers no ping", "pings", answers_no_ping, clients=("raw",),
                     judge=closed(1001, 1001))
    yield PolicyCase("a foreign origin", "origin", says("hello"), judge=refused(403),
                     options={"origin": "https://bad.example"})
    for origin in ("https://good.example", "https://a.b.fine.example", None):
        yield PolicyCase(f"origin {origin}", "origin", says("hello"), judge=undisturbed, options={"origin": origin})
    yield PolicyCase("subprotocols that the proxy lets through", "names", says("hello"),
                     judge=lambda outcome: None if {log[0][1] for log in (outcome.client, outcome.server)} == {"chat.v2"}
                     else str(outcome),
                     options={"offered": ("x", "chat.v2"), "accepted": ("x", "chat.v2")})


def pairs(case):
    """Each client and each server once."""
    count = max(len(case.clients), len(case.servers))
    return [(case.clients[number % len(case.clients)], case.servers[(number + 1) % len(case.servers)])
            for number in range(count)]


async def crowd(stage, library, path, held, status):
    """Opens as many connections as are allowed, then one more, which is refused; and one when a place is free."""
    opened, leave = asyncio.Queue(), asyncio.Event()

    async def stays(peer):
        opened.put_nowait(peer)
        await leave.wait()
        await peer.close()
        await peer.until_closed()

    stay = [asyncio.create_task(stage.run(
        PolicyCase("stays", path, stays), library, "websockets", path)) for _ in range(held)]
    try:
        for _ in range(held):
            await asyncio.wait_for(opened.get(), SECONDS)
        problem = refused(status)(await stage.run(PolicyCase("more", path, says("hello")), library, "aiohttp", path))
    finally:
        leave.set()
        outcomes = await asyncio.gather(*stay)
    problem = problem or next(filter(None, map(closed(1000, 1000), outcomes)), None)
    return problem or undisturbed(await stage.run(PolicyCase("after", path, says("hello")), library, "aiohttp", path))


async def run(products, report, is_quick):
    """Runs all on a proxy of its own."""
    stage = Stage(products, {name: (name,) for name in NAMES}, DEFINITIONS, ALL_LIBRARIES)
    await stage.start()
    try:
        if set(stage.proxy.data_paths.values()) != {"framed"}:
            return report.skip(FAMILY, "wsroute explain does not call these routes framed")
        for case in cases():
            for client, server in pairs(case)[:1 if is_quick else None]:
                outcome = await stage.run(case, client, server, case.path)
                problem = outcome.trouble and f"{outcome.trouble}: {tail(outcome.client)} and {tail(outcome.server)}"
                report.add(FAMILY, f"{client} and {server}", "framed", case.name, problem or case.judge(outcome))
        for library in LIBRARIES[:1 if is_quick else None]:
            for path, held, status in (("places", 2, 503), ("places_each", 1, 429)):
                problem = await crowd(stage, library, path, held, status)
                report.add(FAMILY, f"{library} and others", "framed", f"{path}: one too many", problem)
    finally:
        await stage.stop()
