"""Figures beside their peers, and whether they keep their limits."""

from __future__ import annotations

import math
import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One result. A limit holds for the ratio to the peer where there is a peer, else for the value itself.

    `at_most_more`: how much more than the peer's the value may be, in its own unit.
    """

    name: str
    unit: str
    value: float
    peer: str = ""
    peer_value: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    at_most_more: float | None = None
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        return self.value / self.peer_value if self.peer_value else None

    @property
    def judged(self) -> float:
        """What the limit is about."""
        return self.value if self.ratio is None else self.ratio

    @property
    def holds(self) -> bool | None:
        """None where no limit was set."""
        if self.at_most_more is not None and self.peer_value is not None:
            return self.value <= self.peer_value + self.at_most_more
        if self.at_least is None and self.at_most is None:
            return None
        return (self.at_least is None or self.judged >= self.at_least) and (
            self.at_most is None or self.judged <= self.at_most
        )

    @property
    def limit(self) -> str:
        if self.at_most_more is not None:
            return f"+{self.at_most_more:g}"
        if self.at_least is not None:
            return f">= {self.at_least:g}"
        return f"<= {self.at_most:g}" if self.at_most is not None else ""

    def record(self) -> dict[str, Any]:
        """The figure as it is written to bench/out, with where and when it was taken."""
        ratio = self.ratio
        return {
            **asdict(self),
            "ratio": None if ratio is None else round(ratio, 3),
            "holds": self.holds,
            "machine": machine(),
            "load_average": [round(load, 2) for load in os.getloadavg()],
            "date": datetime.now(UTC).isoformat(timespec="seconds"),
            "commit": commit(),
        }


def rates(
    own: Callable[[], None], peer: Callable[[], None], amount: float, *, rounds: int = 5
) -> tuple[float, float]:
    """Amount per second of both, each the median of `rounds`."""
    mine, others = in_turns([own, peer], rounds=rounds)
    return amount / statistics.median(mine), amount / statistics.median(others)


def in_turns(works: list[Callable[[], None]], *, rounds: int) -> list[list[float]]:
    """Seconds of each work, round for round in turns, so that the machine treats all alike."""
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, taken in zip(works, seconds, strict=True):
            began = time.perf_counter()
            work()
            taken.append(time.perf_counter() - began)
    return seconds


def percentile(values: list[float], part: float) -> float:
    """The smallest value that at least `part` (0 to 1) of all do not exceed."""
    return sorted(values)[math.ceil(len(values) * part) - 1]


def machine() -> str:
    """Processor, cores, memory and Python in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.python_implementation()} {platform.python_version()}"
    )


def commit() -> str:
    """The commit that was measured; with "+" when the work tree differs from it."""
    words = ["git", "-C", str(Path(__file__).parent), "describe", "--always", "--dirty=+"]
    said = subprocess.run(words, capture_output=True, text=True, check=False)
    return said.stdout.strip() or "unknown"
