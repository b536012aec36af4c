"""Which owners live in 0.5 square miles among 1,000,000 cameras: the product's own query beside PostGIS with a GiST index.

`households_in` is asked as the fan-out asks it, on SQLite and on PostgreSQL; PostGIS answers the same question (verified
homes, those that opted out left out, ascending) in one statement on the same cluster. All are asked each polygon in
turns, and must find the same households. 100,000 cameras on a tenth of the land tell how the time grows.
"""

from __future__ import annotations

import json
import math
import os
import random
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from bench import matching_fill, needs
from bench.installation import ROOT, installation
from bench.measured import Figure
from porchlight.core.places import read_area

CAMERAS = int(os.environ.get("BENCH_CAMERAS", "1000000"))
_SMALL = CAMERAS // 10
_POLYGONS = 120
_WARM_UP = 15
_SQUARE_MILES = 0.499
_MOST_OF_POSTGIS = 1.2
_MOST_GROWTH = 1.3
_PEER = "PostGIS GiST"

Ring = list[tuple[float, float]]


@dataclass
class _Child:
    """One database and the process that fills and asks it."""

    process: subprocess.Popen[str]

    def ready(self) -> None:
        assert self.process.stdout
        assert self.process.stdout.readline() == "ready\n", "the child could not fill its database"

    def ask(self, ring: Ring, how: str = "ours") -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"ring": ring, "how": how}) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


def run() -> Iterator[Figure]:
    """Some four minutes, most of it filling."""
    _need_postgis()
    with ExitStack() as stack:
        children = {
            (database, cameras): stack.enter_context(_child(database, cameras))
            for database in ("sqlite", "postgresql")
            for cameras in (_SMALL, CAMERAS)
        }
        for child in children.values():
            child.ready()
        took = _asked(children)
    postgis = statistics.median(took["postgis", CAMERAS])
    for database in ("sqlite", "postgresql"):
        value = statistics.median(took[database, CAMERAS])
        details = {
            "cameras": CAMERAS,
            "polygons": _POLYGONS,
            "square_miles": _SQUARE_MILES,
            "answers_equal": True,
        }
        yield Figure(
            f"matching-{database}",
            "ms",
            value,
            _PEER,
            postgis,
            at_most=_MOST_OF_POSTGIS,
            details={**details, "p95_ms": round(statistics.quantiles(took[database, CAMERAS], n=20)[-1], 2)},
        )
    for database in ("sqlite", "postgresql"):
        yield Figure(
            f"matching-growth-{database}",
            f"ms among {CAMERAS:,} cameras",
            statistics.median(took[database, CAMERAS]),
            f"among {_SMALL:,} on a tenth of the land",
            statistics.median(took[database, _SMALL]),
            at_most=_MOST_GROWTH,
        )


def _asked(children: dict[tuple[str, int], _Child]) -> dict[tuple[str, int], list[float]]:
    """Milliseconds by (who answers, cameras)."""
    took: dict[tuple[str, int], list[float]] = {}
    most = _WARM_UP + _POLYGONS
    rings = {cameras: list(islice(_rings(cameras), most)) for cameras in (_SMALL, CAMERAS)}
    found = 0
    for number in range(most):
        answers = {
            (database, cameras): child.ask(rings[cameras][number])
            for (database, cameras), child in children.items()
        }
        peer = children["postgresql", CAMERAS].ask(rings[CAMERAS][number], "postgis")
        for database in ("sqlite", "postgresql"):
            own = answers[database, CAMERAS]
            assert own["sha256"] == peer["sha256"], (
                f"{database} found {own['found']}, PostGIS {peer['found']}"
            )
        answers["postgis", CAMERAS] = peer
        found += peer["found"]
        if number >= _WARM_UP:
            for key, answer in answers.items():
                took.setdefault(key, []).append(answer["ms"])
    assert found > 100 * _POLYGONS, "the polygons lie where nobody lives"
    return took


def _rings(cameras: int) -> Iterator[Ring]:
    """Polygons of 0.5 square miles with 4 to 24 corners, in the towns that `matching_fill` builds."""
    corners = matching_fill.towns(cameras, random.Random(cameras))
    dice = random.Random(11)
    while True:
        east, north = dice.choice(corners)
        centre = (
            east + dice.uniform(0.2, 0.8) * matching_fill.TOWN_M,
            north + dice.uniform(0.2, 0.8) * matching_fill.TOWN_M,
        )
        count = dice.randint(4, 24)
        shape = [
            (dice.uniform(0.7, 1.0), 2 * math.pi * (at + dice.uniform(-0.3, 0.3)) / count)
            for at in range(count)
        ]
        scale = 700.0
        for _ in range(
            3
        ):  # the true area follows from the corners; two corrections bring it to the wanted one
            spots = [
                (centre[0] + scale * r * math.cos(a), centre[1] + scale * r * math.sin(a)) for r, a in shape
            ]
            ring = [(lon, lat) for lat, lon in (matching_fill.metres(*spot) for spot in spots)]
            area = read_area({"type": "Polygon", "coordinates": [[*ring, ring[0]]]})
            scale *= math.sqrt(_SQUARE_MILES / area.square_miles)
        yield list(area.ring)


@contextmanager
def _child(database: str, cameras: int) -> Iterator[_Child]:
    words = [sys.executable, "-m", "bench.matching_child", str(cameras)]
    if (database, cameras) == ("postgresql", CAMERAS):
        words.append("postgis")
    with installation(database) as platform:
        environment = {**platform.environment, "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(
            words, env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                yield _Child(process)
            finally:
                process.kill()


def _need_postgis() -> None:
    where = "/usr/share/postgresql"
    if not list(Path(where).glob("*/extension/postgis.control")):
        needs.debian("postgresql", "postgresql-15-postgis-3")
    if not list(Path(where).glob("*/extension/postgis.control")):
        raise needs.Missing("PostGIS is missing: apt-get install postgresql-15-postgis-3")
