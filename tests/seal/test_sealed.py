"""What Python and the browser have sealed, opened here."""

import base64
import json
import shutil
import subprocess
from dataclasses import replace

import pytest
from tests.seal import age_by_hand, vectors

from porchlight.seal import padding
from porchlight.seal.envelope import envelope_document, read_envelope, seal_envelope
from porchlight.seal.errors import SealError
from porchlight.seal.grant import Grant, grant_document, read_grant, seal_grant
from porchlight.seal.keys import SigningKey, generate_identity, read_identity
from porchlight.seal.opening import (
    open_bytes,
    open_envelope,
    open_grant,
    unwrap_identity,
    unwrap_with_passphrase,
)
from porchlight.seal.receipt import MAX_CONTACT, MAX_NAME, MAX_PLACE, MAX_PURPOSE, Shown, ShownPlace
from porchlight.seal.sealing import wrap_identity

MADE_BY = {name: vectors.load(f"sealed-by-{name}.json") for name in ("python", "browser")}
OTHER_REQUEST = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(params=MADE_BY, name="vector")
def vector_(request):
    return MADE_BY[request.param]


def test_opens_the_clip(vector):
    clip = vector["clip"]
    plain = open_bytes(base64.b64decode(clip["file"]), read_identity(clip["secret"]))
    assert plain == age_by_hand.plaintext(clip["plain_size"])
    described = json.loads(vector["manifest"])["original"]
    assert described["plain_sha256"] == age_by_hand.sha256(plain)
    assert described["sealed_sha256"] == age_by_hand.sha256(base64.b64decode(clip["file"]))
    assert base64.b64decode(clip["file"]).startswith(base64.b64decode(clip["head"]))


def test_the_age_command_opens_the_clip(vector, tmp_path):
    age = shutil.which("age")
    assert age, "the age command belongs to what the tests need"
    clip = vector["clip"]
    (tmp_path / "clip.age").write_bytes(base64.b64decode(clip["file"]))
    (tmp_path / "identity.txt").write_text(clip["secret"] + "\n")
    (tmp_path / "q.age").write_text(vector["q_wrapped"])
    (tmp_path / "officer.txt").write_text(vector["officer"] + "\n")
    run = [age, "-d", "-i", str(tmp_path / "identity.txt"), str(tmp_path / "clip.age")]
    assert subprocess.run(run, check=True, capture_output=True, timeout=60).stdout == age_by_hand.plaintext(
        clip["plain_size"]
    )
    unwrap = [age, "-d", "-i", str(tmp_path / "officer.txt"), str(tmp_path / "q.age")]
    assert (
        subprocess.run(unwrap, check=True, capture_output=True, timeout=60).stdout.decode()
        == vector["q"] + "\n"
    )


def test_opens_the_grant_by_household_and_by_recovery(vector):
    for holder in ("household", "recovery"):
        grant = open_grant(base64.b64decode(vector["grant"]), read_identity(vector[holder]))
        assert grant.manifest.encoded().decode() == vector["manifest"]
        assert grant.clip.secret == vector["clip"]["secret"]
        assert grant.note == vector["note"]


def test_opens_the_envelope(vector):
    sealed, q = base64.b64decode(vector["envelope"]), read_identity(vector["q"])
    envelope = open_envelope(sealed, q, request=vector["request"])
    assert envelope.receipt.encoded().decode() == vector["receipt"]
    assert envelope.clip.secret == vector["clip"]["secret"]
    with pytest.raises(SealError) as refused:
        open_envelope(sealed, q, request=OTHER_REQUEST)
    assert refused.value.code == "other_request"
    with pytest.raises(SealError) as refused:
        open_envelope(sealed, generate_identity(), request=vector["request"])
    assert refused.value.code == "wrong_key"


def test_unwraps_q_and_the_household(vector):
    officer = read_identity(vector["officer"])
    assert (
        unwrap_identity(vector["q_wrapped"], officer, recipient=vector["q_recipient"]).secret == vector["q"]
    )
    with pytest.raises(SealError) as refused:
        unwrap_identity(vector["q_wrapped"], officer, recipient=officer.recipient)
    assert refused.value.code == "other_recipient"
    household = unwrap_with_passphrase(
        vector["household_wrapped"], vector["passphrase"].upper().replace(" ", "-")
    )
    assert household.secret == vector["household"]
    with pytest.raises(SealError) as refused:
        unwrap_with_passphrase(vector["household_wrapped"], vector["passphrase"][:-1])
    assert refused.value.code == "wrong_passphrase"


