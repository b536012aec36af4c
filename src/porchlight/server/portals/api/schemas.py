"""What goes in and out, as far as all sides have it in common."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import (
    AfterValidator,
    AwareDatetime,
    ConfigDict,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)


class Given(Schema):
    """What a caller sends: no field that nobody knows, and no text that a database cannot hold."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, value: Any) -> Any:
        if not _is_storable(getattr(value, "_obj", value)):
            raise ValueError("a text holds what no text can hold")
        return value


class Why(Schema):
    """One reason: a code that stays the same for ever, its numbers, and a sentence in the caller's language."""

    code: str
    params: dict[str, str | int | float]
    text: str


class Problem(Schema):
    """Every answer that is a no."""

    refused: list[Why]


def _is_base64(text: str) -> str:
    try:
        base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("not base64") from error
    return text


Base64 = Annotated[
    str,
    Field(max_length=512 * 1024),
    AfterValidator(_is_base64),
    WithJsonSchema(
        {
            "type": "string",
            "contentEncoding": "base64",
            "pattern": "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
            "maxLength": 512 * 1024,
        }
    ),
]
"""Bytes in base64, both ways."""

Bytes = Annotated[
    bytes,
    PlainSerializer(lambda data: base64.b64encode(bytes(data)).decode(), return_type=str),
    WithJsonSchema({"type": "string", "contentEncoding": "base64"}),
]
"""Bytes that go out."""


def _this_century(moment: datetime) -> datetime:
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError("not a time of this century")
    return moment


_FIRST_YEAR, _LAST_YEAR = 2000, 2099
Moment = Annotated[AwareDatetime, AfterValidator(_this_century)]
"""A moment with its offset from UTC, of this century."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Listed(Schema):
    """Which part of a list: `cursor` is the `next` of the answer before; one that the list never gave begins it anew."""

    model_config = ConfigDict(extra="forbid")

    cursor: str = Field("", max_length=600, pattern=r"^[A-Za-z0-9_-]*$")


class Made(Schema):
    """The id of what was made."""

    id: UUID


_SEALED = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
BYTES_OUT: dict[str, Any] = {
    "responses": {
        200: {"description": "All of it", "content": _SEALED},
        206: {"description": "The range that was asked for", "content": _SEALED},
        416: {"description": "The range lies outside; Content-Range says how many bytes there are"},
    },
    "parameters": [
        {
            "in": "header",
            "name": "Range",
            "required": False,
            "schema": {"type": "string", "pattern": "^bytes=[0-9]{1,9}-[0-9]{0,9}$"},
        }
    ],
}
"""What an operation declares that answers sealed bytes, whole or in a range."""


def bytes_of(text: str) -> bytes:
    """The bytes of a checked `Base64`."""
    return base64.b64decode(text)


def _is_storable(value: Any) -> bool:
    """No NUL, which PostgreSQL refuses, and no half of a surrogate pair, which has no UTF-8."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= character <= "\udfff" for character in value)
    if isinstance(value, dict):
        return all(_is_storable(key) and _is_storable(each) for key, each in value.items())
    if isinstance(value, list):
        return all(_is_storable(each) for each in value)
    return True
