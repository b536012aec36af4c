"""The reviewer's answer."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

_ANSWERS: Final = [("yes", _("Yes")), ("no", _("No")), ("unsure", _("Not sure"))]
_JUDGED: Final = ("facts", "area", "time")
_TURNED: Final = {"yes": "no", "no": "yes", "unsure": "unsure"}


def _question(text: Any, hint: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=text,
        help_text=hint,
        choices=_ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Answer this question.")},
    )


class DecisionForm(forms.Form):
    """Five questions that a person has to judge, a decision, and a reason for the public.

    `urgent`: a sixth, where the agency says that a life is in danger.
    """

    facts = _question(
        _("Do the facts say what was done?"),
        _("An act at a place and time, not a person or a group. What owners read has no names and no looks."),
    )
    area = _question(
        _("Is the area as small as the facts allow?"), _("Each street in it should have a reason.")
    )
    time = _question(
        _("Is the time as short as the facts allow?"), _("Minutes before and after need a reason too.")
    )
    speech = _question(_("Is it free of protest, speech and worship?"), _("If not, ask what else would do."))
    ties = _question(
        _("Are you free of ties to anyone in it?"),
        _("If not, leave it to another reviewer. Nobody will ask why."),
    )
    verdict = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("approve", _("Approve")), ("return", _("Return")), ("reject", _("Reject"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a decision.")},
    )
    verdict.choice_hints = {  # type: ignore[attr-defined]
        "approve": _("Owners in the area are asked, once."),
        "return": _("The agency may change it and send it again."),
        "reject": _("It ends here and counts for the case: a case may have two requests."),
    }
    public_reason = forms.CharField(
        label=_("Reason for the public"),
        help_text=_(
            "One to three plain sentences. The agency, the owners and the public read the same words. "
            "Returning and rejecting need one."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        strip=False,
    )
    round = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32767)

    use_required_attribute = False

    QUESTIONS: Final = ("facts", "area", "time", "speech", "ties")
    danger = _question(
        _("Was a life in danger when it was sent?"),
        _("Your answer is public. It changes nothing about the decision: judge the rest as always."),
    )

    def __init__(self, *args: Any, urgent: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = (*self.QUESTIONS, "danger") if urgent else self.QUESTIONS
        if not urgent:
            del self.fields["danger"]

    def for_display(self) -> DecisionForm:
        """Call it when nothing is validated any more: a reason that two of three verdicts need is not called optional."""
        self.fields["public_reason"].required = True
        return self

    def questions(self) -> list[forms.BoundField]:
        """What a person has to judge, in its order."""
        return [self[name] for name in self.asked]

    def clean(self) -> dict[str, Any]:
        """An approval cannot stand beside a No to what was asked."""
        given = super().clean() or {}
        if given.get("verdict") == "approve":
            for name in _JUDGED:
                if given.get(name) == "no":
                    self.add_error(name, _("You answered No. Return or reject it, or change this answer."))
        if given.get("ties") == "unsure":
            self.add_error("ties", _("If you are not sure, leave it to another reviewer."))
        return given

    def checklist(self) -> dict[str, str]:
        """The answers as they are kept. `ties` is kept as asked by the domain: whether there are any."""
        answers = {name: self.cleaned_data[name] for name in self.asked}
        return {**answers, "ties": _TURNED[answers["ties"]]}


class ReasonForm(forms.Form):
    """A reason for the public, for taking an approval back."""

    public_reason = forms.CharField(
        label=_("Reason for the public"),
        help_text=_(
            "One to three plain sentences. The agency, the owners and the public read the same words."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        strip=False,
    )
