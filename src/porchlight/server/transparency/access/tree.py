"""The tree over stored hashes: a proof reads a few dozen rows, however long the log is.

Each full subtree's hash is a row, so any hash of RFC 6962 is a right fold over at most 63 of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_

from django.db.models import Q

from porchlight.core import tlog
from porchlight.server.transparency.models import LogNode

Place = tuple[int, int]
"""Level and position of a full subtree: it covers the entries from `position << level` on."""


def peaks(start: int, end: int) -> list[Place]:
    """The full subtrees that `start` up to but not including `end` consists of, largest first.

    `start` is a multiple of the largest power of two below `end - start`, or of that length itself.
    """
    places = []
    while start < end:
        level = (end - start).bit_length() - 1
        places.append((level, start >> level))
        start += 1 << level
    return places


def siblings(index: int, size: int) -> list[list[Place]]:
    """What proves entry `index` in the tree of `size` entries: for each hash, from the leaf up, its full subtrees."""
    found: list[list[Place]] = []
    start, end = 0, size
    while end - start > 1:
        split = start + (1 << ((end - start - 1).bit_length() - 1))
        if index < split:
            found.append(peaks(split, end))
            end = split
        else:
            found.append(peaks(start, split))
            start = split
    return found[::-1]


def read(places: Sequence[Place]) -> dict[Place, bytes]:
    """The stored hashes of these subtrees, in one query."""
    if not places:
        return {}
    wanted = reduce(or_, (Q(level=level, position=position) for level, position in places))
    rows = LogNode.objects.filter(wanted).values_list("level", "position", "hash")
    return {(level, position): bytes(value) for level, position, value in rows}


def fold(places: Sequence[Place], hashes: Mapping[Place, bytes]) -> bytes:
    """The hash over full subtrees that stand side by side, largest first; of none, that of the empty tree."""
    if not places:
        return tlog.root([])
    values = [hashes[place] for place in places]
    return reduce(lambda right, left: tlog.node_hash(left, right), reversed(values[:-1]), values[-1])


def root(size: int) -> bytes:
    """The root of the tree of the first `size` entries."""
    places = peaks(0, size)
    return fold(places, read(places))


def proof(index: int, size: int) -> list[bytes]:
    """The inclusion proof of entry `index` in the tree of `size` entries."""
    groups = siblings(index, size)
    hashes = read([place for group in groups for place in group])
    return [fold(group, hashes) for group in groups]


def grown(hashes: Mapping[Place, bytes], index: int, leaf: bytes) -> list[tuple[Place, bytes]]:
    """The full subtrees that exist from entry `index` on, its own leaf first. `hashes` holds those before it."""
    place, value = (0, index), leaf
    made = [(place, value)]
    while place[1] % 2:
        level, position = place
        value = tlog.node_hash(hashes[level, position - 1], value)
        place = (level + 1, position // 2)
        made.append((place, value))
    return made
