"""One body of tests for both object stores: a directory, and a bucket (moto's server, which each run starts or has)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto.s3 import models as moto_s3
from tests.backends.services import object_storage

from porchlight.core.errors import NotFound
from porchlight.server.config.errors import SettingError
from porchlight.server.foundation.objects import DirectoryStore, ObjectStore, OffsetMismatch, store_of
from porchlight.server.foundation.objects import s3 as s3_module
from porchlight.server.foundation.objects.s3 import BucketStore

MIB = 1024 * 1024
KIB = 1024
MOST = 64 * MIB
# The bounds of real parts, a thousand times smaller: the store under test keeps to them, and the server insists.
LEAST_PART, PART = 5 * KIB, 8 * KIB


def some_bytes(count: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(count)


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """The address of a bucket in this process."""
    with object_storage() as address:
        yield address


@pytest.fixture(autouse=True)
def small_parts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "real_parts" not in request.fixturenames:
        monkeypatch.setattr(moto_s3, "S3_UPLOAD_PART_MIN_SIZE", LEAST_PART)
        monkeypatch.setattr(s3_module, "LEAST_PART", LEAST_PART)
        monkeypatch.setattr(s3_module, "PART", PART)


@pytest.fixture
def real_parts() -> None:
    """The server's own bound and the product's."""
    assert moto_s3.S3_UPLOAD_PART_MIN_SIZE == s3_module.LEAST_PART == 5 * MIB


@pytest.fixture(params=["directory", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path, bucket: str) -> ObjectStore:
    return again(request.param, tmp_path, f"{bucket}&prefix={uuid4().hex}/")


def again(kind: str, directory: Path, address: str) -> ObjectStore:
    return store_of(f"file://{directory}" if kind == "directory" else address)


@pytest.fixture
def in_bucket(bucket: str) -> BucketStore:
    store = store_of(f"{bucket}&prefix={uuid4().hex}/")
    assert isinstance(store, BucketStore)
    return store


def whole(store: ObjectStore, name: str) -> bytes:
    return b"".join(store.read(name, 0, store.size(name)))


def keys(store: BucketStore) -> set[str]:
    found = store.bucket.client.list_objects_v2(Bucket=store.bucket.name, Prefix=store.bucket.prefix)
    return {each["Key"] for each in found.get("Contents", [])}


def uploads(store: BucketStore) -> int:
    return len(store.shelf.uploads_before(datetime.now(UTC) + timedelta(days=1)))


def test_what_was_put_is_read(store: ObjectStore) -> None:
    name = store.create()
    assert store.size(name) == 0
    assert store.append(name, 0, [b"abc", b"de"], limit=10) == 5
    assert store.size(name) == 5
    assert store.append(name, 5, [b"fghij"], limit=10) == 10
    assert whole(store, name) == b"abcdefghij"
    assert b"".join(store.read(name, 2, 5)) == b"cde"
    assert b"".join(store.read(name, 8, 10**9)) == b"ij"
    assert b"".join(store.read(name, 10, 20)) == b""
    assert b"".join(store.read(name, 4, 4)) == b""


def test_an_offset_that_is_not_the_end_is_told_where_the_end_is(store: ObjectStore) -> None:
    name = store.create()
    store.append(name, 0, [b"abc"], limit=10)
    for offset in (0, 2, 4):
        with pytest.raises(OffsetMismatch) as told:
            store.append(name, offset, [b"x"], limit=10)
        assert told.value.size == 3
    store.append(name, 3, [b"defghij"], limit=10)
    with pytest.raises(OffsetMismatch):
        store.append(name, 3, [b"x"], limit=10)
    assert whole(store, name) == b"abcdefghij"


def test_nothing_goes_past_the_limit(store: ObjectStore) -> None:
    name = store.create()
    assert store.append(name, 0, [b"abcdef", b"ghijkl", b"mno"], limit=10) == 10
    assert store.append(name, 10, [b"more"], limit=10) == 10
    assert whole(store, name) == b"abcdefghij"


def test_an_absent_object_is_absent_for_every_door(store: ObjectStore) -> None:
    for name in ("0" * 32, "../../etc/passwd", "0" * 31 + "/", "", "A" * 32):
        for door in (
            lambda name=name: store.size(name),
            lambda name=name: store.read(name, 0, 10),
            lambda name=name: store.read(name, 0, 0),
            lambda name=name: store.copy(name),
            lambda name=name: store.append(name, 0, [b"x"], limit=10),
        ):
            with pytest.raises(NotFound):
                door()
    store.delete("0" * 32)


def test_a_copy_outlives_its_original(store: ObjectStore) -> None:
    name = store.create()
    store.append(name, 0, [b"abc"], limit=3)
    copy = store.copy(name)
    assert copy != name
    assert set(store.names()) == {name, copy}
    store.delete(name)
    with pytest.raises(NotFound):
        store.size(name)
    assert whole(store, copy) == b"abc"
    store.delete(copy)
    assert list(store.names()) == []


def test_an_object_that_never_became_whole_can_be_deleted_at_every_stage(store: ObjectStore) -> None:
    data = some_bytes(PART + 3)
    for stages in range(4):
        name, at = store.create(), 0
        for piece in (data[:1000], data[1000:PART], data[PART:])[:stages]:
            at = store.append(name, at, [piece], limit=MOST)
        assert store.size(name) == at
        store.delete(name)
        with pytest.raises(NotFound):
            store.size(name)
    assert list(store.names()) == []
    if isinstance(store, BucketStore):
        assert keys(store) == set()
        assert uploads(store) == 0


def sent_in_steps(store: ObjectStore, data: bytes, step: int) -> None:
    """Each part goes through a store made anew, as another web process would see it."""
    name, at = store.create(), 0
    while at < len(data):
        other = type(store)(store.root if isinstance(store, DirectoryStore) else store.bucket)
        assert other.size(name) == at
        at = other.append(name, at, [data[at : at + step]], limit=len(data))
    assert at == len(data)
    assert whole(store, name) == data
    assert whole(store, store.copy(name)) == data
    if isinstance(store, BucketStore):
        assert uploads(store) == 0
        assert {key.rpartition("/")[2] for key in keys(store)} == set(store.names())


@pytest.mark.parametrize("step", [1500, 3 * KIB, LEAST_PART - 1, LEAST_PART, PART, 9 * KIB])
def test_parts_of_any_size_stand_where_they_were_sent(store: ObjectStore, step: int) -> None:
    sent_in_steps(store, some_bytes(20 * KIB + 17), step)


def test_real_parts_stand_where_they_were_sent(store: ObjectStore, real_parts: None) -> None:
    sent_in_steps(store, some_bytes(20 * MIB + 17), 8 * MIB)


def test_one_long_stream_is_put_by_in_parts(store: ObjectStore) -> None:
    data = some_bytes(19 * KIB)
    pieces = (data[at : at + 640] for at in range(0, len(data), 640))
    name = store.create()
    assert store.append(name, 0, pieces, limit=len(data)) == len(data)
    assert whole(store, name) == data


def test_a_stream_that_breaks_off_leaves_a_beginning(store: ObjectStore) -> None:
    data = some_bytes(12 * KIB)

    def broken() -> Iterator[bytes]:
        yield from (data[at : at + KIB] for at in range(0, 10 * KIB, KIB))
        raise ConnectionError

    name = store.create()
    with pytest.raises(ConnectionError):
        store.append(name, 0, broken(), limit=len(data))
    at = store.size(name)
    assert at <= 10 * KIB
    assert store.append(name, at, [data[at:]], limit=len(data)) == len(data)
    assert whole(store, name) == data


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sizes=st.lists(st.one_of(st.integers(0, 40), st.integers(0, 9 * KIB)), max_size=20),
    extra=st.integers(0, 30),
)
def test_any_sequence_of_parts_gives_the_same_bytes(bucket: str, sizes: list[int], extra: int) -> None:
    store = store_of(f"{bucket}&prefix={uuid4().hex}/")
    data = some_bytes(sum(sizes))
    name, at = store.create(), 0
    for size in sizes:
        assert store.append(name, at, [data[at : at + size]], limit=len(data) + extra) == at + size
        at += size
    assert store.size(name) == len(data)
    assert whole(store, name) == data


def test_many_small_parts_lie_in_few_pieces(in_bucket: BucketStore) -> None:
    name = in_bucket.create()
    for at in range(3 * s3_module.MOST_LOOSE):
        in_bucket.append(name, at, [b"x"], limit=MOST)
    assert len(keys(in_bucket)) <= s3_module.MOST_LOOSE + 2
    assert in_bucket.size(name) == 3 * s3_module.MOST_LOOSE


class Dies(Exception):
    """The process ends here."""


@pytest.mark.parametrize(
    "call",
    ["create_multipart_upload", "upload_part", "complete_multipart_upload", "put_object", "delete_object"],
)
@pytest.mark.parametrize("after", [False, True])
def test_a_process_that_dies_at_any_request_leaves_what_another_goes_on_with(
    in_bucket: BucketStore, monkeypatch: pytest.MonkeyPatch, call: str, *, after: bool
) -> None:
    """The request is not sent, or its answer is never heard; then somebody else carries on from `size`."""
    data = some_bytes(2 * PART + 1000)
    steps = [2 * KIB, PART, PART + 500, PART + 900, 2 * PART + 1000]
    real = getattr(in_bucket.bucket.client, call)
    count = 0
    for dies_at in range(1, 12):
        name, at, died, count = in_bucket.create(), 0, False, 0

        def dying(*args, dies_at: int = dies_at, **more):
            nonlocal count
            count += 1
            if count == dies_at and not after:
                raise Dies
            answer = real(*args, **more)
            if count == dies_at:
                raise Dies
            return answer

        with monkeypatch.context() as patched:
            patched.setattr(in_bucket.bucket.client, call, dying)
            for end in steps:
                try:
                    at = in_bucket.append(name, at, [data[at:end]], limit=len(data))
                except Dies:
                    died = True
                    break
        acknowledged = at
        at = in_bucket.size(name)
        assert at >= acknowledged
        while at < len(data):
            at = in_bucket.append(name, at, [data[at : at + PART]], limit=len(data))
        assert whole(in_bucket, name) == data
        in_bucket.delete(name)
        if not died:
            break
    in_bucket.clear_unfinished(datetime.now(UTC) + timedelta(days=1))
    assert uploads(in_bucket) == 0
    assert keys(in_bucket) == set()


def test_only_uploads_that_no_object_refers_to_are_cleared(in_bucket: BucketStore) -> None:
    """However old the store says they are: a wrong clock there must not cost an upload that is under way."""
    name = in_bucket.create()
    in_bucket.append(name, 0, [some_bytes(PART)], limit=MOST)
    in_bucket.bucket.client.create_multipart_upload(**in_bucket.shelf.key("0" * 32))  # and its process dies
    assert in_bucket.clear_unfinished(datetime(2010, 1, 1, tzinfo=UTC)) == 0  # moto tells one day for all
    assert in_bucket.clear_unfinished(datetime.now(UTC) + timedelta(minutes=1)) == 1
    assert uploads(in_bucket) == 1
    assert in_bucket.size(name) == PART
    in_bucket.delete(name)
    assert uploads(in_bucket) == 0
    assert keys(in_bucket) == set()


def test_other_things_in_the_bucket_are_left_alone(in_bucket: BucketStore) -> None:
    in_bucket.shelf.put("readme.txt", "", b"somebody's")
    name = in_bucket.create()
    assert list(in_bucket.names()) == [name]
    in_bucket.delete(name)
    assert {key.rpartition("/")[2] for key in keys(in_bucket)} == {"readme.txt"}


def test_the_stored_bytes_can_be_found_by_a_person(store: ObjectStore) -> None:
    name = store.create()
    store.append(name, 0, [b"abc"], limit=3)
    assert store.where(name).endswith(name)


def test_a_store_that_cannot_be_used_says_so(bucket: str, tmp_path: Path) -> None:
    store_of(f"{bucket}").check()
    store_of(f"file://{tmp_path / 'new'}").check()
    absent = bucket.replace("s3://porchlight-tests", "s3://no-such-bucket")
    with pytest.raises(SettingError, match="no bucket no-such-bucket"):
        store_of(absent).check()
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingError, match="must be a directory"):
        store_of(f"file://{tmp_path / 'file'}").check()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("ftp://x", "must begin with file:/// or s3://"),
        ("s3://", "must look like"),
        ("s3://bucket/path", "must look like"),
        ("s3://bucket?regoin=eu", "regoin is not known"),
        ("s3://bucket?key=a", "stand together"),
        ("s3://bucket?endpoint=localhost:9000", "endpoint must begin with"),
    ],
)
def test_an_address_that_cannot_be_read_says_what_to_write(address: str, says: str) -> None:
    with pytest.raises(SettingError, match=says):
        store_of(address)
