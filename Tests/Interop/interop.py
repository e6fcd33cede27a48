"""What the interop scripts share: a runner for cases, and where the proxy is.

A script is started by the end-to-end tests with the addresses as arguments and runs its cases one after the other.
It prints a line for each and exits with 1 if any failed.
"""

import asyncio
import inspect
import sys
import traceback

CASE_SECONDS_MAX = 60


class Cases:
    """Named cases, run in the order in which they were added."""

    def __init__(self):
        self._cases = []

    def add(self, function):
        """Decorator: the first line of the doc string names the case."""
        self._cases.append((inspect.getdoc(function).splitlines()[0], function))
        return function

    async def run(self, *arguments):
        """Runs all cases and returns the exit code."""
        failures = 0
        for name, function in self._cases:
            try:
                await asyncio.wait_for(function(*arguments), CASE_SECONDS_MAX)
            except Exception:
                failures += 1
                print(f"FAILED {name}\n{traceback.format_exc()}", flush=True)
            else:
                print(f"passed {name}", flush=True)
        print(f"{len(self._cases) - failures} of {len(self._cases)} cases passed", flush=True)
        return 1 if failures else 0


def expect(condition, message=""):
    """Fails the case unless the condition holds. `assert` would go away with -O."""
    if not condition:
        raise AssertionError(message or "not as expected")


def expect_equal(value, wanted):
    """Fails the case unless both are equal."""
    expect(value == wanted, f"{value!r} instead of {wanted!r}")


def main(cases, *names):
    """Runs the cases with the arguments of the script, which `names` describe."""
    if len(sys.argv) != len(names) + 1:
        sys.exit(f"usage: {sys.argv[0]} {' '.join(names)}")
    sys.exit(asyncio.run(cases.run(*sys.argv[1:])))
