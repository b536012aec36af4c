"""From the core's reasons to a form's errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.forms import BaseForm

from porchlight.core.reasons import Reason
from porchlight.server.ui.reasons import text_of


def add_reasons(form: BaseForm, reasons: Iterable[Reason], field_map: Mapping[str, str]) -> None:
    """Put each reason at the field it is about, so that what was typed stays and the page says what to change.

    `field_map` goes from a code, or the part of a code before its first dot, to a field's name;
    a reason that is found under neither stands above the form.
    """
    for reason in reasons:
        name = field_map.get(reason.code) or field_map.get(reason.code.partition(".")[0])
        form.add_error(name if name in form.fields else None, text_of(reason))
