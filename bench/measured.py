"""A figure beside its peer."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """`ratio` above 1: better than the peer, where more is better."""

    unit: str
    value: float
    peer: str
    peer_value: float

    @property
    def ratio(self) -> float:
        return self.value / self.peer_value


def rates(
    own: Callable[[], None], peer: Callable[[], None], amount: float, *, rounds: int = 5
) -> tuple[float, float]:
    """Amount per second of both, each the median of `rounds`, taken in turns so that the machine treats them alike."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for work, taken in zip((own, peer), seconds, strict=True):
            began = time.perf_counter()
            work()
            taken.append(time.perf_counter() - began)
    return amount / statistics.median(seconds[0]), amount / statistics.median(seconds[1])
