"""What stands beside a request: which rules hold, where it is on its way, and what happens next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from porchlight.core.lifecycle import RequestState
from porchlight.core.policy import Check, CheckState, Rule, danger_reasons
from porchlight.core.visibility import Actor
from porchlight.server.ui import text, words
from porchlight.server.ui.hints import box_hints, public_hints
from porchlight.server.ui.parts import Other, Step
from porchlight.server.ui.parts import Rule as Row
from porchlight.server.ui.reasons import text_of
from porchlight.server.ui.rules import rule_rows, summary
from porchlight.server.video_requests import access

_QUIET = {
    Rule.CORNERS,
    Rule.WIDTH,
    Rule.COMPACTNESS,
    Rule.OPEN_LIMIT,
    Rule.MONTH_LIMIT,
    Rule.CUSTODIANS,
    Rule.AGENCY,
}
"""Said only where they do not hold: the row about the jurisdiction says "one simple shape" for the first three."""

_STEPS = {Rule.SUPERVISOR, Rule.REVIEW}
_TITLES: dict[Rule, Promise] = {
    Rule.PUBLIC_SUMMARY: gettext_lazy("What happened, and what you hope to see"),
    Rule.FACTUAL_BASIS: gettext_lazy("The facts behind it"),
}
_AT = {
    RequestState.DRAFT: 0,
    RequestState.RETURNED: 0,
    RequestState.SUBMITTED: 1,
    RequestState.SIGNED: 2,
    RequestState.REJECTED: 2,
    RequestState.APPROVED: 3,
    RequestState.CLOSED: 5,
}

_NEXT: dict[RequestState, Promise] = {
    RequestState.DRAFT: gettext_lazy(
        "Only you see this draft. When you send it, a supervisor reads it first."
    ),
    RequestState.SUBMITTED: gettext_lazy(
        "A supervisor reads it and signs, or sends it back with a note. The person who wrote it cannot sign it."
    ),
    RequestState.SIGNED: gettext_lazy(
        "People outside your agency read it. They approve it, return it with a reason, or reject it with a public "
        "reason."
    ),
    RequestState.RETURNED: gettext_lazy(
        "Change what the note asks for and send it again. It then takes every step again."
    ),
    RequestState.APPROVED: gettext_lazy(
        "Owners decide freely, each alone, and are not reminded. You get a mail when a video is shared. You are not "
        "told who was asked, and nobody can see who said no."
    ),
    RequestState.REJECTED: gettext_lazy("It ends here. The reason is on the public record."),
    RequestState.WITHDRAWN: gettext_lazy("It ends here. Owners can no longer share anything for it."),
    RequestState.CLOSED: gettext_lazy(
        "The time for answers is over. What was shared stays until it expires."
    ),
}


def panel(checks: Iterable[Check], draft: access.Draft, *, was_sent: bool = False) -> dict[str, object]:
    """The rows of "What the rules allow", what must change first, and the line that sums them up.

    Of a request that was sent the steps above the page say what comes later.
    """
    quiet = _QUIET | _STEPS if was_sent else _QUIET
    checks = list(checks)
    others = _others(checks)
    case_known = any(each.rule is Rule.CASE_NUMBER and each.state is CheckState.HOLDS for each in checks)
    if not case_known:
        quiet = quiet | {Rule.CASE_LIMIT}
    shown = [each for each in checks if each.state is CheckState.BROKEN or each.rule not in quiet]
    shown.sort(key=lambda each: each.state is not CheckState.BROKEN)
    rows = [
        _in_the_forms_words(check, row, others, case_known=case_known)
        for check, row in zip(shown, rule_rows(shown), strict=True)
    ]
    if not was_sent:
        rows = sorted([*rows, *_asked_for_reasons(draft)], key=lambda row: row.state != CheckState.BROKEN)
    return {"rules": rows, "rules_summary": summary(rows)}


def beside(actor: Actor | None, draft: access.Draft) -> dict[str, object]:
    """What is said beside the fields while they are filled in: hints, and what owners will read."""
    agency = access.agency_of(actor).name
    return {
        "summary_hints": public_hints(draft.public_summary, agency=agency),
        "flag_hints": box_hints(
            draft.public_summary, draft.factual_basis, draft.danger_reason, flags=draft.flags
        ),
        "owners_read": draft,
        "owners_offense": words.offense_label(draft.offense) if draft.offense else "",
        "agency_name": agency,
    }


def _asked_for_reasons(draft: access.Draft) -> list[Row]:
    """Two answers need a reason of their own: that a life is in danger, and that the public is to wait."""
    facts = draft.facts()
    given = []
    if facts.danger_to_life:
        given.append((_("Why a life is in danger now"), danger_reasons(facts)))
    if draft.publish_delay_days:
        given.append((_("Why the public is to wait"), access.delay_reasons(draft)))
    return [
        Row(str(CheckState.BROKEN if wrong else CheckState.HOLDS), title, " ".join(map(text_of, wrong)))
        for title, wrong in given
    ]


def _others(checks: Iterable[Check]) -> tuple[Other, ...]:
    """The earlier requests that count for the case, by name, the oldest first, each with the way to it."""
    counted = [(past.sent_at, past) for check in checks for past in check.counted if past.sent_at is not None]
    return tuple(
        Other(
            reverse("request", args=[past.ref]),
            _("%(case)s: %(offense)s, sent %(day)s")
            % {
                "case": past.case_number,
                "offense": words.offense_label(past.offense),
                "day": text.day(sent_at, short=True),
            },
        )
        for sent_at, past in sorted(counted, key=lambda each: (each[0], each[1].ref))
    )


def _in_the_forms_words(check: Check, row: Row, others: tuple[Other, ...], *, case_known: bool) -> Row:
    """The row, called as the form calls it. `case_known`: a case number is entered that could be one."""
    if check.rule is Rule.CASE_LIMIT and check.value is not None and check.bound is not None:
        numbers = {"n": round(check.value), "most": round(check.bound.most or 0)}
        if check.state is CheckState.BROKEN and not case_known:
            title = _("This place and time have had their %(most)s requests") % numbers
        elif check.state is CheckState.BROKEN:
            title = _("The case has had its %(most)s requests") % numbers
        else:
            title = _("Request %(n)s of %(most)s in this case") % numbers
        said = _(
            "A case may have %(most)s requests. Those for the same place and time count too, under any number."
        )
        return replace(row, title=title, text=said % numbers, others=others)
    if check.rule in _TITLES:
        row = replace(row, title=_TITLES[check.rule])
    if check.rule is Rule.AGE and not check.reasons and check.bound is not None:
        row = replace(row, text=_("At most %(days)s days.") % {"days": round(check.bound.most or 0)})
    return row


def next_words(state: str) -> Promise:
    """What happens next, in one or two sentences."""
    return _NEXT[RequestState(state)]


def steps(actor: Actor | None, request: Any | None) -> list[Step]:
    """The five stations; None stands for a request that is not saved yet."""
    state = RequestState(getattr(request, "state", RequestState.DRAFT))
    at = _AT.get(state, _reached(request))
    said = [
        (_("Draft"), _author(request)),
        (_("Supervisor signs"), _signers(actor, request)),
        (_("Review desk"), _("People outside your agency")),
        (_("Open to owners"), _open_until(request)),
        (_("Closed"), _("14 days after the approval")),
    ]
    found = []
    for index, (label, detail) in enumerate(said):
        where = (
            "done"
            if index < at
            else "now"
            if index == at and state is not RequestState.WITHDRAWN
            else "later"
        )
        found.append(Step(label, where, _here(state, detail) if index == at else detail))
    return found


def _here(state: RequestState, detail: str) -> str:
    return {
        RequestState.RETURNED: _("Returned to its author"),
        RequestState.REJECTED: _("Rejected"),
        RequestState.WITHDRAWN: _("Withdrawn"),
    }.get(state, detail)


def _author(request: Any | None) -> str:
    if request is None or request.submitted_at is None:
        return _("You are here")
    return str(access.person(request.created_by))


def _reached(request: Any | None) -> int:
    """How far a withdrawn request had come."""
    if getattr(request, "approved_at", None):
        return 3
    return 2 if getattr(request, "signed_at", None) else 1


def _signers(actor: Actor | None, request: Any | None) -> str:
    signed_by = getattr(request, "signed_by", None)
    if signed_by is not None:
        return str(access.person(signed_by))
    names = [str(each) for each in access.signers(actor, request)]
    return names[0] if len(names) == 1 else _("Another person of your agency")


def _open_until(request: Any | None) -> str:
    closes_at = getattr(request, "closes_at", None)
    if closes_at is None:
        return _("14 days, no reminders")
    return _("Until %(day)s") % {"day": text.day(closes_at, short=True)}
