"""Counts results and prints them as one table."""

FAILURES_SHOWN_MAX = 40


class Report:
    """Results by family, who took part, and path."""

    def __init__(self):
        self._cells, self._failures, self._skipped = {}, [], []

    @property
    def failed(self):
        """How many failed."""
        return len(self._failures)

    @property
    def passed(self):
        """How many passed."""
        return sum(good for good, _ in self._cells.values())

    def add(self, family, who, path, name, problem):
        """One result; `problem` is None where it is fine."""
        good, total = self._cells.get((family, who, path), (0, 0))
        self._cells[family, who, path] = good + (problem is None), total + 1
        if problem is not None:
            self._failures.append(f"{family}: {name} ({who}, {path}): {problem}")

    def skip(self, what, why):
        """Something that could not be tried."""
        self._skipped.append(f"{what}: {why}")

    def print(self):
        """The table, the failures, what was left out and the sum."""
        paths = sorted({path for _, _, path in self._cells}, reverse=True)
        rows = list(dict.fromkeys((family, who) for family, who, _ in self._cells))
        table = [("family", "client and server", *paths)]
        table += [(family, who, *(self._cell(family, who, path) for path in paths)) for family, who in rows]
        widths = [max(map(len, column)) for column in zip(*table)]
        for row in table:
            print("  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip())
        for line in self._failures[:FAILURES_SHOWN_MAX]:
            print(f"FAILED {line}")
        if self.failed > FAILURES_SHOWN_MAX:
            print(f"… and {self.failed - FAILURES_SHOWN_MAX} more")
        for line in self._skipped:
            print(f"skipped {line}")
        print(f"{self.passed} of {self.passed + self.failed} cases passed", flush=True)

    def _cell(self, family, who, path):
        good, total = self._cells.get((family, who, path), (0, 0))
        return "" if total == 0 else str(total) if good == total else f"{good} of {total}"
