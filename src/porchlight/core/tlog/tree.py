"""The Merkle tree of RFC 6962, section 2.1: roots, inclusion and consistency, and their verification.

Invariants: a leaf and a node never hash alike (their first byte differs), and a tree of n leaves splits at the largest
power of two below n, so a tree's left part never changes while it grows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
Hash = bytes


def leaf_hash(entry: bytes) -> Hash:
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(hashes: Sequence[Hash]) -> Hash:
    """The root of a tree over these leaf hashes, in time linear in their number."""
    peaks: list[tuple[int, Hash]] = []
    for each in hashes:
        size, top = 1, each
        while peaks and peaks[-1][0] == size:
            top = node_hash(peaks.pop()[1], top)
            size *= 2
        peaks.append((size, top))
    if not peaks:
        return EMPTY_ROOT
    top = peaks.pop()[1]
    while peaks:
        top = node_hash(peaks.pop()[1], top)
    return top


def inclusion_proof(index: int, hashes: Sequence[Hash]) -> tuple[Hash, ...]:
    """The hashes that lead from leaf `index` to the root, nearest first. Raises ValueError outside the tree."""
    if not 0 <= index < len(hashes):
        raise ValueError("no such leaf")
    path: list[Hash] = []
    while len(hashes) > 1:
        split = _split(len(hashes))
        if index < split:
            path.append(root(hashes[split:]))
            hashes = hashes[:split]
        else:
            path.append(root(hashes[:split]))
            hashes, index = hashes[split:], index - split
    return tuple(reversed(path))


def verify_inclusion(leaf: Hash, *, index: int, size: int, proof: Sequence[Hash], root_hash: Hash) -> bool:
    """Whether `leaf` is the leaf hash at `index` of the tree of `size` leaves with this root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes(leaf, root_hash, *proof):
        return False
    turns = _turns(index, size - 1, proof)
    if turns is None:
        return False
    reached = leaf
    for step, is_left in turns:
        reached = node_hash(step, reached) if is_left else node_hash(reached, step)
    return reached == root_hash


def consistency_proof(old_size: int, hashes: Sequence[Hash]) -> tuple[Hash, ...]:
    """The hashes that show the first `old_size` leaves unchanged in this tree. Raises ValueError if it is smaller.

    Empty from nothing and for the same size: then there is nothing to show.
    """
    if not 0 <= old_size <= len(hashes):
        raise ValueError("a tree is consistent with what it was, not with what it will be")
    if old_size in {0, len(hashes)}:
        return ()
    path: list[Hash] = []
    whole = True  # whether what is left of the old tree is a subtree whose root the verifier has
    while old_size != len(hashes):
        split = _split(len(hashes))
        if old_size <= split:
            path.append(root(hashes[split:]))
            hashes = hashes[:split]
        else:
            path.append(root(hashes[:split]))
            hashes, old_size, whole = hashes[split:], old_size - split, False
    if not whole:
        path.append(root(hashes))
    return tuple(reversed(path))


def verify_consistency(
    *, old_size: int, old_root: Hash, size: int, root_hash: Hash, proof: Sequence[Hash]
) -> bool:
    """Whether the tree of `size` leaves begins with the tree of `old_size` leaves (RFC 9162, 2.1.4.2)."""
    if not 0 <= old_size <= size or not _are_hashes(old_root, root_hash, *proof):
        return False
    if old_size == size:
        return not proof and old_root == root_hash
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    return _leads_to_both(old_size, old_root, size, root_hash, proof)


def _leads_to_both(old_size: int, old_root: Hash, size: int, root_hash: Hash, proof: Sequence[Hash]) -> bool:
    """`verify_consistency` between two sizes that differ, neither of them nothing."""
    place, last = old_size - 1, size - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    # The root of a full tree is itself the first step, and the proof leaves it out.
    steps = [old_root, *proof] if place == 0 else list(proof)
    turns = _turns(place, last, steps[1:])
    if not steps or turns is None:
        return False
    old_reached = reached = steps[0]
    for step, is_left in turns:
        if is_left:
            old_reached, reached = node_hash(step, old_reached), node_hash(step, reached)
        else:
            reached = node_hash(reached, step)
    return old_reached == old_root and reached == root_hash


def _turns(place: int, last: int, path: Sequence[Hash]) -> list[tuple[Hash, bool]] | None:
    """Each step with whether it stands to the left, from node `place` of a row that ends at `last`, up to the root.

    None if the path has not exactly the length that leads there.
    """
    turns = []
    for step in path:
        if last == 0:
            return None
        is_left = bool(place % 2) or place == last
        turns.append((step, is_left))
        if is_left:
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    return turns if last == 0 else None


def _split(size: int) -> int:
    """The largest power of two below `size`, which is above 1."""
    return 1 << (size - 1).bit_length() - 1


def _are_hashes(*values: Hash) -> bool:
    return all(len(value) == HASH_BYTES for value in values)
