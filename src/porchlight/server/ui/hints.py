"""What to look at again in a request's words, said to its author and to the review desk. A hint refuses nothing."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.core.hints import Hint, hints_in, unticked
from porchlight.core.offenses import Concern

HINTS: dict[Hint, Promise] = {
    Hint.NAME: _("Is somebody named here? Leave names of people out."),
    Hint.LOOKS: _(
        "Does this say how somebody looked or what they wore? Leave it out: say what was done, where and when."
    ),
    Hint.PLATE: _("Is there a license plate? It points at a person. Leave it out."),
    Hint.CARE: _(
        "A place of care, worship or law is named. Video near it shows who goes there: can the words and the area do "
        "without it?"
    ),
}
UNTICKED: dict[Concern, Promise] = {
    Concern.MINORS: _(
        "Your words name children or a school. Tick the first box if it applies; two reviewers read it either way."
    ),
    Concern.ASSEMBLY: _(
        "Your words name a gathering. Tick the second box if it applies; two reviewers read it either way."
    ),
    Concern.SPEECH: _(
        "Your words name what somebody said or showed. Tick the third box if it applies; two reviewers read it either "
        "way."
    ),
}


def public_hints(summary: str, *, agency: str) -> list[Promise]:
    """About the words that owners and the public read."""
    return [HINTS[each] for each in hints_in(summary, known=agency)]


def box_hints(*texts: str, flags: Collection[str]) -> list[Promise]:
    """About boxes that stand empty though the words name what they ask for."""
    ticked = frozenset(each for each in Concern if each.value in flags)
    return [UNTICKED[each] for each in unticked("\n".join(texts), ticked)]
