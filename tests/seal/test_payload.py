import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.seal import age_by_hand, vectors

from porchlight.seal import payload
from porchlight.seal.errors import SealError
from porchlight.seal.keys import generate_identity, read_identity
from porchlight.seal.opening import open_bytes, open_file, open_stream
from porchlight.seal.sealing import seal_bytes, seal_file, seal_stream

VECTOR = vectors.load("payloads.json")
IDENTITY = read_identity(VECTOR["identity"])
ACCEPTED = [case for case in VECTOR["cases"] if case["accepted"]]
REFUSED = [case for case in VECTOR["cases"] if not case["accepted"]]


def file_of(case):
    built = age_by_hand.built(VECTOR, case)
    assert age_by_hand.sha256(built) == case["sha256"]
    return built


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case["name"])
def test_opens_what_is_whole(case, tmp_path):
    sealed = tmp_path / "clip.age"
    sealed.write_bytes(file_of(case))
    opened = open_file(sealed, tmp_path / "clip.mp4", IDENTITY)
    assert opened.plain_sha256 == case["plain_sha256"]
    assert age_by_hand.sha256((tmp_path / "clip.mp4").read_bytes()) == case["plain_sha256"]
    assert payload.plain_size(sealed.stat().st_size, len(VECTOR["header"]) + 16) == opened.plain_size


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["name"])
def test_refuses_what_is_not_and_leaves_no_file(case, tmp_path):
    sealed = tmp_path / "clip.age"
    sealed.write_bytes(file_of(case))
    with pytest.raises(SealError) as refused:
        open_file(sealed, tmp_path / "clip.mp4", IDENTITY)
    assert refused.value.code == "tampered"
    assert [path.name for path in tmp_path.iterdir()] == ["clip.age"]
    with pytest.raises(SealError):
        open_bytes(file_of(case), IDENTITY)


@given(st.integers(0, 3 * payload.CHUNK))
def test_sizes_follow_from_each_other(size):
    assert payload.plain_size(payload.sealed_size(size, 200), 200) == size


@pytest.mark.parametrize("size", [0, 1, payload.CHUNK, payload.CHUNK + 1, 300_000])
def test_a_sealed_stream_is_described_as_it_is(size):
    clip, plain, sealed, opened = generate_identity(), age_by_hand.plaintext(size), io.BytesIO(), io.BytesIO()
    described, head = seal_stream(io.BytesIO(plain), sealed, [clip.recipient])
    assert described.plain_sha256 == age_by_hand.sha256(plain)
    assert described.plain_size == size
    assert described.sealed_sha256 == age_by_hand.sha256(sealed.getvalue())
    assert described.sealed_size == len(sealed.getvalue()) == payload.sealed_size(size, len(head))
    assert sealed.getvalue().startswith(head)
    sealed.seek(0)
    assert open_stream(sealed, opened, clip).plain_sha256 == described.plain_sha256
    assert opened.getvalue() == plain


def test_the_head_is_found_as_soon_as_all_of_it_is_there():
    sealed = seal_bytes(b"x" * 100, [generate_identity().recipient])
    start = len(sealed) - 116
    for size in range(start):
        assert payload.split_header(sealed[:size]) is None
    head = payload.split_header(sealed[:start])
    assert head is not None
    assert head.payload_start == start
    assert head.data == sealed[:start]


@pytest.mark.parametrize(
    "data",
    [b"\x00\x00\x00\x18ftypmp42", b"age-encryption.org/v2\n", b"age-encryption.org/v1\n" + b"a" * 4096],
)
def test_what_is_no_age_file_has_no_head(data):
    with pytest.raises(SealError) as refused:
        payload.split_header(data)
    assert refused.value.code == "malformed"


def test_another_identity_opens_nothing(tmp_path):
    sealed = seal_bytes(b"secret", [generate_identity().recipient])
    with pytest.raises(SealError) as refused:
        open_bytes(sealed, generate_identity())
    assert refused.value.code == "wrong_key"
    (tmp_path / "a").write_bytes(sealed)
    with pytest.raises(SealError) as refused:
        open_file(tmp_path / "a", tmp_path / "b", generate_identity())
    assert refused.value.code == "wrong_key"


def test_a_full_disk_is_not_called_tampering(tmp_path):
    class Full(io.BytesIO):
        def write(self, _data):
            raise OSError(28, "No space left on device")

    clip = generate_identity()
    with pytest.raises(OSError, match="No space") as failed:
        open_stream(io.BytesIO(seal_bytes(b"x" * 100, [clip.recipient])), Full(), clip)
    assert failed.value.errno == 28


def test_sealing_leaves_nothing_unfinished(tmp_path):
    (tmp_path / "plain").write_bytes(b"x" * 1000)
    with pytest.raises(SealError):
        seal_file(tmp_path / "plain", tmp_path / "sealed", ["age1nobody"])
    with pytest.raises(SealError):
        seal_file(tmp_path / "plain", tmp_path / "sealed", [])
    assert [path.name for path in tmp_path.iterdir()] == ["plain"]
