"""The letter that brings a code to a claimed home.

The file is written inside the transaction that keeps the code's hash: a letter that could not be written leaves the
claim waiting, and a code that was kept is always in a letter.
"""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string

from porchlight.server.foundation.actions import action
from porchlight.server.households.actions.places import Letter, print_letter


@action("household.write_letter")
def write_letter(*, household_id: UUID, out: Path, kind: str) -> Path:
    """Write one waiting letter as `pdf` or `txt`. Raises NotFound, OSError."""
    letter = print_letter(household_id=household_id)
    path = out / f"letter-{household_id}.{kind}"
    data = _pdf(letter) if kind == "pdf" else _words(letter).encode()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return path


def _facts(letter: Letter) -> dict[str, object]:
    parts = [part.strip() for part in letter.address.split(",")]
    return {"lines": parts, "code": letter.code, "address": f"{settings.PORCHLIGHT.base_url}/household/"}


def _words(letter: Letter) -> str:
    return render_to_string("mail/letter.txt", _facts(letter))


def _pdf(letter: Letter) -> bytes:
    from weasyprint import HTML  # noqa: PLC0415 - slow to load, and only letters need it

    made: bytes = HTML(string=render_to_string("mail/letter.html", _facts(letter))).write_pdf()
    return made
