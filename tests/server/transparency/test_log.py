"""The public log: entries, places, checkpoints, proofs, as stored in a real database."""

import json
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from porchlight.core import tlog
from porchlight.core.errors import NotFound
from porchlight.core.log_entries import EntryKind
from porchlight.seal.errors import SealError
from porchlight.server.foundation import clock, worker
from porchlight.server.foundation.actions import action
from porchlight.server.transparency import access, actions, tasks
from porchlight.server.transparency.access import tree
from porchlight.server.transparency.access.log_key import LogKeyMissing
from porchlight.server.transparency.models import LogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_data_dir(tmp_path: Path, settings) -> Iterator[None]:
    from dataclasses import replace

    settings.PORCHLIGHT = replace(settings.PORCHLIGHT, data_dir=tmp_path)
    return


def add(number: int = 0, **hidden: str) -> uuid.UUID:
    subject = uuid.uuid4()
    actions.record(
        kind=EntryKind.REQUEST_SUBMITTED, subject_id=subject, body={"q": f"age1{number}"}, hidden=hidden
    )
    return subject


def verifier() -> tuple[str, dict]:
    key = access.verifier_key()
    name, public = tlog.parse_verifier_key(key)

    def verify(signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except InvalidSignature:
            return False
        return True

    return name, {key: verify}


def leaf_hashes() -> list[bytes]:
    return [
        tlog.leaf_hash(bytes(body))
        for body in LogEntry.objects.order_by("index").values_list("body", flat=True)
    ]


def test_an_empty_log_has_a_checkpoint_of_size_zero_after_its_first_second():
    assert access.checkpoint() is None
    tasks.give_places(clock.now())
    _name, verifiers = verifier()
    note = tlog.open_note(access.checkpoint(), verifiers)
    assert tlog.parse_checkpoint(note.text) == tlog.Checkpoint("localhost/log", 0, tlog.EMPTY_ROOT)


def test_entries_get_places_in_the_order_of_their_acts_and_a_signed_root():
    subjects = [add(number) for number in range(13)]
    assert actions.sequence() == 13
    assert [entry.subject_id for entry in access.entries(0)] == subjects
    _name, verifiers = verifier()
    checkpoint = tlog.parse_checkpoint(tlog.open_note(access.checkpoint(), verifiers).text)
    assert (checkpoint.size, checkpoint.root) == (13, tlog.root(leaf_hashes()))


def test_every_entry_is_proven_after_every_growth():
    _name, verifiers = verifier()
    subjects: list[uuid.UUID] = []
    for grown_by in (1, 1, 3, 6, 1, 21):
        subjects += [add(number) for number in range(grown_by)]
        actions.sequence()
        for index, subject in enumerate(subjects):
            found = access.logged(subject, "request.submitted")
            assert found.entry == access.entry(index).body
            held = tlog.verify_proof(found.proof, found.entry, origin="localhost/log", verifiers=verifiers)
            assert held.allowed, (index, len(subjects), held.reasons)


@given(st.integers(1, 4000), st.data())
def test_the_stored_subtrees_prove_what_the_whole_tree_proves(size: int, data: st.DataObject):
    index = data.draw(st.integers(0, size - 1))
    leaves = [tlog.leaf_hash(number.to_bytes(4)) for number in range(size)]
    hashes: dict[tree.Place, bytes] = {}
    for place, leaf in enumerate(leaves):
        hashes.update(tree.grown(hashes, place, leaf))
    assert tree.fold(tree.peaks(0, size), hashes) == tlog.root(leaves)
    proof = [tree.fold(group, hashes) for group in tree.siblings(index, size)]
    assert tuple(proof) == tlog.inclusion_proof(index, leaves)


def test_an_older_checkpoint_is_consistent_with_a_newer_one():
    for number in range(5):
        add(number)
    actions.sequence()
    old = tlog.parse_checkpoint(tlog.open_note(access.checkpoint(), verifier()[1]).text)
    for number in range(6):
        add(number)
    actions.sequence()
    new = tlog.parse_checkpoint(tlog.open_note(access.checkpoint(), verifier()[1]).text)
    proof = tlog.consistency_proof(5, leaf_hashes())
    assert tlog.verify_consistency(old_size=5, old_root=old.root, size=11, root_hash=new.root, proof=proof)


def test_what_has_no_place_is_not_shown_and_not_proven():
    subject = add()
    assert access.entries(0) == []
    assert access.proof_for(subject) is None
    assert access.logged(subject, "request.submitted") is None
    assert not access.is_logged(subject, "request.submitted")
    with pytest.raises(NotFound):
        access.entry(0)
    actions.sequence()
    assert access.is_logged(subject, "request.submitted")
    assert not access.is_logged(subject, "request.approved")


def test_an_act_that_fails_leaves_no_entry():
    @action("test.fail")
    def fail(*, by):
        add()
        raise ValueError("after the entry")

    with pytest.raises(ValueError, match="after the entry"):
        fail(by=None)
    assert not LogEntry.objects.exists()


def test_a_hidden_field_shows_only_as_a_salted_hash():
    subject = add(summary="A bicycle was taken from a porch.")
    same = add(summary="A bicycle was taken from a porch.")
    actions.sequence()
    first, second = access.entry(0), access.entry(1)
    assert b"bicycle" not in first.body + second.body
    assert first.fields["hidden"]["summary"] != second.fields["hidden"]["summary"]
    opened = access.openings(subject, "request.submitted")
    assert opened.nonces["summary"].encode() not in first.body
    nonce = bytes.fromhex(opened.nonces["summary"])
    assert access.salted(nonce, "A bicycle was taken from a porch.") == first.fields["hidden"]["summary"]
    assert access.openings(same, "request.submitted").index == 1


def test_an_entry_is_canonical_and_names_its_subject_by_the_noun():
    subject = add()
    actions.sequence()
    body = access.entry(0).body
    value = json.loads(body)
    assert value["request"] == str(subject)
    assert value["kind"] == "request.submitted"
    assert value["q"] == "age10"
    assert json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == body


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"kind": "x"}, ValueError),
        ({"request": "x"}, ValueError),
        ({"text": "x" * 65_600}, ValueError),
        ({"Text": "x"}, SealError),
        ({"thing": object()}, SealError),
        ({"text": "\ud800"}, SealError),
    ],
)
def test_what_an_entry_cannot_hold_is_refused(body, error):
    with pytest.raises(error):
        actions.record(kind=EntryKind.REQUEST_SUBMITTED, subject_id=uuid.uuid4(), body=body)
    assert not LogEntry.objects.exists()


