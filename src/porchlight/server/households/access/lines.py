"""One line of text that a resident typed: a name of a camera, an address, what a camera sees."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from porchlight.core.reasons import Reason, reason

_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


def tidy(text: str) -> str:
    """Without blanks at the ends or doubled inside. Apply before storing."""
    return " ".join(text.split())


def reasons(text: str, field: str, *, most: int, least: int = 1) -> Iterator[Reason]:
    """What is wrong with the line, with the codes the core uses for text. A megabyte is counted and not searched."""
    if len(text) > 4 * most:
        yield reason("text_too_long", field=field, characters=len(text), most=most)
        return
    if any(unicodedata.category(each) in _UNSEEN for each in text):
        yield reason("text_control_characters", field=field)
    line = tidy(text)
    if len(line) > most:
        yield reason("text_too_long", field=field, characters=len(line), most=most)
    elif not line and least:
        yield reason("text_missing", field=field, least=least)
    elif len(line) < least:
        yield reason("text_too_short", field=field, characters=len(line), least=least)