def test_an_envelope_for_q_is_not_accepted_by_another_key(vector):
    envelope = open_envelope(
        base64.b64decode(vector["envelope"]), read_identity(vector["q"]), request=vector["request"]
    )
    plain = padding.padded(envelope_document(envelope))
    with pytest.raises(SealError) as refused:
        read_envelope(plain, request=vector["request"], recipient=generate_identity().recipient)
    assert refused.value.code == "other_recipient"


def test_parts_of_different_shares_do_not_mix(vector):
    envelope = open_envelope(
        base64.b64decode(vector["envelope"]), read_identity(vector["q"]), request=vector["request"]
    )
    document = envelope_document(envelope)
    other = replace(envelope.manifest, clip=OTHER_REQUEST)
    signed = other.signed(SigningKey.generate())
    mixed = {
        "bad_signature": {"manifest": other.document()},
        "other_clip": {
            "manifest": other.document(),
            "manifest_key": signed.key,
            "manifest_signature": signed.signature,
        },
        "malformed": {"clip_secret": "AGE-SECRET-KEY-1NONE"},
    }
    for code, changes in mixed.items():
        with pytest.raises(SealError) as refused:
            read_envelope(
                padding.padded({**document, **changes}),
                request=envelope.receipt.request,
                recipient=envelope.receipt.recipient,
            )
        assert refused.value.code == code


def test_what_is_ticked_does_not_show_in_the_size(vector):
    envelope = open_envelope(
        base64.b64decode(vector["envelope"]), read_identity(vector["q"]), request=vector["request"]
    )
    least = Shown()
    most = Shown('"' * MAX_NAME, '"' * MAX_CONTACT, ShownPlace("exact", '"' * MAX_PLACE))
    manifest = replace(envelope.manifest, preview=envelope.manifest.original, clock_error_ms=2**53 - 1)
    sizes = set()
    for shown, purpose in ((least, "x"), (most, '"' * MAX_PURPOSE)):
        receipt = replace(envelope.receipt, shown=shown, purpose=purpose, manifest_sha256=manifest.sha256())
        key = SigningKey.generate()
        full = replace(
            envelope,
            manifest=manifest,
            manifest_signature=manifest.signed(key),
            receipt=receipt,
            receipt_signature=receipt.signed(key),
        )
        seal_envelope(full)
        sizes.add(len(padding.padded(envelope_document(full))))
    assert sizes == {padding.BLOCK}
    for note in (None, '"' * 800):
        grant = Grant(envelope.clip, manifest, manifest.signed(SigningKey.generate()), note)
        assert len(padding.padded(grant_document(grant))) == padding.BLOCK
        assert read_grant(padding.padded(grant_document(grant))) == grant


def test_a_grant_with_a_false_signature_is_neither_sealed_nor_opened(vector):
    grant = open_grant(base64.b64decode(vector["grant"]), read_identity(vector["household"]))
    false = replace(grant, manifest=replace(grant.manifest, made="captured"))
    with pytest.raises(SealError):
        seal_grant(false, [generate_identity().recipient])
    with pytest.raises(SealError):
        read_grant(padding.padded(grant_document(false)))


def test_secrets_do_not_show_in_what_is_printed(vector):
    grant = open_grant(base64.b64decode(vector["grant"]), read_identity(vector["household"]))
    assert "AGE-SECRET-KEY" not in repr(grant) + repr(grant.clip)


def test_wrapped_identities_are_wrapped_to_each_recipient():
    q, officer, custodian = (generate_identity() for _ in range(3))
    wrapped = wrap_identity(q.secret, [officer.recipient, custodian.recipient])
    assert unwrap_identity(wrapped, officer, recipient=q.recipient) == q
    assert unwrap_identity(wrapped, custodian, recipient=q.recipient) == q


@pytest.mark.parametrize("data", [b"", b" " * 4096, b"{}", b"x" * 4096, b'{"a":1}' + b" " * 4088 + b"\n"])
def test_what_is_not_padded_as_it_should_be_is_refused(data):
    with pytest.raises(SealError) as refused:
        padding.unpadded(data)
    assert refused.value.code == "malformed"