def test_a_fraction_and_a_moment_are_written_as_text():
    actions.record(
        kind=EntryKind.AGENCY_CHANGED, subject_id=None, body={"most": 0.5, "at_first": clock.now()}
    )
    actions.sequence()
    fields = access.entry(0).fields
    assert fields["most"] == "0.5"
    assert fields["at_first"].endswith("Z")


def test_the_key_is_private_and_made_once(settings):
    key = access.verifier_key()
    path = settings.PORCHLIGHT.data_dir / "log.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert access.verifier_key() == key
    assert [each.name for each in settings.PORCHLIGHT.data_dir.iterdir()] == ["log.key"]


def test_two_that_make_the_key_at_once_agree(settings):
    from porchlight.server.transparency.access import log_key

    path = settings.PORCHLIGHT.data_dir / "log.key"
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(log_key._make(path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(set(made)) == 1
    assert path.read_bytes() == made[0]


def test_a_lost_key_stops_the_log_rather_than_begin_another(settings):
    add()
    actions.sequence()
    (settings.PORCHLIGHT.data_dir / "log.key").unlink()
    add()
    with pytest.raises(LogKeyMissing):
        actions.sequence()
    assert access.log_size() == 1


def test_a_proof_reads_few_rows_however_long_the_log_is():
    subjects = [add(number) for number in range(300)]
    actions.sequence()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        access.logged(subjects[100], "request.submitted")
    assert len(captured) <= 6


def test_the_worker_gives_places_by_itself_and_an_idle_log_writes_nothing():
    subject = add()
    worker.run_once(clock.now())
    tasks.give_places(clock.now())
    assert access.proof_for(subject) is not None
    with CaptureQueriesContext(connection) as captured:
        assert not tasks.give_places(clock.now())
    assert not [query for query in captured if not query["sql"].startswith("SELECT")]


@pytest.mark.parametrize("index", [0, 1, 2**63 - 1, 2**63, 10**30])
def test_an_index_outside_the_log_is_not_found(index):
    with pytest.raises(NotFound):
        access.entry(index)
    assert access.entries(index) == []
