"""What a case is, what came of it at both ends, and whether two outcomes are the same."""

import re
from dataclasses import dataclass, field

from .peers.base import echo
from .sessions import Options

LIBRARIES = ("websockets", "aiohttp", "wsproto", "picows")
DEFLATING = ("websockets", "aiohttp", "wsproto")


@dataclass
class Case:
    """A conversation that is held direct and through the proxy.

    `client` and `server` are the scripts of both ends. `framed` compares (direct, proxied) where the framed path is
    to differ from no proxy, and returns what is wrong or None. `exact_end` also compares how the stream ended.
    """

    family: str
    name: str
    client: object
    server: object = echo
    clients: tuple = LIBRARIES
    servers: tuple = LIBRARIES
    options: dict = field(default_factory=dict)
    framed: object = None
    exact_end: bool = False
    seconds: float = 10
    quick: bool = True

    def new_options(self):
        """Fresh options of one run."""
        return Options(**self.options)


@dataclass
class Outcome:
    """The logs of both ends."""

    client: list
    server: list
    trouble: str = None

    def compared(self, exact_end):
        """In a form in which equal means the same."""
        def plain(log):
            return [tuple(map(without_position, entry)) if exact_end or entry[0] != "end" else ("end",)
                    for entry in log if exact_end or entry[0] != "unfinished"]
        return plain(self.client), plain(self.server)

    def closed_with(self, end):
        """The last close code that an end saw, or None."""
        for entry in reversed(getattr(self, end)):
            if entry[0] in ("close", "closed"):
                return entry[1]
        return None


def without_position(value):
    """A reason without the place where bytes were no text: it counts from where the library last read."""
    return re.sub(r"in position \d+(-\d+)?", "somewhere", value) if isinstance(value, str) else value


def difference(case, path, direct, proxied):
    """What is wrong with the proxied outcome, or None."""
    if direct.trouble:
        return f"direct: {direct.trouble}; client saw {tail(direct.client)}, server saw {tail(direct.server)}"
    if proxied.trouble:
        return f"{proxied.trouble}; client saw {tail(proxied.client)}, server saw {tail(proxied.server)}"
    if path == "framed" and case.framed:
        return case.framed(direct, proxied)
    wanted, seen = direct.compared(case.exact_end), proxied.compared(case.exact_end)
    if path == "framed" and bad_gateway_is_told(direct, proxied):
        wanted, seen = (before_end(wanted[0]), wanted[1]), (before_end(seen[0]), seen[1])
    for end, left, right in zip(("client", "server"), wanted, seen):
        if left != right:
            return f"{end} {first_difference(left, right)}"
    return None


def bad_gateway_is_told(direct, proxied):
    """Whether a client that saw no close code without the proxy is told 1014 by it: its server went without one.

    `wsproto` does not know that code and takes it for a violation.
    """
    told = [entry[1:3] for entry in proxied.client if entry[0] in ("close", "closed")]
    return direct.closed_with("client") is None and bool(told) and (
        told[0][0] == 1014 or told[0] == (1002, "CLOSE with unknown reserved code"))


def before_end(log):
    """A log without what tells of the end."""
    return [entry for entry in log if entry[0] not in ("close", "closed", "end", "disconnected")]


def first_difference(left, right):
    """Where two logs part."""
    for number, (one, other) in enumerate(zip(left, right)):
        if one != other:
            return f"entry {number}: {one} direct, {other} proxied"
    return f"direct ends with {tail(left)}, proxied with {tail(right)}"


def tail(log):
    """The end of a log."""
    return ("… " if len(log) > 3 else "") + ", ".join(map(str, log[-3:]))


def violation_is_answered(violator, code=1002):
    """For `framed`: both ends are told of a violation with this code, by the proxy."""
    def compare(_, proxied):
        victim = "server" if violator == "client" else "client"
        for end in (violator, victim):
            seen = proxied.closed_with(end)
            if seen != code:
                return f"{end} saw close code {seen} instead of {code}: {tail(getattr(proxied, end))}"
        return None
    return compare
