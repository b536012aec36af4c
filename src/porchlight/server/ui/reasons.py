"""The reasons of the core and the domains, in words a person can act on.

Every code has a text (a test looks for codes without one). A text says what is so and, where something can be done, what
to do. Numbers come with their unit's name in the parameter, and are said here as people say them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext

from porchlight.core.reasons import Reason
from porchlight.server.ui import text
from porchlight.server.ui.texts import agencies, asking, people, programs, sharing

TEXTS: Mapping[str, Promise | str] = {
    **agencies.TEXTS,
    **asking.TEXTS,
    **people.TEXTS,
    **programs.TEXTS,
    **sharing.TEXTS,
}


def text_of(reason: Reason) -> str:
    """The sentence for a reason in the reader's language. A code without a text is shown as itself, never hidden."""
    found = TEXTS.get(reason.code)
    if found is None:
        return gettext("This cannot be done (%(code)s).") % {"code": reason.code}
    said = _Said({name: _said(name, value) for name, value in reason.params.items()})
    return str(found) % said


class _Said(dict[str, str]):
    """Parameters for a text; one that did not come is a dash, because a sentence with a gap beats an error page."""

    def __missing__(self, _name: str) -> str:
        return "–"


def _said(name: str, value: float | str) -> str:
    """A parameter as people say it: its name ends in its unit."""
    if isinstance(value, str):
        return _moment(value) or value
    if name.endswith("minutes"):
        return text.duration(timedelta(minutes=value))
    if name.endswith("bytes"):
        return text.file_size(int(value))
    if name.endswith("square_miles"):
        return text.square_miles_number(value)
    if name in {"lat", "lon"}:
        return f"{value:.4f}"
    return formats.number_format(round(value, 1) if isinstance(value, float) else value, use_l10n=True)


def _moment(value: str) -> str | None:
    """A moment in the reader's zone, if the text is one with its offset."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return text.moment_text(moment) if moment.tzinfo is not None else None
