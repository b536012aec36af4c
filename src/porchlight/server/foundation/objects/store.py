"""What both stores promise; `tests/server/foundation/test_object_stores.py` holds each to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from porchlight.core.errors import NotFound
from porchlight.server.foundation import randomness

PIECE = 256 * 1024
_NAME_BYTES = 16
_DIGITS = frozenset("0123456789abcdef")


class OffsetMismatch(Exception):
    """The part does not begin where the object ends; `size` is where it ends."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the object ends at {size}")
        self.size = size


class ObjectStore(Protocol):
    """Objects by name; sizes and offsets in bytes.

    An object grows by `append`, one writer at a time (the caller holds its row), until it is read or copied for the
    first time; from then on it is whole and stays as it is.
    """

    def create(self) -> str:
        """Make an empty object and return its random name."""

    def append(self, name: str, offset: int, parts: Iterable[bytes], limit: int) -> int:
        """Add `parts` at `offset`, never past `limit`; return the new size. Raises OffsetMismatch, NotFound.

        Where `parts` breaks off with an error, what came before may stand; `size` tells.
        """

    def size(self, name: str) -> int:
        """Raises NotFound."""

    def read(self, name: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes `start` up to but not including `end`. Raises NotFound before the first byte."""

    def copy(self, name: str) -> str:
        """A second object with the same bytes under a new random name. Raises NotFound."""

    def delete(self, name: str) -> None:
        """Remove the object, whole or not; an absent one is fine."""

    def names(self) -> Iterator[str]:
        """Every object there is, whole or not, in no order."""

    def where(self, name: str) -> str:
        """Where a person finds the stored bytes: a file's path, or an address."""

    def check(self) -> None:
        """Raises SettingError with one line that says what to do when the store cannot be used."""

    def clear_unfinished(self, begun_before: datetime) -> int:
        """Free what no object of the store refers to and was begun before that moment; how many there were."""


def new_name() -> str:
    """A random name: 16 bytes in hexadecimal."""
    return randomness.token_bytes(_NAME_BYTES).hex()


def checked(name: str) -> str:
    """The name, which is one of ours. Raises NotFound for any other."""
    if len(name) != 2 * _NAME_BYTES or not set(name) <= _DIGITS:
        raise NotFound
    return name
