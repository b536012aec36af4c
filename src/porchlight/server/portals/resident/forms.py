"""What residents type. The domain decides; here only the shape of a form."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from porchlight.server.ui.forms import PlaceField

DIRECTIONS = (
    ("", _("I do not know")),
    ("0", _("North")),
    ("45", _("North-east")),
    ("90", _("East")),
    ("135", _("South-east")),
    ("180", _("South")),
    ("225", _("South-west")),
    ("270", _("West")),
    ("315", _("North-west")),
)
# One field for each code that a reason may bear.
PLACE_FIELDS = {"place_not_on_map": "place", "camera_too_far": "place", "place_missing": "place"}


class HomeForm(forms.Form):
    """Where somebody lives."""

    address = forms.CharField(
        label=_("Address"),
        max_length=200,
        strip=True,
        help_text=_("Street, number, town and ZIP code, as on a letter."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    place = PlaceField(label=_("Your home on the map"))
    timezone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class CodeForm(forms.Form):
    """The code in the letter."""

    code = forms.CharField(
        label=_("Code in the letter"),
        max_length=20,
        help_text=_("Eight letters and numbers, like ABCD-2345."),
        widget=forms.TextInput(
            attrs={"class": "mono", "autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
    )


class CameraForm(forms.Form):
    """One camera of the registry."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("For you only, like “Front door”."))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=(("doorbell", _("Doorbell")), ("outdoor", _("Outdoor camera"))),
        widget=forms.RadioSelect,
    )
    place = PlaceField(label=_("Where it hangs"))
    direction = forms.ChoiceField(label=_("Where it looks"), choices=DIRECTIONS, required=False)
    sees = forms.CharField(
        label=_("What it sees"),
        max_length=120,
        required=False,
        help_text=_("For you only, like “Steps and sidewalk”."),
    )

    fields_of: ClassVar[dict[str, str]] = {
        **PLACE_FIELDS,
        "camera_kind_unknown": "kind",
        "camera_direction_unknown": "direction",
    }


class ReportForm(forms.Form):
    """What is wrong with a request."""

    why = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=(
            ("not_true", _("What it says is not true")),
            ("too_wide", _("It asks for too much")),
            ("about_speech", _("It is about what people say or where they gather")),
            ("about_a_person", _("It looks for one person and not for an act")),
            ("other", _("Something else")),
        ),
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What should the review desk know?"),
        required=False,
        max_length=1200,
        help_text=_("Leave out your name and address. Reviewers do not see who sent this."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
