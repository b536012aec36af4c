import pytest
from tests.seal import vectors

from porchlight.seal.errors import SealError
from porchlight.seal.keys import generate_identity, read_identity, read_recipient
from porchlight.seal.opening import unwrap_with_passphrase
from porchlight.seal.passphrase import normalise, wrap_identity_with_passphrase, wrap_with_passphrase

VECTORS = vectors.load("passphrases.json")


@pytest.mark.parametrize("vector", VECTORS["normal"], ids=lambda vector: repr(vector["typed"]))
def test_typed_passphrases_are_brought_to_one_form(vector):
    assert normalise(vector["typed"]) == vector["normal"]
    assert normalise(vector["normal"]) == vector["normal"]


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["code"])
def test_what_cannot_be_a_passphrase_is_refused(vector):
    with pytest.raises(SealError) as refused:
        normalise(vector["typed"])
    assert refused.value.code == vector["code"]


def test_the_work_factor_is_what_a_telephone_can_open():
    household = generate_identity()
    wrapped = wrap_identity_with_passphrase(household.secret, "lantern orbit velvet")
    assert unwrap_with_passphrase(wrapped, "Lantern-Orbit-Velvet", recipient=household.recipient) == household
    with pytest.raises(SealError) as refused:
        unwrap_with_passphrase(wrapped, "lantern orbit velvet", recipient=generate_identity().recipient)
    assert refused.value.code == "other_recipient"


@pytest.mark.parametrize("text", ["", "hello", "-----BEGIN AGE ENCRYPTED FILE-----\n"])
def test_what_is_not_wrapped_is_called_so(text):
    with pytest.raises(SealError) as refused:
        unwrap_with_passphrase(text, "lantern")
    assert refused.value.code == "malformed"


def test_only_one_chunk_is_wrapped():
    for plain in (b"", b"x" * 65_537):
        with pytest.raises(SealError):
            wrap_with_passphrase(plain, "lantern", work_factor=2)


@pytest.mark.parametrize("text", ["", "AGE-SECRET-KEY-1", "age1", "AGE-SECRET-KEY-PQ-1QQ"])
def test_what_is_no_identity_or_recipient_is_refused(text):
    with pytest.raises(SealError):
        read_identity(text)
    with pytest.raises(SealError):
        read_recipient(text)


def test_identities_are_read_as_they_are_printed():
    made = generate_identity()
    assert read_identity(f"  {made.secret}\n") == made
    assert read_identity(made.secret.lower()) == made
    assert read_recipient(made.recipient) == made.recipient
