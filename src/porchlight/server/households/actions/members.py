"""Coming into a household, and going.

Invariants: a person belongs to at most one household; a household with people has a holder; an invitation is used once.
What a leaving member could open is the keys' matter: `footage.actions` composes these acts with them.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from porchlight.core.errors import NotFound, Refused
from porchlight.core.reasons import reason
from porchlight.core.visibility import Actor, Role, Side
from porchlight.server.accounts import access as accounts
from porchlight.server.accounts import addresses, invitations, sign_ins
from porchlight.server.foundation import clock, randomness, ratelimit
from porchlight.server.foundation.actions import action, audit, emit
from porchlight.server.foundation.sides import base_url
from porchlight.server.households.access import members
from porchlight.server.households.access.own import held_household
from porchlight.server.households.models import Household, MemberInvitation, Membership

MOST_MEMBERS = 12
_INVITATIONS_A_MONTH = 20


@action("household.invite_member")
def invite_member(*, by: Actor, email: str) -> str:
    """Invite somebody by mail; returns the link. An earlier invitation of the address ends.

    It is the same whether the address has an account or not. Raises NotFound, Refused (`mail_address_malformed`,
    `already_a_member`, `too_many_members`, `too_often`, `only_a_holder`).
    """
    household = _held(by)
    address = addresses.clean_address(email)
    people = members.housemates(by)
    if any(each.email == address for each in people):
        raise Refused((reason("already_a_member"),))
    if len(people) >= MOST_MEMBERS:
        raise Refused((reason("too_many_members", most=MOST_MEMBERS),))
    ratelimit.spend("invite_member", str(household.pk), limit=_INVITATIONS_A_MONTH, window=timedelta(days=30))
    MemberInvitation.objects.filter(household=household, email=address).delete()
    invitation = MemberInvitation(
        id=randomness.uuid4(),
        household=household,
        invited_by_id=UUID(by.user_id or ""),
        email=address,
        expires_at=clock.now() + invitations.VALID_FOR,
    )
    token = invitations.token_of(members.KIND, invitation.id)
    invitation.token_hash = invitations.hash_of(token)
    invitation.save(force_insert=True)
    emit("households.invited", invitation_id=invitation.id)
    audit(f"household:{household.pk}")
    return member_link(token)


@action("household.withdraw_invitation")
def withdraw_member_invitation(*, by: Actor, invitation_id: UUID) -> None:
    """End an invitation; its link opens nothing any more. Raises NotFound, Refused."""
    household = _held(by)
    deleted, _ = MemberInvitation.objects.filter(pk=invitation_id, household=household).delete()
    if not deleted:
        raise NotFound


@action("household.join")
def join_household(*, by: Actor, token: str) -> Household:
    """Come in by a mail's link. Raises NotFound; Refused (`household_already`, `too_many_members`)."""
    if Role.RESIDENT not in by.roles or by.user_id is None:
        raise NotFound
    invitation = members.member_invitation(token)
    household = Household.objects.select_for_update(no_key=True).get(pk=invitation.household_id)
    if Membership.objects.filter(household=household).count() >= MOST_MEMBERS:
        raise Refused((reason("too_many_members", most=MOST_MEMBERS),))
    used, _ = MemberInvitation.objects.filter(pk=invitation.id).delete()
    if not used:
        raise NotFound
    try:
        with transaction.atomic():
            Membership.objects.create(household=household, user_id=by.user_id, role="member")
    except IntegrityError as error:
        raise Refused((reason("household_already"),)) from error
    emit("households.joined", household_id=household.pk, user_id=UUID(by.user_id))
    audit(f"household:{household.pk}", event="joined")
    return household


@action("household.name_holder")
def name_holder(*, by: Actor, user_id: UUID, holder: bool) -> None:
    """Let a member invite and remove, or no longer; the last holder stays one. Raises NotFound, Refused."""
    household = _held(by)
    person = members.housemate(by, user_id)
    if not holder and _others_hold(household, person.user_id) == 0:
        raise Refused((reason("household_needs_holder"),))
    Membership.objects.filter(household=household, user_id=user_id).update(
        role="holder" if holder else "member"
    )
    audit(f"household:{household.pk}", event="holder" if holder else "member")


@action("household.remove_member")
def remove_member(*, by: Actor, user_id: UUID) -> None:
    """Take another person out, at once; that person is signed out everywhere. Raises NotFound, Refused."""
    household = _held(by)
    person = members.housemate(by, user_id)
    if person.me:
        raise Refused((reason("leave_instead"),))
    Membership.objects.filter(household=household, user_id=user_id).delete()
    sign_ins.end_all(user=accounts.account(user_id))
    emit("households.removed", user_id=user_id)
    audit(f"household:{household.pk}", event="removed")


@action("household.leave")
def leave_household(*, by: Actor) -> None:
    """Go. Raises NotFound; Refused (`last_member`) for the last one, who deletes the household instead.

    Where no holder is left, who came first of the others becomes one.
    """
    household = held_household(by)
    own = members.me(by)
    left = Membership.objects.filter(household=household).exclude(user_id=own.user_id)
    if not left.exists():
        raise Refused((reason("last_member"),))
    Membership.objects.filter(household=household, user_id=own.user_id).delete()
    if not left.filter(role="holder").exists():
        heir = left.order_by("joined_at", "id").first()
        if heir is not None:
            Membership.objects.filter(pk=heir.pk).update(role="holder")
    audit(f"household:{household.pk}", event="left")


def member_link(token: str) -> str:
    """The address in the mail."""
    return f"{base_url(Side.RESIDENT)}/household/join/{token}/"


def _held(by: Actor) -> Household:
    """The household that the actor is a holder of. Raises NotFound, Refused (`only_a_holder`)."""
    household = held_household(by)
    if not members.me(by).holder:
        raise Refused((reason("only_a_holder"),))
    return household


def _others_hold(household: Household, user_id: UUID) -> int:
    return Membership.objects.filter(household=household, role="holder").exclude(user_id=user_id).count()
