"""What the household does not want to be asked, and how to undo it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from porchlight.core.errors import NotFound
from porchlight.server.agencies.access import public_agencies
from porchlight.server.consent import access as consent
from porchlight.server.households import access, actions
from porchlight.server.portals.resident.frame import ResidentRequest
from porchlight.server.video_requests.access import OpenRequest, offense_choices, offense_name


@dataclass(frozen=True)
class Standing:
    """One opt-out in words."""

    id: UUID
    words: str | Promise


class OptOutForm(forms.Form):
    """What is not to be asked any more: all, one agency, one kind of offense."""

    what = forms.ChoiceField(
        label=gettext_lazy("Opt out of"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you do not want to be asked.")},
    )
    agency = forms.ChoiceField(
        label=gettext_lazy("Agency"), error_messages={"required": gettext_lazy("Choose the agency.")}
    )
    offense = forms.ChoiceField(
        label=gettext_lazy("Offense"), error_messages={"required": gettext_lazy("Choose the offense.")}
    )

    def __init__(self, given: Any, *, agencies: dict[str, str], asked: OpenRequest | None) -> None:
        """`asked`: a request whose agency and offense are offered in place of the lists."""
        super().__init__(given)
        what: Any = self.fields["what"]
        what.choices = [
            ("all", _("All video requests")),
            (f"agency:{asked.agency_id}", _("This agency")) if asked else ("agency", _("One agency")),
            (f"offense:{asked.offense}", _("This kind of offense"))
            if asked
            else ("offense", _("One kind of offense")),
        ]
        what.choice_hints = dict(
            zip(
                [value for value, _label in what.choices],
                (
                    _("From any agency, about anything"),
                    asked.agency_name if asked else _("Choose it below"),
                    asked.offense_name if asked else _("Choose it below"),
                ),
                strict=True,
            )
        )
        choose = [("", _("Choose"))]
        cast("Any", self.fields["agency"]).choices = choose + sorted(
            agencies.items(), key=lambda pair: pair[1]
        )
        cast("Any", self.fields["offense"]).choices = [*choose, *offense_choices()]

    def clean(self) -> dict[str, Any]:
        """An agency and an offense are needed only where one is meant."""
        given = super().clean() or {}
        for name in ("agency", "offense"):
            if given.get("what") != name:
                self.errors.pop(name, None)
        return given

    def meant(self) -> tuple[str, str]:
        """Scope and value, as the action takes them."""
        scope, _sep, value = self.cleaned_data["what"].partition(":")
        return scope, value or (self.cleaned_data[scope] if scope != "all" else "")


@require_safe
def opt_outs(request: ResidentRequest) -> HttpResponse:
    """The list and the choices; `?request=` (one the household was asked) puts its agency and offense first."""
    return _page(request, None)


def _page(request: ResidentRequest, given: Any) -> HttpResponse:
    names = {str(agency.id): agency.name for agency in public_agencies()}
    form = OptOutForm(given, agencies=names, asked=_asked(request))
    facts = {
        "form": form,
        "standing": [
            Standing(each.pk, _words(each.scope, each.value, names))
            for each in access.opt_outs(request.actor)
        ],
        "household": access.own_household(request.actor),
        "asked": _asked(request),
    }
    return render(request, "resident/opt_outs.html", facts, status=422 if form.errors else 200)


def _asked(request: ResidentRequest) -> OpenRequest | None:
    """The request that `?request=` or the form names, if the household was asked it."""
    named = request.POST.get("request", "") or request.GET.get("request", "")
    try:
        return consent.request_for(request.actor, UUID(named)).request
    except (NotFound, ValueError):
        return None


@require_POST
def add(request: ResidentRequest) -> HttpResponse:
    """Opt out; a second click changes nothing. What was chosen stays on the page where something is missing."""
    names = {str(agency.id): agency.name for agency in public_agencies()}
    form = OptOutForm(request.POST, agencies=names, asked=_asked(request))
    if not form.is_valid():
        return _page(request, request.POST)
    scope, value = form.meant()
    actions.opt_out(by=request.actor, scope=scope, value=value)
    messages.success(request, _("You opted out. It holds for your whole household until you undo it."))
    return redirect("opt-outs")


@require_POST
def undo(request: ResidentRequest, opt_out_id: UUID) -> HttpResponse:
    """Be asked again."""
    try:
        actions.undo_opt_out(by=request.actor, opt_out_id=opt_out_id)
    except NotFound:
        # Undone in another tab: what was wanted is so.
        return redirect("opt-outs")
    messages.success(request, _("Undone. You can be asked again."))
    return redirect("opt-outs")


def _words(scope: str, value: str, agencies: dict[str, str]) -> str | Promise:
    if scope == "all":
        return gettext_lazy("All video requests")
    if scope == "agency":
        return _("Requests of %(agency)s") % {"agency": agencies.get(value, _("an agency that left"))}
    return _("Requests about: %(offense)s") % {"offense": offense_name(value)}
