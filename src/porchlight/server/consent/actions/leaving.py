"""A household moves, or is no more.

Invariants: nothing of this reaches the agency's side but what the owner takes back in so many words; what was shared
follows its own expiry; an opt-out survives a move.
"""

from __future__ import annotations

from uuid import UUID

from porchlight.core.errors import NotFound, Refused
from porchlight.core.reasons import reason
from porchlight.core.visibility import Actor
from porchlight.server.accounts import actions as accounts
from porchlight.server.consent.actions.answering import withdraw
from porchlight.server.consent.models import Invitation, OwnShare
from porchlight.server.footage import actions as footage
from porchlight.server.foundation.actions import action, audit
from porchlight.server.households import access
from porchlight.server.households import actions as households
from porchlight.server.households.models import Household
from porchlight.server.notifications import actions as notices


@action("consent.move_house")
def move_house(*, by: Actor, address: str, lat: float, lon: float, timezone: str = "") -> Household:
    """Claim a place. One that is farther than a correction ends what the old one was asked; opt-outs and shares stay.

    Raises as `households.claim_place` does.
    """
    away = access.move_to(by, lat, lon) is not None if _on_map(lat, lon) else False
    household = households.claim_place(by=by, address=address, lat=lat, lon=lon, timezone=timezone)
    if away:
        Invitation.objects.filter(household=household).delete()
        notices.forget_household(household_id=household.pk)
    return household


@action("consent.delete_household")
def delete_household(*, by: Actor, take_back: bool) -> None:
    """Delete the actor's household with all it holds. The last person alone may. Raises NotFound, Refused (`not_alone`).

    `take_back`: withdraw what is shared as well, which agencies see; otherwise they see nothing, and shares end at
    their own time.
    """
    household = access.my_household(by)
    if len(access.housemates(by)) != 1:
        raise Refused((reason("not_alone"),))
    if take_back:
        shared = OwnShare.objects.filter(household=household, withdrawn_at=None)
        for share_id in list(shared.values_list("share_id", flat=True)):
            withdraw(by=by, share_id=share_id)
    notices.forget_household(household_id=household.pk)
    footage.delete_all(by=by)
    audit(f"household:{household.pk}", event="deleted")
    household.delete()


@action("consent.delete_account")
def delete_account(*, by: Actor, take_back: bool) -> None:
    """Delete the actor's account; the household too, if nobody else is in it. Raises NotFound."""
    if by.user_id is None:
        raise NotFound
    people = access.housemates(by)
    if len(people) == 1:
        delete_household(by=by, take_back=take_back)
    elif people:
        footage.leave_household(by=by)
    accounts.delete_account(user_id=UUID(by.user_id), by=by)


def _on_map(lat: float, lon: float) -> bool:
    return -90 <= lat <= 90 and -180 <= lon <= 180  # noqa: PLR2004 - degrees
