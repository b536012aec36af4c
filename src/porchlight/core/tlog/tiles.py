"""Static files for a log (c2sp.org/tlog-tiles): 256 hashes to a tile, tiles of tiles above, bundles of entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from porchlight.core.tlog.tree import root

TILE_WIDTH = 256
MOST_ENTRY_BYTES = 65_535
_GROUP = 1000


def tile_path(number: int) -> str:
    """A tile's number as path: three digits a step, all but the last marked with x. 1234067 is x001/x234/067."""
    path = f"{number % _GROUP:03d}"
    while number := number // _GROUP:
        path = f"x{number % _GROUP:03d}/{path}"
    return path


def hash_tiles(hashes: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    """(path, content) of every tile of a tree over these leaf hashes, partial ones included."""
    level, row = 0, list(hashes)
    while row:
        for start in range(0, len(row), TILE_WIDTH):
            tile = row[start : start + TILE_WIDTH]
            yield f"tile/{level}/{_named(start, len(tile))}", b"".join(tile)
        full = len(row) - len(row) % TILE_WIDTH
        row = [root(row[start : start + TILE_WIDTH]) for start in range(0, full, TILE_WIDTH)]
        level += 1


def entry_bundles(entries: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    """(path, content) of the bundles: each entry after its length in two bytes. Raises ValueError over 65,535 bytes."""
    for start in range(0, len(entries), TILE_WIDTH):
        bundle = entries[start : start + TILE_WIDTH]
        if any(len(each) > MOST_ENTRY_BYTES for each in bundle):
            raise ValueError("an entry of the log has at most 65,535 bytes")
        content = b"".join(len(each).to_bytes(2, "big") + each for each in bundle)
        yield f"tile/entries/{_named(start, len(bundle))}", content


def _named(start: int, width: int) -> str:
    path = tile_path(start // TILE_WIDTH)
    return path if width == TILE_WIDTH else f"{path}.p/{width}"
