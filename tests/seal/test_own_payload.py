"""Our own header and payload code against pyrage, the age command, and an independent reading of the specification."""

import io
import re
import shutil
import subprocess
import threading

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.seal import age_by_hand

from porchlight.seal.conveyor import BATCH
from porchlight.seal.errors import SealError
from porchlight.seal.header import make_header
from porchlight.seal.keys import generate_identity
from porchlight.seal.opening import open_stream
from porchlight.seal.payload import CHUNK, NONCE, SEALED_CHUNK, TAG, split_header
from porchlight.seal.sealing import seal_stream

MINE, OTHER = generate_identity(), generate_identity()
WHOLE = BATCH * CHUNK
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, WHOLE - 1, WHOLE, WHOLE + 1, 4 * WHOLE, 9 * WHOLE + 7]
around = st.sampled_from([0, CHUNK, 2 * CHUNK, WHOLE, 2 * WHOLE]).flatmap(
    lambda size: st.integers(max(0, size - 2), size + 2)
)
patient = settings(deadline=None, max_examples=50)


def plain_of(size):
    """A plaintext whose chunks all differ."""
    return (bytes(range(251)) * (size // 251 + 1))[:size]


def known(identity):
    return pyrage.x25519.Identity.from_str(identity.secret)


def sealed_by_us(plain, *recipients):
    sealed = io.BytesIO()
    seal_stream(io.BytesIO(plain), sealed, [each.recipient for each in recipients or (MINE,)])
    return sealed.getvalue()


def sealed_by_pyrage(plain, *recipients):
    made = [pyrage.x25519.Recipient.from_str(each.recipient) for each in recipients or (MINE,)]
    return pyrage.encrypt(plain, made)


def opened_by_us(sealed, identity=MINE):
    plain = io.BytesIO()
    open_stream(io.BytesIO(sealed), plain, identity)
    return plain.getvalue()


def accepted(how, *given):
    try:
        return how(*given)
    except (SealError, pyrage.DecryptError):
        return None


@patient
@given(around)
def test_pyrage_opens_what_we_seal_and_we_open_what_pyrage_seals(size):
    plain = plain_of(size)
    assert pyrage.decrypt(sealed_by_us(plain), [known(MINE)]) == plain
    assert opened_by_us(sealed_by_pyrage(plain)) == plain


@pytest.mark.parametrize("size", SIZES)
def test_the_age_command_opens_what_we_seal_and_we_open_what_it_seals(size, tmp_path):
    age = shutil.which("age")
    assert age, "the age command belongs to what the tests need"
    plain = plain_of(size)
    (tmp_path / "key").write_text(MINE.secret + "\n")
    words = [age, "-d", "-i", str(tmp_path / "key")]
    opened = subprocess.run(words, input=sealed_by_us(plain), check=True, capture_output=True, timeout=60)
    assert opened.stdout == plain
    sealed = subprocess.run(
        [age, "-r", MINE.recipient], input=plain, check=True, capture_output=True, timeout=60
    )
    assert opened_by_us(sealed.stdout) == plain


def test_every_recipient_opens_and_nobody_else():
    plain = plain_of(1000)
    third = generate_identity()
    for sealed in (sealed_by_us(plain, OTHER, MINE), sealed_by_pyrage(plain, OTHER, MINE)):
        assert opened_by_us(sealed, MINE) == opened_by_us(sealed, OTHER) == plain
        with pytest.raises(SealError) as refused:
            opened_by_us(sealed, third)
        assert refused.value.code == "wrong_key"


def test_the_header_is_as_the_specification_says():
    header = make_header(bytes(range(16)), [OTHER.recipient, MINE.recipient])
    stanza = rb"-> X25519 [A-Za-z0-9+/]{43}\n[A-Za-z0-9+/]{43}\n"
    assert re.fullmatch(
        rb"age-encryption\.org/v1\n(" + stanza + rb"){2}--- [A-Za-z0-9+/]{43}\n", header, re.MULTILINE
    )
    assert age_by_hand.file_key(make_header(bytes(range(16)), [MINE.recipient]), MINE.secret) == bytes(
        range(16)
    )


def test_no_two_files_share_anything():
    """A file key or an ephemeral key that comes twice would give two payloads under one key and nonce."""
    heads = [split_header(sealed_by_us(b"the same")) for _ in range(50)]
    keys = {age_by_hand.file_key(head.header, MINE.secret) for head in heads}
    shares = {head.header.split(b"\n")[1] for head in heads}
    assert len(keys) == len(shares) == len({head.nonce for head in heads}) == 50


@patient
@given(st.booleans(), st.booleans(), st.integers(0, 10**9), st.integers(1, 255))
def test_what_was_changed_is_refused_by_both(by_us, in_head, place, change):
    """One byte of a file in any place: pyrage and we say the same."""
    sealed = bytearray((sealed_by_us if by_us else sealed_by_pyrage)(plain_of(CHUNK + 10), OTHER, MINE))
    place %= split_header(bytes(sealed)).payload_start if in_head else len(sealed)
    sealed[place] ^= change
    assert accepted(pyrage.decrypt, bytes(sealed), [known(MINE)]) is None
    assert accepted(opened_by_us, bytes(sealed)) is None


@patient
@given(around.filter(bool), st.integers(0, 10**9), st.sampled_from([b"x", bytes(TAG), bytes(SEALED_CHUNK)]))
def test_what_was_cut_or_lengthened_is_refused(size, place, more):
    sealed = sealed_by_us(plain_of(size))
    start = split_header(sealed).payload_start
    between_chunks = start + place % -(-size // CHUNK) * SEALED_CHUNK
    for changed in (sealed[: place % len(sealed)], sealed[:between_chunks], sealed + more):
        assert accepted(pyrage.decrypt, changed, [known(MINE)]) is None
        with pytest.raises(SealError) as refused:
            opened_by_us(changed)
        assert refused.value.code in {"tampered", "malformed"}


def test_chunks_that_changed_places_are_refused():
    sealed = sealed_by_us(plain_of(3 * CHUNK))
    start = split_header(sealed).payload_start
    first, second = sealed[start : start + SEALED_CHUNK], sealed[start + SEALED_CHUNK :][:SEALED_CHUNK]
    swapped = sealed[:start] + second + first + sealed[start + 2 * SEALED_CHUNK :]
    with pytest.raises(SealError) as refused:
        opened_by_us(swapped)
    assert refused.value.code == "tampered"


def test_a_recipient_of_low_order_is_refused():
    """Its shared secret would be zero: whoever sees the file could open it."""
    five, checksum = [0] * 52, 1
    hrp = [ord(sign) >> 5 for sign in "age"] + [0] + [ord(sign) & 31 for sign in "age"]
    for value in [*hrp, *five, *[0] * 6]:
        top, checksum = checksum >> 25, (checksum & 0x1FFFFFF) << 5 ^ value
        for bit, word in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            checksum ^= word if top >> bit & 1 else 0
    tail = [((checksum ^ 1) >> 5 * (5 - at)) & 31 for at in range(6)]
    zero = "age1" + "".join(age_by_hand.BECH32[value] for value in five + tail)
    assert str(pyrage.x25519.Recipient.from_str(zero)) == zero
    with pytest.raises(SealError) as refused:
        make_header(bytes(16), [zero])
    assert refused.value.code == "malformed"


def test_more_recipients_than_a_head_holds_are_refused_before_a_byte_is_written():
    sealed = io.BytesIO()
    with pytest.raises(SealError) as refused:
        seal_stream(io.BytesIO(b"x"), sealed, [MINE.recipient] * 60)
    assert refused.value.code == "too_large"
    assert not sealed.getvalue()
    most = sealed_by_us(b"x", *[OTHER] * 39, MINE)
    assert split_header(most).payload_start <= 4096
    assert opened_by_us(most) == b"x"


class Dripping(io.BytesIO):
    """A stream that gives a few bytes at a time, as a pipe does."""

    def readinto(self, buffer):
        return super().readinto(memoryview(buffer)[:10_007])


def test_a_stream_that_drips_is_the_same_stream():
    plain, sealed, opened = plain_of(WHOLE + 5), io.BytesIO(), io.BytesIO()
    described, head = seal_stream(Dripping(plain), sealed, [MINE.recipient])
    assert described.plain_sha256 == age_by_hand.sha256(plain)
    open_stream(Dripping(sealed.getvalue()), opened, MINE)
    assert opened.getvalue() == plain
    assert len(head) > NONCE


class Failing(io.BytesIO):
    """Fails in the midst of reading or writing."""

    def __init__(self, data=b"", most=3 * WHOLE):
        super().__init__(data)
        self.most = most

    def readinto(self, buffer):
        if self.tell() > self.most:
            raise OSError(5, "Input/output error")
        return super().readinto(buffer)

    def write(self, data):
        if self.tell() > self.most:
            raise OSError(28, "No space left on device")
        return super().write(data)


@pytest.mark.parametrize("reading", [True, False])
def test_a_disk_that_fails_ends_it_and_leaves_no_thread(reading):
    before, plain = threading.active_count(), bytes(12 * WHOLE)
    with pytest.raises(OSError, match="error" if reading else "No space"):
        seal_stream(
            Failing(plain) if reading else io.BytesIO(plain),
            io.BytesIO() if reading else Failing(),
            [MINE.recipient],
        )
    sealed = sealed_by_us(plain)
    with pytest.raises(OSError, match="error" if reading else "No space"):
        open_stream(
            Failing(sealed) if reading else io.BytesIO(sealed), io.BytesIO() if reading else Failing(), MINE
        )
    assert threading.active_count() == before
