"""Why something sealed, signed or wrapped was not accepted.

The codes are the same as those of the browser's half (`web/vault/errors.ts`); texts for people are chosen by code.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

Code = Literal[
    "malformed",  # not of the format at all, or not in its canonical form
    "unsupported",  # a version or kind this program does not know
    "too_large",  # a field is longer than the format allows
    "wrong_key",  # sealed to somebody else
    "wrong_passphrase",
    "tampered",  # a part fails its authentication, is missing, or is out of place
    "bad_signature",
    "other_clip",  # the parts belong to different clips
    "other_request",  # made for another video request
    "other_recipient",  # made for another key
]
CODES: Final[tuple[str, ...]] = get_args(Code)


class SealError(ValueError):
    """Refused, for the reason `code`; `detail` is for logs and never holds secrets or content."""

    def __init__(self, code: Code, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code: Final = code
        self.detail: Final = detail
