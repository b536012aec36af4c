"""Canonical JSON: one value, one sequence of bytes, in every language.

Objects with keys of `a-z0-9_` in ascending order, no white space, UTF-8 without escapes beyond those JSON demands,
whole numbers up to 2^53 - 1 either way, no fractions. What is signed or hashed is written so.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any, Final

from porchlight.seal.errors import SealError

MAX_INTEGER: Final = 2**53 - 1
MAX_DEPTH: Final = 16
_KEY: Final = re.compile(r"[a-z][a-z0-9_]*")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def encode(value: Any) -> bytes:
    """The canonical bytes of a value of dicts, lists, strings, ints, bools and None.

    Raises SealError("malformed") for anything else, fractions and lone surrogates included.
    """
    _check(value, 0)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SealError("malformed", "a string holds a lone surrogate") from error


def decode(data: bytes) -> Any:
    """The value of canonical bytes. Raises SealError("malformed") unless `encode` gives exactly these bytes back."""
    try:
        value = json.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise SealError("malformed", "not JSON") from error
    if encode(value) != data:
        raise SealError("malformed", "not in canonical form")
    return value


def time_text(moment: datetime) -> str:
    """An aware moment as `2026-11-21T19:08:58.000Z`: UTC, always three decimals, the rest cut off."""
    if moment.tzinfo is None:
        raise SealError("malformed", "a time without a zone")
    utc = moment.astimezone(UTC)
    return utc.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def time_from(text: str) -> datetime:
    """The aware moment of a text that `time_text` wrote. Raises SealError("malformed") for any other text."""
    if not _TIME.fullmatch(text):
        raise SealError("malformed", "not a time")
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise SealError("malformed", "not a time") from error


def _check(value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise SealError("malformed", "too deep")
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not _KEY.fullmatch(key):
                raise SealError("malformed", "a key outside a-z0-9_")
            _check(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth + 1)
    elif isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise SealError("malformed", "a number beyond 2^53 - 1")
    elif value is not None and not isinstance(value, str):
        raise SealError("malformed", f"a value of type {type(value).__name__}")
