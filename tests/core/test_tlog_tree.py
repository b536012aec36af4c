"""The tree against RFC 6962's own examples, against pymerkle, and against whoever would forge a proof."""

import hashlib

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.generated import quick

from porchlight.core.tlog import (
    EMPTY_ROOT,
    consistency_proof,
    entry_bundles,
    hash_tiles,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    tile_path,
    verify_consistency,
    verify_inclusion,
)

# The eight entries and the roots that certificate-transparency implementations have used since RFC 6962.
ENTRIES = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
HASHES = [leaf_hash(entry) for entry in ENTRIES]

trees = st.lists(st.binary(max_size=12), min_size=1, max_size=40).map(
    lambda entries: [leaf_hash(entry) for entry in entries]
)


def recursive_root(hashes):
    """RFC 6962, section 2.1, word for word."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return node_hash(recursive_root(hashes[:split]), recursive_root(hashes[split:]))


@pytest.mark.parametrize("size", range(1, 9))
def test_the_known_roots(size):
    assert root(HASHES[:size]).hex() == ROOTS[size - 1]


def test_the_empty_tree():
    assert root([]) == EMPTY_ROOT == hashlib.sha256(b"").digest()


def test_known_proofs_of_the_rfc():
    found = [each.hex()[:8] for each in inclusion_proof(0, HASHES)]
    assert found == ["96a296d2", "5f083f0a", "6b47aaf2"]
    assert [each.hex()[:8] for each in consistency_proof(6, HASHES)] == ["0ebc5d34", "ca854ea1", "d37ee418"]


@quick
@given(trees)
def test_roots_are_those_of_the_rfc_s_recursion(hashes):
    assert root(hashes) == recursive_root(hashes)


def test_roots_and_proofs_are_those_of_pymerkle():
    theirs = pymerkle.InmemoryTree(algorithm="sha256")
    entries = [b"entry %d" % n for n in range(70)]
    hashes = [leaf_hash(entry) for entry in entries]
    for entry in entries:
        theirs.append_entry(entry)
    for size in range(1, 71):
        assert root(hashes[:size]) == theirs.get_root(size)
    for size, index in ((70, 0), (70, 69), (64, 63), (65, 64), (33, 17), (1, 0)):
        path = [bytes.fromhex(each) for each in theirs.prove_inclusion(index + 1, size).serialize()["path"]]
        own = inclusion_proof(index, hashes[:size])
        assert set(own) == set(path) - {hashes[index]}
        pymerkle.verify_inclusion(hashes[index], root(hashes[:size]), theirs.prove_inclusion(index + 1, size))
    for old, size in ((1, 70), (64, 70), (65, 70), (3, 7)):
        pymerkle.verify_consistency(
            root(hashes[:old]), root(hashes[:size]), theirs.prove_consistency(old, size)
        )


def test_every_leaf_of_every_small_tree_is_included():
    for size in range(1, 33):
        hashes = [leaf_hash(bytes([n])) for n in range(size)]
        for index in range(size):
            proof = inclusion_proof(index, hashes)
            assert verify_inclusion(
                hashes[index], index=index, size=size, proof=proof, root_hash=root(hashes)
            )


def test_every_small_tree_is_consistent_with_every_earlier_one():
    hashes = [leaf_hash(bytes([n])) for n in range(33)]
    for size in range(34):
        for old in range(size + 1):
            assert verify_consistency(
                old_size=old,
                old_root=root(hashes[:old]),
                size=size,
                root_hash=root(hashes[:size]),
                proof=consistency_proof(old, hashes[:size]),
            )


@quick
@given(trees, st.data())
def test_a_flipped_bit_anywhere_fails_inclusion(hashes, data):
    index = data.draw(st.integers(0, len(hashes) - 1))
    proof = inclusion_proof(index, hashes)
    parts = [hashes[index], root(hashes), *proof]
    which, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    parts[which] = flipped(parts[which], bit)
    assert not verify_inclusion(parts[0], index=index, size=len(hashes), root_hash=parts[1], proof=parts[2:])


@quick
@given(trees, st.data())
def test_another_index_longer_shorter_or_mixed_paths_fail_inclusion(hashes, data):
    index = data.draw(st.integers(0, len(hashes) - 1))
    proof = list(inclusion_proof(index, hashes))
    top = root(hashes)
    wrong = data.draw(st.integers(-2, len(hashes) + 2).filter(lambda n: n != index))
    included = verify_inclusion(hashes[index], index=wrong, size=len(hashes), proof=proof, root_hash=top)
    assert not included or hashes[wrong] == hashes[index]
    for path in ([*proof, EMPTY_ROOT], proof[:-1] if proof else [top], [*proof, b"short"]):
        assert not verify_inclusion(hashes[index], index=index, size=len(hashes), proof=path, root_hash=top)


@quick
@given(trees, st.data())
def test_a_flipped_bit_anywhere_fails_consistency(hashes, data):
    old = data.draw(st.integers(1, len(hashes)))
    proof = consistency_proof(old, hashes)
    parts = [root(hashes[:old]), root(hashes), *proof]
    which, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    parts[which] = flipped(parts[which], bit)
    assert not verify_consistency(
        old_size=old, old_root=parts[0], size=len(hashes), root_hash=parts[1], proof=parts[2:]
    )


@quick
@given(trees, st.data())
def test_a_rewritten_past_has_no_consistency_proof(hashes, data):
    old = data.draw(st.integers(1, len(hashes)))
    rewritten = list(hashes)
    place = data.draw(st.integers(0, old - 1))
    rewritten[place] = leaf_hash(b"rewritten past")
    assert not verify_consistency(
        old_size=old,
        old_root=root(hashes[:old]),
        size=len(hashes),
        root_hash=root(rewritten),
        proof=consistency_proof(old, rewritten),
    )


def test_trees_do_not_shrink_and_leaves_outside_have_no_proof():
    with pytest.raises(ValueError, match="no such leaf"):
        inclusion_proof(8, HASHES)
    with pytest.raises(ValueError, match="no such leaf"):
        inclusion_proof(-1, HASHES)
    with pytest.raises(ValueError, match="what it will be"):
        consistency_proof(9, HASHES)
    assert not verify_consistency(
        old_size=8, old_root=root(HASHES), size=7, root_hash=root(HASHES[:7]), proof=()
    )
    assert not verify_consistency(
        old_size=3, old_root=root(HASHES[:3]), size=8, root_hash=root(HASHES), proof=()
    )


def test_a_leaf_is_no_node():
    left, right = HASHES[:2]
    assert leaf_hash(left + right) != node_hash(left, right)


# -- tiles ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "path"), [(0, "000"), (999, "999"), (1000, "x001/000"), (1234067, "x001/x234/067")]
)
def test_tile_paths_are_those_of_the_specification(number, path):
    assert tile_path(number) == path


def test_the_layout_of_seventy_thousand_entries_is_the_specification_s():
    hashes = [leaf_hash(b"%d" % n) for n in range(70_000)]
    tiles = dict(hash_tiles(hashes))
    assert len(tiles) == 274 + 2 + 1
    assert {path for path in tiles if ".p/" in path} == {
        "tile/0/273.p/112",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
    }
    level_2 = tiles["tile/2/000.p/1"]
    assert level_2 == root(hashes[:65_536])
    level_1 = tiles["tile/1/001.p/17"]
    assert level_1[:32] == root(hashes[65_536 : 65_536 + 256])


def test_entries_are_bundled_after_their_length():
    bundles = dict(entry_bundles([b"", b"a", b"bc"]))
    assert bundles == {"tile/entries/000.p/3": b"\x00\x00\x00\x01a\x00\x02bc"}
    assert [path for path, _ in entry_bundles([b"x"] * 256)] == ["tile/entries/000"]
    with pytest.raises(ValueError, match="65,535"):
        list(entry_bundles([b"x" * 65_536]))
    assert list(hash_tiles([])) == list(entry_bundles([])) == []


def flipped(value, bit):
    changed = bytearray(value)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
