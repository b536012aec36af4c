"""Reading the fields of a parsed document, each with its one allowed shape."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set as AbstractSet
from typing import Any, Final

from porchlight.seal.errors import SealError

_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_HEX: Final = re.compile(r"[0-9a-f]*")


def document(
    value: Any, *, kind: str, required: AbstractSet[str], optional: AbstractSet[str] = frozenset()
) -> dict[str, Any]:
    """The fields of a version 1 document of `kind`; unknown and missing fields are refused."""
    fields = exactly(value, required | {"kind", "version"}, optional)
    if fields["kind"] != kind:
        raise SealError("malformed", f"not of the kind {kind}")
    if fields["version"] != 1:
        raise SealError("unsupported", f"version of {kind}")
    return fields


def exactly(
    value: Any, required: AbstractSet[str], optional: AbstractSet[str] = frozenset()
) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise SealError("malformed", "not an object")
    if required - value.keys() or value.keys() - required - optional:
        raise SealError("malformed", "a field is missing or unknown")
    return value


def uuid(value: Any) -> str:
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise SealError("malformed", "not a UUID in lower case")
    return value


def hexadecimal(value: Any, size: int) -> str:
    """`size` bytes in lower-case hexadecimal."""
    if not isinstance(value, str) or len(value) != 2 * size or not _HEX.fullmatch(value):
        raise SealError("malformed", f"not {size} bytes in hexadecimal")
    return value


def whole(value: Any, *, least: int = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise SealError("malformed", f"not a whole number from {least}")
    return value


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise SealError("malformed", "not true or false")
    return value


def one_of(value: Any, allowed: tuple[str, ...]) -> str:
    if value not in allowed or not isinstance(value, str):
        raise SealError("malformed", "not one of the allowed words")
    return value


def line(value: Any, *, at_most: int) -> str:
    """One line of text: not empty, at most `at_most` bytes of UTF-8, no control or bidi-control characters."""
    if not isinstance(value, str) or not value.replace("\ufeff", "").strip():
        raise SealError("malformed", "an empty line")
    if any(unicodedata.category(character) == "Cc" or character in _STEERING for character in value):
        raise SealError("malformed", "a control character in a line")
    if len(value.encode("utf-8", "surrogatepass")) > at_most:
        raise SealError("too_large", f"a line over {at_most} bytes")
    return value


_STEERING: Final = frozenset(
    "\u200e\u200f\u061c\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
