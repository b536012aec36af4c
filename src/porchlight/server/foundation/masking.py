"""Row numbers of the sign-in framework in addresses, so that they count nothing.

The framework numbers passkeys of all sides in one series. An officer who saw such a number could count the passkeys
that residents added meanwhile (promise P2).
"""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings
from django.urls import register_converter
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, RoutePattern

_BLOCK = 16
_NUMBER = "<int:"
_Pattern = RegexPattern | RoutePattern | LocalePrefixPattern


class MaskedNumber:
    """A path converter: a whole number as the 32 hexadecimal digits that this installation's secret makes of it."""

    regex = "[0-9a-f]{32}"

    def to_python(self, value: str) -> int:
        """The number. Raises ValueError (no such address) for what was not made here."""
        number = int.from_bytes(_cipher().decryptor().update(bytes.fromhex(value)))
        if number >= 2**63:
            raise ValueError("not one of ours")
        return number

    def to_url(self, value: int | str) -> str:
        """The digits."""
        return _cipher().encryptor().update(int(value).to_bytes(_BLOCK)).hex()


def masked(pattern: _Pattern) -> _Pattern:
    """The pattern of an included URL list, its whole numbers masked."""
    route = str(pattern)
    return RoutePattern(route.replace(_NUMBER, "<masked:")) if _NUMBER in route else pattern


def _cipher() -> Cipher[modes.ECB]:
    key = hashlib.sha256(b"porchlight.masked\0" + settings.SECRET_KEY.encode()).digest()
    return Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305 - one block: a permutation of numbers, no message


register_converter(MaskedNumber, "masked")
