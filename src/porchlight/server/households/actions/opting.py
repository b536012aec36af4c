"""Opting out: for the whole household, whichever member did it, until it is undone."""

from __future__ import annotations

from uuid import UUID

from porchlight.core.errors import NotFound, Refused
from porchlight.core.offenses import offense_type
from porchlight.core.reasons import reason
from porchlight.core.visibility import Actor
from porchlight.server.foundation.actions import action
from porchlight.server.households.access.own import my_household, opt_outs
from porchlight.server.households.models import Household, OptOut

SCOPES = ("all", "agency", "offense")


@action("household.opt_out")
def opt_out(*, by: Actor, scope: str, value: str = "") -> None:
    """Opt the actor's household out; doing so twice changes nothing. Raises NotFound, Refused."""
    _put(my_household(by).pk, scope, value)


@action("household.opt_out")
def opt_out_household(*, household_id: UUID, scope: str, value: str = "") -> None:
    """Opt out the household that a signed link names. A household that is gone is fine: the answer is the same."""
    if Household.objects.filter(pk=household_id).exists():
        _put(household_id, scope, value)


@action("household.undo_opt_out")
def undo_opt_out(*, by: Actor, opt_out_id: UUID) -> None:
    """Be asked again. Raises NotFound."""
    deleted, _ = opt_outs(by).filter(pk=opt_out_id).order_by().delete()
    if not deleted:
        raise NotFound


def _put(household_id: UUID, scope: str, value: str) -> None:
    """No audit entry: what a household does not want to be asked is nobody's to read."""
    if scope not in SCOPES or (scope == "offense" and offense_type(value) is None):
        raise Refused((reason("opt_out_unknown"),))
    kept = "" if scope == "all" else value
    if scope == "agency":
        try:
            kept = str(UUID(value))
        except ValueError as error:
            raise Refused((reason("opt_out_unknown"),)) from error
    OptOut.objects.get_or_create(household_id=household_id, scope=scope, value=kept)
