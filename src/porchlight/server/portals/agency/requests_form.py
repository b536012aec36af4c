"""The form of a request, and how what was typed becomes a draft. Whatever is wrong, every value is given back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.core.errors import Refused
from porchlight.core.localtime import to_instant
from porchlight.core.reasons import Reason, reason
from porchlight.core.wording import DANGER_REASON, FACTUAL_BASIS, PUBLIC_SUMMARY
from porchlight.server.ui import text, words
from porchlight.server.ui.forms import AreaField, add_reasons
from porchlight.server.ui.reasons import text_of
from porchlight.server.video_requests import access

FIELDS = {
    "area": "area",
    "jurisdiction": "area",
    "span": "ends_at",
    "incident": "starts_at",
    "time": "starts_at",
    "moment": "starts_at",
    "case": "case_number",
    "offense": "offense",
    "publish_delay": "publish_delay_days",
    "flag": "flags",
}
"""A reason's code, or its beginning -> the field it is about."""

_FLAGS: dict[str, Promise] = {
    "minors": _("Children or teenagers may be in the video, or a school is near"),
    "assembly": _("There was a protest, a vigil or another gathering"),
    "speech": _("It is about what someone said, wrote or showed"),
    "danger_to_life": _("A life is in danger now"),
}
_NEEDED = (
    "area",
    "starts_at",
    "starts_which",
    "ends_at",
    "ends_which",
    "offense",
    "case_number",
    "public_summary",
    "factual_basis",
    "flags",
    "danger_reason",
    "publish",
)
_NOW, _LATER = "now", "later"
_COUNTED = {
    "public_summary": PUBLIC_SUMMARY.most,
    "factual_basis": FACTUAL_BASIS.most,
    "danger_reason": DANGER_REASON.most,
}
_FOLDS = {"first": 0, "second": 1}


