"""Draw worlds and compare them."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.server.noninterference import acts, base
from tests.server.noninterference.world import run

_low = st.one_of(
    st.tuples(st.sampled_from(["share", "withdraw_share"]), st.sampled_from(base.VISIBLE)),
    st.tuples(
        st.sampled_from(["ask_again", "ask_urgent", "draft", "withdraw_request", "open_share"]),
        st.integers(0, 1),
    ),
    st.tuples(st.just("wait"), st.sampled_from([3, 30, 60 * 24 * 3])),
)
_hidden = st.tuples(st.sampled_from(sorted(acts.HIGH)), st.sampled_from(base.HIDDEN))
_gaps = st.lists(st.lists(_hidden, max_size=3), max_size=4)
# Owners are asked in the first minutes; most leaks show only after that.
_trace = st.lists(_low, min_size=1, max_size=3).map(lambda steps: [("wait", 30), *steps])


def differences(first: dict[str, Any], second: dict[str, Any]) -> list[str]:
    """The doors that show something else in the second world."""
    return sorted(door for door in first.keys() | second.keys() if first.get(door) != second.get(door))


def compare(ground: base.Ground, directory: Path, *, examples: int) -> None:
    """Raises AssertionError with the doors that differ, for two of three worlds with the same visible acts.

    `examples`: how many drawn traces. Three worlds a trace are two comparisons for the price of one and a half.
    """
    numbers = itertools.count()

    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True, print_blob=False,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate,),
    )  # fmt: skip
    @given(_trace, st.tuples(_gaps, _gaps, _gaps))
    def same(low: list[acts.Act], hidden: tuple[list[list[acts.Act]], ...]) -> None:
        first, *others = [run(ground, low, high, directory / str(next(numbers))) for high in hidden]
        for other, high in zip(others, hidden[1:], strict=True):
            for one, another in zip(first, other, strict=True):
                found = differences(one, another)
                assert not found, (
                    f"{found[:6]}\n{low}\n{hidden[0]}\n{high}\n{one.get(found[0])}\n{another.get(found[0])}"
                )

    same()
