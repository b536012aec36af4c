"""Signed notes, checkpoints and proofs: the formats' own examples, real keys, and every flipped byte."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from tests.core.generated import quick

from porchlight.core.tlog import (
    Checkpoint,
    MalformedNote,
    checkpoint_body,
    format_proof,
    inclusion_proof,
    key_id,
    leaf_hash,
    open_note,
    parse_checkpoint,
    parse_note,
    parse_proof,
    parse_verifier_key,
    root,
    sign_checkpoint,
    sign_note,
    verifier_key,
    verify_proof,
)

ORIGIN = "porchlight.example/log"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
ENTRIES = [b"entry %d" % n for n in range(11)]
HASHES = [leaf_hash(entry) for entry in ENTRIES]


def verifying(public_key):
    key = Ed25519PublicKey.from_public_bytes(public_key)

    def verify(signature, message):
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    return verify


VERIFIERS = {verifier_key(ORIGIN, PUBLIC): verifying(PUBLIC)}
CHECKPOINT = sign_checkpoint(ORIGIN, len(HASHES), root(HASHES), public_key=PUBLIC, sign=KEY.sign)
PROOF = format_proof(4, inclusion_proof(4, HASHES), CHECKPOINT)


def codes(decision):
    return [each.code for each in decision.reasons]


# The example of the signed note format (golang.org/x/mod/sumdb/note).
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_a_note_of_another_implementation_opens():
    name, public_key = parse_verifier_key(GO_KEY)
    assert name == "PeterNeumann"
    assert verifier_key(name, public_key) == GO_KEY
    note = open_note(GO_NOTE, {GO_KEY: verifying(public_key)})
    assert note.text.endswith("what your problem is.\n")
    assert note.signatures[0].key_id.hex() == "c74f20a3"


def test_a_note_is_signed_and_opened():
    note = sign_note("one\ntwo\n", ORIGIN, PUBLIC, KEY.sign)
    opened = open_note(note, VERIFIERS)
    assert opened.text == "one\ntwo\n"
    assert [(each.name, each.key_id) for each in opened.signatures] == [(ORIGIN, key_id(ORIGIN, PUBLIC))]


def test_signatures_of_unknown_keys_are_left_out():
    witness = Ed25519PrivateKey.generate()
    public = witness.public_key().public_bytes_raw()
    line = sign_note("one\n", "witness.example", public, witness.sign).splitlines()[-1]
    note = sign_note("one\n", ORIGIN, PUBLIC, KEY.sign) + line + "\n"
    assert len(parse_note(note).signatures) == 2
    assert [each.name for each in open_note(note, VERIFIERS).signatures] == [ORIGIN]
    both = VERIFIERS | {verifier_key("witness.example", public): verifying(public)}
    assert len(open_note(note, both).signatures) == 2


@pytest.mark.parametrize(
    "note",
    ["", "text\n", "text\n\n", "text\n\n— a b\n", "text\n\n- a YWJjZGVm\n", "text\n\n— a+b YWJjZGVm\n",
     "text\n\n— a YWJjZGVm", "te\x07xt\n\n— a YWJjZGVm\n", "text\n\n— a YWJj\n", "x" * 1_000_001],
)  # fmt: skip
def test_what_is_no_note_is_malformed(note):
    with pytest.raises(MalformedNote):
        parse_note(note)


def test_a_text_may_hold_blank_lines():
    note = sign_note("one\n\ntwo\n", ORIGIN, PUBLIC, KEY.sign)
    assert open_note(note, VERIFIERS).text == "one\n\ntwo\n"


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb"])
def test_names_that_would_break_the_format_are_refused(name):
    with pytest.raises(ValueError, match="name"):
        verifier_key(name, PUBLIC)
    with pytest.raises(ValueError, match="name"):
        sign_note("text\n", name, PUBLIC, KEY.sign)


@pytest.mark.parametrize("key", ["", "a", "a+b", "a+00000000+AQ==", GO_KEY.replace("c74f20a3", "c74f20a4")])
def test_what_is_no_verifier_key_is_malformed(key):
    with pytest.raises(MalformedNote):
        parse_verifier_key(key)


# -- checkpoints ----------------------------------------------------------------------------------------------------


def test_a_checkpoint_is_three_lines():
    body = checkpoint_body(
        "example.com/behind-the-sofa",
        20852163,
        base64.b64decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="),
    )
    assert body == "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    parsed = parse_checkpoint(body)
    assert (parsed.origin, parsed.size, parsed.root.hex()[:8]) == (
        "example.com/behind-the-sofa",
        20852163,
        "0ac5186a",
    )
    assert parse_checkpoint(body + "extension\n").extensions == ("extension",)


@pytest.mark.parametrize(
    "text",
    ["", "a\n1\n", "a\n01\nAAAA\n", "a\n-1\nAAAA\n", "a\n1\nAAAA\n", "\n1\nAAAA\n", "a\n1\n\n",
     f"a\n1\n{base64.b64encode(bytes(32)).decode()}", f"a\n1\n{base64.b64encode(bytes(32)).decode()}\n\n",
     f"a\n1_0\n{base64.b64encode(bytes(32)).decode()}\n", f"a\n１\n{base64.b64encode(bytes(32)).decode()}\n"],
)  # fmt: skip
def test_what_is_no_checkpoint_is_malformed(text):
    with pytest.raises(MalformedNote):
        parse_checkpoint(text)


@pytest.mark.parametrize(
    ("origin", "size", "top"),
    [("", 1, bytes(32)), ("a\nb", 1, bytes(32)), ("a", -1, bytes(32)), ("a", 1, b"")],
)
def test_a_checkpoint_of_nothing_is_not_made(origin, size, top):
    with pytest.raises(ValueError, match="checkpoint"):
        checkpoint_body(origin, size, top)


@quick
@given(st.integers(0, 2**60), st.binary(min_size=32, max_size=32))
def test_checkpoints_are_read_back(size, top):
    assert parse_checkpoint(checkpoint_body(ORIGIN, size, top)) == Checkpoint(ORIGIN, size, top)


# -- proofs ---------------------------------------------------------------------------------------------------------


def test_a_proof_has_the_format_s_shape():
    lines = format_proof(4, inclusion_proof(4, HASHES), CHECKPOINT, extra=b"more").split("\n")
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", "extra bW9yZQ==", "index 4"]
    assert lines[3 + len(inclusion_proof(4, HASHES))] == ""
    assert "\n".join(lines[4 + len(inclusion_proof(4, HASHES)) :]) == CHECKPOINT
    assert parse_proof("\n".join(lines)).extra == b"more"


def test_every_entry_is_proven_and_no_other():
    for index, entry in enumerate(ENTRIES):
        proof = format_proof(index, inclusion_proof(index, HASHES), CHECKPOINT)
        assert verify_proof(proof, entry, origin=ORIGIN, verifiers=VERIFIERS)
        for other in (b"entry 99", ENTRIES[index - 1]):
            assert codes(verify_proof(proof, other, origin=ORIGIN, verifiers=VERIFIERS)) == [
                "log_proof_not_included"
            ]


def test_a_log_of_one_entry_has_a_proof_without_hashes():
    note = sign_checkpoint(ORIGIN, 1, HASHES[0], public_key=PUBLIC, sign=KEY.sign)
    assert verify_proof(format_proof(0, (), note), ENTRIES[0], origin=ORIGIN, verifiers=VERIFIERS)


def test_the_log_of_another_origin_or_key_proves_nothing():
    assert codes(verify_proof(PROOF, ENTRIES[4], origin="other", verifiers=VERIFIERS)) == [
        "log_proof_of_another_log"
    ]
    stranger = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    others = {verifier_key(ORIGIN, stranger): verifying(stranger)}
    assert codes(verify_proof(PROOF, ENTRIES[4], origin=ORIGIN, verifiers=others)) == ["log_proof_not_valid"]
    assert codes(verify_proof(PROOF, ENTRIES[4], origin=ORIGIN, verifiers={})) == ["log_proof_not_valid"]


def test_any_flipped_byte_of_a_proof_fails():
    content = PROOF.encode()
    for place in range(len(content)):
        for mask in (0x01, 0x20, 0x80):
            changed = bytearray(content)
            changed[place] ^= mask
            text = bytes(changed).decode(errors="surrogateescape")
            assert not verify_proof(text, ENTRIES[4], origin=ORIGIN, verifiers=VERIFIERS), (place, mask)


def test_any_flipped_byte_of_an_entry_fails():
    entry = ENTRIES[4]
    for place in range(len(entry)):
        changed = entry[:place] + bytes([entry[place] ^ 1]) + entry[place + 1 :]
        assert not verify_proof(PROOF, changed, origin=ORIGIN, verifiers=VERIFIERS)


# The vectors that drive the browser's reader too. What an entry says is judged where it is read, not here.
VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "log-proofs.json").read_text())
ABOUT_THE_ENTRY = {
    "another request expected",
    "another key expected",
    "entry of another kind",
    "entry not canonical",
}


VECTORS_KEY = verifying(parse_verifier_key(VECTORS["accepted"][0]["verifier_key"])[1])


def verified(vector):
    key = vector["verifier_key"]
    return verify_proof(
        vector["proof"],
        vector["entry"].encode(),
        origin=key.partition("+")[0],
        verifiers={key: VECTORS_KEY},
    )


@pytest.mark.parametrize("vector", VECTORS["accepted"], ids=lambda vector: vector["name"])
def test_the_shared_vectors_that_hold(vector):
    assert verified(vector)


@pytest.mark.parametrize(
    "vector",
    [vector for vector in VECTORS["refused"] if vector["name"] not in ABOUT_THE_ENTRY],
    ids=lambda vector: vector["name"],
)
def test_the_shared_vectors_that_do_not(vector):
    expected = "log_proof_not_included" if vector["code"] == "tampered" else "log_proof_not_valid"
    assert codes(verified(vector)) == [expected]


@pytest.mark.parametrize(
    "text",
    ["", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v1\n\n", "c2sp.org/tlog-proof@v2\nindex 0\n\nx",
     "c2sp.org/tlog-proof@v1\nindex 00\n\nx", "c2sp.org/tlog-proof@v1\nindex -1\n\nx",
     "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nx", "c2sp.org/tlog-proof@v1\nextra *\nindex 0\n\nx",
     "c2sp.org/tlog-proof@v1\nindex 0\n" + "A" * 43 + "=\n" * 1 + ("A" * 43 + "=\n") * 64 + "\nx"],
)  # fmt: skip
def test_what_is_no_proof_is_malformed(text):
    with pytest.raises(MalformedNote):
        parse_proof(text)


@quick
@given(st.text(max_size=200))
def test_no_junk_breaks_the_readers(text):
    for read in (parse_note, parse_checkpoint, parse_proof, parse_verifier_key):
        try:
            read(text)
        except MalformedNote:
            continue
