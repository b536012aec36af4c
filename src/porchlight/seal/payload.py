"""The outside of an age file: where header and payload lie, and the sizes that follow. Opens nothing.

file = text header, 16-byte nonce, payload; payload = chunks of 64 KiB of plaintext, each with a 16-byte tag.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from porchlight.seal.errors import SealError

CHUNK: Final = 64 * 1024
TAG: Final = 16
NONCE: Final = 16
SEALED_CHUNK: Final = CHUNK + TAG
FIRST_LINE: Final = b"age-encryption.org/v1\n"
MAX_HEAD: Final = 4096
_MAC_LINE: Final = len("--- ") + 43 + 1


@dataclass(frozen=True, slots=True)
class Head:
    """The parts of a file before its payload; `payload_start` is their length together, in bytes."""

    header: bytes
    nonce: bytes
    payload_start: int

    @property
    def data(self) -> bytes:
        """Header and nonce as they stand in the file: what a player needs before the first chunk."""
        return self.header + self.nonce


def split_header(data: bytes) -> Head | None:
    """The head of a file from its first bytes; None while these do not hold all of it.

    Raises SealError("malformed") once it is sure that this is no age file, or its head is over 4,096 bytes.
    """
    if data[: len(FIRST_LINE)] != FIRST_LINE[: len(data)]:
        raise SealError("malformed", "not an age file")
    mac = data.find(b"\n--- ", 0, MAX_HEAD) + 1
    end = mac + _MAC_LINE
    if mac == 0 or len(data) < end + NONCE:
        if len(data) >= MAX_HEAD:
            raise SealError("malformed", "no age header in the first 4,096 bytes")
        return None
    if data[end - 1 : end] != b"\n":
        raise SealError("malformed", "the age header's last line")
    return Head(header=data[:end], nonce=data[end : end + NONCE], payload_start=end + NONCE)


def chunk_count(payload_size: int) -> int:
    """Number of chunks in a payload. A final chunk without plaintext is legal only as the sole chunk."""
    chunks = max(1, -(-payload_size // SEALED_CHUNK))
    final = payload_size - (chunks - 1) * SEALED_CHUNK
    if final < TAG or (final == TAG and chunks > 1):
        raise SealError("tampered", "not the size of an age payload")
    return chunks


def plain_size(sealed_size: int, payload_start: int) -> int:
    """Bytes of plaintext in a sealed file of this size."""
    payload = sealed_size - payload_start
    return payload - chunk_count(payload) * TAG


def sealed_size(plain_size: int, payload_start: int) -> int:
    """Bytes of the sealed file that holds this much plaintext."""
    return payload_start + plain_size + max(1, -(-plain_size // CHUNK)) * TAG
