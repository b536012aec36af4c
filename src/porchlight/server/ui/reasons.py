"""The reasons of the core, in words a person can act on.

Every code of the core has a text here (a test looks). A text says what is so and, where something can be done, what to do.
"""

from __future__ import annotations

from django.utils.translation import gettext

from porchlight.core.reasons import Reason

TEXTS: dict[str, object] = {}


def text_of(reason: Reason) -> str:
    """The sentence for a reason in the reader's language. A code without a text is shown as itself, never hidden."""
    text = TEXTS.get(reason.code)
    if text is None:
        return gettext("This cannot be done (%(code)s).") % {"code": reason.code}
    return str(text) % dict(reason.params)