class TimeField(forms.CharField):
    """A local date and time, read later together with the answer to "the first or the second?"."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"})


class WhichField(forms.ChoiceField):
    """The first or the second of two moments; an answer that is not asked for any more is let be."""

    widget = forms.RadioSelect

    def valid_value(self, value: Any) -> bool:
        del value
        return True


class RequestForm(forms.Form):
    """Nothing is required here: what is missing or broken is said by the rules, all at once."""

    use_required_attribute = False

    area = AreaField(required=False, label=_("Area"))
    starts_at = TimeField(required=False, label=_("From"))
    starts_which = WhichField(required=False, label=_("Which one do you mean?"))
    ends_at = TimeField(required=False, label=_("Until"))
    ends_which = WhichField(required=False, label=_("Which one do you mean?"))
    offense = forms.ChoiceField(required=False, label=_("Offense type"))
    case_number = forms.CharField(
        required=False,
        label=_("Case number"),
        widget=forms.TextInput(attrs={"class": "mono", "autocomplete": "off", "spellcheck": "false"}),
    )
    public_summary = forms.CharField(
        required=False,
        label=_("What happened, and what you hope to see"),
        help_text=_(
            "Owners and the public read this. Say what was done and where. Leave out names and how anyone looked."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    factual_basis = forms.CharField(
        required=False,
        label=_("The facts behind it"),
        help_text=_("Your supervisor and the review desk read this: why this area, why this time."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    flags = forms.MultipleChoiceField(
        required=False,
        label=_("Does any of this apply?"),
        help_text=_(
            "The first three bring a second reviewer. The last one puts the request first in the queue."
        ),
        choices=list(_FLAGS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    danger_reason = forms.CharField(
        required=False,
        label=_("Whose life, and why now?"),
        help_text=_(
            "Only if a life is in danger. Your supervisor and the review desk read this, and the public later. The "
            "review desk says in public whether it was so. No rule is skipped."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    publish = forms.ChoiceField(
        required=False,
        label=_("When may the public read this request?"),
        choices=[(_NOW, _("When it is approved")), (_LATER, _("Up to 30 days later"))],
        widget=forms.RadioSelect,
    )
    publish_delay_days = forms.IntegerField(
        required=False,
        label=_("Days of delay, if later"),
        widget=forms.NumberInput(attrs={"min": 1, "max": 30}),
    )
    publish_delay_reason = forms.CharField(required=False, label=_("Why it must wait, if later"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, zone: tzinfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        offense: Any = self.fields["offense"]
        offense.choices = [
            ("", _("Choose the type")),
            *words.offense_choices(access.policy_numbers().least_seriousness),
        ]
        publish: Any = self.fields["publish"]
        publish.choice_hints = {
            _NOW: _("The usual way."),
            _LATER: _("Give a reason. Its fingerprint goes in the public log at once."),
        }
        # For the counter beside the field. A maxlength in the browser would cut what is pasted.
        for name, most in _COUNTED.items():
            self.fields[name].max_length = most  # type: ignore[attr-defined]
        self.asks_which = {name: self._offer(name) for name in ("starts", "ends")}

    def for_display(self) -> RequestForm:
        """Call it when nothing is validated any more: labels then say which fields can be left empty for good."""
        for name in _NEEDED:
            self.fields[name].required = True
        return self

    def draft(self) -> access.Draft:
        """What was entered; what could not be read stands in its reasons. Call it after `is_valid`."""
        given = self.cleaned_data
        moments = {name: self._moment(name) for name in ("starts", "ends")}
        later = given.get("publish") == _LATER
        days = given.get("publish_delay_days") or 0
        return access.Draft(
            area=given.get("area"),
            area_reasons=(reason("area_unreadable"),) if "area" in self.errors else (),
            starts_at=moments["starts"][0],
            ends_at=moments["ends"][0],
            time_reasons=tuple(fault for _moment, fault in moments.values() if fault is not None),
            offense=given.get("offense") or "",
            case_number=given.get("case_number") or "",
            factual_basis=given.get("factual_basis") or "",
            public_summary=given.get("public_summary") or "",
            flags=frozenset(given.get("flags") or ()),
            danger_reason=given.get("danger_reason") or "",
            publish_delay_days=days if later else 0,
            publish_delay_reason=(given.get("publish_delay_reason") or "") if later else "",
            typed=self._typed(),
        )

    def explain(self, reasons: tuple[Reason, ...]) -> None:
        """Put each reason at its field."""
        own = [each for each in reasons if each.code != "area_unreadable" and not self._said_at_time(each)]
        add_reasons(self, own, FIELDS)

    def _said_at_time(self, fault: Reason) -> bool:
        """A time's own fault stands at the time it is about, not at the first of both."""
        for name in ("starts", "ends"):
            if self._moment(name)[1] == fault:
                if text_of(fault) not in self.errors.get(f"{name}_at", []):
                    self.add_error(f"{name}_at", text_of(fault))
                return True
        return False

    def _typed(self) -> dict[str, str]:
        """The text fields exactly as typed."""
        names = ("area", "starts_at", "starts_which", "ends_at", "ends_which")
        return {name: value for name in names if (value := self.data.get(name, ""))}

    def _moment(self, name: str) -> tuple[datetime | None, Reason | None]:
        typed = self.cleaned_data.get(f"{name}_at") or ""
        if not typed:
            return None, None
        try:
            return to_instant(typed, self.zone, _FOLDS.get(self.data.get(f"{name}_which", ""))), None
        except Refused as refused:
            return None, refused.reasons[0]
        except OverflowError:
            return None, reason("time_not_readable")

    def _offer(self, name: str) -> bool:
        """Whether the typed time came twice; then both moments are offered."""
        typed = (self.data if self.is_bound else self.initial).get(f"{name}_at") or ""
        field: Any = self.fields[f"{name}_which"]
        field.choices = []
        try:
            to_instant(str(typed), self.zone)
        except OverflowError:
            return False
        except Refused as refused:
            found = refused.reasons[0]
            if found.code != "time_is_ambiguous":
                return False
            field.choices = [("first", _said(found, "earlier")), ("second", _said(found, "later"))]
        return bool(field.choices)


def _said(found: Reason, which: str) -> str:
    moment = datetime.fromisoformat(str(found.params[which]))
    before = which == "earlier"
    said = gettext("%(time)s, the first time") if before else gettext("%(time)s, the second time")
    offset = moment.strftime("%z")
    return f"{said % {'time': text.clock(moment.astimezone(UTC))}} (UTC{offset[:3]}:{offset[3:]})"


def initial_of(request: Any, zone: tzinfo) -> dict[str, Any]:
    """A stored request's values for the form: as typed where that is kept, else as they were read."""
    typed: Mapping[str, str] = request.typed
    delay = request.publish_delay_days
    return {
        "area": typed.get("area") or request.area,
        "offense": request.offense,
        "case_number": request.case_number,
        "public_summary": request.public_summary,
        "factual_basis": request.factual_basis,
        "flags": request.flags,
        "danger_reason": request.danger_reason,
        "publish": _LATER if delay else _NOW,
        "publish_delay_days": delay or None,
        "publish_delay_reason": request.publish_delay_reason,
        "version": request.version,
        **_times(request, typed, zone),
    }


def _times(request: Any, typed: Mapping[str, str], zone: tzinfo) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("starts", "ends"):
        moment: datetime | None = getattr(request, f"{name}_at")
        if typed or moment is None:
            found[f"{name}_at"] = typed.get(f"{name}_at", "")
            found[f"{name}_which"] = typed.get(f"{name}_which", "")
        else:
            here = moment.astimezone(zone)
            found[f"{name}_at"] = here.strftime("%Y-%m-%dT%H:%M")
            found[f"{name}_which"] = "second" if here.fold else "first"
    return found
