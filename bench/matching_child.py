"""`python -m bench.matching_child CAMERAS [postgis]`: fills the environment's database, then answers lines of JSON.

A line is {"ring": [[lon, lat], …], "how": "ours" or "postgis"}; the answer {"ms": …, "found": …, "sha256": …}.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from bench import matching_fill
from porchlight.commands.django_setup import setup
from porchlight.core.places import Area, read_area

_PEER = """
SELECT DISTINCT c.household_id FROM peer_camera c
JOIN households_household h ON h.id = c.household_id
WHERE ST_Intersects(c.place, ST_GeomFromText(%s, 4326))
AND h.place_verified_at IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM households_optout o WHERE o.household_id = c.household_id AND o.scope = 'all')
ORDER BY c.household_id
"""


def main(cameras: int, *, postgis: bool) -> None:
    setup()
    matching_fill.fill(cameras)
    if postgis:
        _make_peer()
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        find = _ours if asked["how"] == "ours" else _peers
        given = (
            read_area({"type": "Polygon", "coordinates": [asked["ring"]]})
            if asked["how"] == "ours"
            else asked["ring"]
        )
        began = time.perf_counter()
        found = list(find(given))
        took = (time.perf_counter() - began) * 1000
        digest = hashlib.sha256(b"".join(each.bytes for each in found)).hexdigest()
        print(json.dumps({"ms": took, "found": len(found), "sha256": digest}), flush=True)


def _ours(area: Area) -> Iterable[UUID]:
    from porchlight.server.households.access import households_in  # noqa: PLC0415 - after the set-up

    return households_in(area)


def _peers(ring: Any) -> Iterable[UUID]:
    from django.db import connection  # noqa: PLC0415 - after the set-up

    corners = ", ".join(f"{lon!r} {lat!r}" for lon, lat in ring)
    rows = connection.connection.execute(_PEER, (f"POLYGON(({corners}))",))
    return [row[0] for row in rows]


def _make_peer() -> None:
    """The same cameras as points with a GiST index, as somebody who has PostGIS would keep them."""
    from django.db import connection  # noqa: PLC0415 - after the set-up

    for statement in (
        "CREATE EXTENSION postgis",
        """CREATE TABLE peer_camera AS SELECT id, household_id,
        ST_SetSRID(ST_MakePoint(longitude, latitude), 4326) AS place FROM households_camera""",
        "ALTER TABLE peer_camera ADD PRIMARY KEY (id)",
        "CREATE INDEX ON peer_camera USING gist (place)",
        "VACUUM ANALYZE peer_camera",
    ):
        connection.connection.execute(statement)


if __name__ == "__main__":
    main(int(sys.argv[1]), postgis="postgis" in sys.argv[2:])
