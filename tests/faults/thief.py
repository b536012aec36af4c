"""What somebody finds who takes the server's disk: every file, read as it lies there, searched for what must not be in it."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

WINDOW = 16
EVERY = 4096
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_CHECKSUM = 6
_LEAST_BASE64 = 7
# Zeros, padding and other plain runs stand in any file; a window with fewer different bytes says nothing of the video.
_DISTINCT = 8


def windows(video: Path) -> list[bytes]:
    """A window of 16 bytes every 4 KiB; each is moved on to where the bytes belong to this video alone."""
    data = video.read_bytes()
    found = []
    for start in range(0, len(data) - WINDOW + 1, EVERY):
        for at in range(start, min(start + EVERY, len(data) - WINDOW + 1), WINDOW):
            if len(set(data[at : at + WINDOW])) >= _DISTINCT:
                found.append(data[at : at + WINDOW])
                break
    return found


def identity_forms(secret: str) -> list[bytes]:
    """An age identity as text in either case, as its 32 bytes, and as those in hexadecimal and in base64."""
    raw = secret_bytes(secret)
    spelled = [secret.upper().encode(), secret.lower().encode()]
    return [*spelled, raw, raw.hex().encode(), raw.hex().upper().encode(), *base64_forms(raw)]


def text_forms(text: str) -> list[bytes]:
    """A text as it is, in small letters, as in an address, and in base64."""
    plain = text.encode()
    addressed = [plain.replace(b" ", space) for space in (b"+", b"%20", b"_")]
    return [plain, plain.lower(), *addressed, *base64_forms(plain)]


def base64_forms(data: bytes) -> list[bytes]:
    """What base64 in both alphabets makes of `data` wherever it begins in the whole; too short a part is left out."""
    found = []
    for shift, first in ((0, 0), (1, 2), (2, 3)):
        sure = slice(first, (shift + len(data)) * 8 // 6)
        padded = b"\0" * shift + data
        found += [base64.b64encode(padded)[sure], base64.urlsafe_b64encode(padded)[sure]]
    return [each for each in found if len(each) >= _LEAST_BASE64]


def secret_bytes(secret: str) -> bytes:
    """The 32 bytes behind `AGE-SECRET-KEY-1…` (bech32)."""
    letters = secret.lower().rpartition("1")[2][:-_CHECKSUM]
    number = 0
    for letter in letters:
        number = number << 5 | _LETTERS.index(letter)
    return (number >> (5 * len(letters) - 256)).to_bytes(32, "big")


def files(directories: Iterable[Path]) -> Iterator[Path]:
    for directory in directories:
        yield from (path for path in sorted(directory.rglob("*")) if path.is_file())


def found_on_disk(directories: Iterable[Path], wanted: Mapping[str, Iterable[bytes]]) -> list[str]:
    """ "name in file" for everything wanted that stands in a file, or in the name of one."""
    told = []
    for path in files(directories):
        data = path.read_bytes()
        spoken = str(path).encode()
        for name, forms in wanted.items():
            if any(form in data or form in spoken for form in forms):
                told.append(f"{name} in {path}")
    return told
