"""Inviting, joining, leaving.

To whoever invites, every address answers alike: whether it has an account somewhere is nobody's business.
"""

from __future__ import annotations

from uuid import UUID

from porchlight.core.errors import NotFound, Refused
from porchlight.core.reasons import Reason, reason
from porchlight.core.visibility import Action, Actor, Role, Side, decide
from porchlight.core.wording import TextRule
from porchlight.server.accounts import actions as accounts
from porchlight.server.accounts import addresses, invitations
from porchlight.server.accounts.models import User
from porchlight.server.accounts.passwords import HashedPassword
from porchlight.server.agencies.access.actor import roles_of
from porchlight.server.agencies.access.members import invitation_behind
from porchlight.server.agencies.access.register import AgencyEntry, public_agency
from porchlight.server.agencies.actions.holding import hold_agency
from porchlight.server.agencies.models import Invitation, Officer, OfficerKey
from porchlight.server.foundation import clock, randomness
from porchlight.server.foundation.actions import action, audit, emit

_TITLE = TextRule("title", least=1, most=60)


@action("officer.invite")
def invite_officer(
    *,
    agency_id: UUID,
    email: str,
    name: str,
    title: str = "",
    is_supervisor: bool = False,
    is_custodian: bool = False,
    is_admin: bool = False,
    by: Actor | None,
    mail: bool = True,
) -> str:
    """Invite somebody to an agency; returns the link. An earlier open invitation of the address ends.

    `by` is an administrator of the agency, an operator who invites an administrator, or None for the command line.
    Raises Refused with everything that is wrong with address, name and title, or if the person is a member already.
    """
    agency = public_agency(agency_id)
    roles = roles_of(is_supervisor=is_supervisor, is_custodian=is_custodian, is_admin=is_admin)
    if by is not None and not decide(
        by, Action.OFFICER_INVITE, {"agency_id": str(agency.id), "role": {role.value for role in roles}}
    ):
        raise NotFound
    hold_agency(agency.id)
    address = _invitable(agency, email, name, title)
    now = clock.now()
    Invitation.objects.filter(agency_id=agency.id, email=address, accepted_at=None, withdrawn_at=None).update(
        withdrawn_at=now
    )
    invitation = Invitation(
        id=randomness.uuid4(),
        agency_id=agency.id,
        email=address,
        name=name.strip(),
        title=title.strip(),
        is_supervisor=is_supervisor,
        is_custodian=is_custodian,
        is_admin=is_admin,
        expires_at=now + invitations.VALID_FOR,
    )
    token = invitations.token_of("agency", invitation.id)
    invitation.token_hash = invitations.hash_of(token)
    invitation.save(force_insert=True)
    audit(f"invitation:{invitation.pk}", agency=str(agency.id), roles=sorted(role.value for role in roles))
    if mail:
        emit("agencies.invited", invitation_id=invitation.pk)
    return invitations.link(Side.AGENCY, token)


@action("officer.withdraw_invitation")
def withdraw_invitation(*, invitation_id: UUID, by: Actor | None) -> None:
    """End an open invitation; its link opens nothing any more. Raises NotFound."""
    found = Invitation.objects.filter(pk=invitation_id, accepted_at=None, withdrawn_at=None).first()
    if found is None:
        raise NotFound
    roles = roles_of(
        is_supervisor=found.is_supervisor, is_custodian=found.is_custodian, is_admin=found.is_admin
    )
    facts = {"agency_id": str(found.agency_id), "role": {role.value for role in roles}}
    if by is not None and not decide(by, Action.OFFICER_INVITE, facts):
        raise NotFound
    Invitation.objects.filter(pk=found.pk).update(withdrawn_at=clock.now())
    audit(f"invitation:{found.pk}", event="withdrawn")


@action("officer.join")
def accept_invitation(*, token: str, name: str, password: HashedPassword, by: Actor | None) -> User:
    """Make the officer of an open invitation and the account to sign in with.

    Raises NotFound for a link that opens nothing (any more), Refused("address_in_use") where the address has an
    account on another side or at another agency.
    """
    invitation, agency = invitation_behind(token)
    hold_agency(agency.id)
    invitation, agency = invitation_behind(token)  # of two who open one link, the second finds it used
    now = clock.now()
    former = Officer.objects.filter(user__email=invitation.email).first()
    if former is not None and (former.left_at is None or former.agency_id != agency.id):
        raise Refused((reason("address_in_use"),))
    user = accounts.open_staff_account(
        side=Side.AGENCY,
        email=invitation.email,
        name=addresses.clean_line(name),
        password=password,
        timezone=agency.timezone,
        by=by,
    )
    officer = former or Officer(id=randomness.uuid4(), user=user, agency_id=agency.id)
    officer.title = invitation.title
    officer.is_supervisor, officer.is_custodian = invitation.is_supervisor, invitation.is_custodian
    officer.is_admin = invitation.is_admin
    officer.joined_at, officer.left_at = now, None
    officer.save()
    if not Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(accepted_at=now):
        raise NotFound
    audit(f"officer:{officer.pk}", agency=str(agency.id), invitation=str(invitation.pk))
    return user


@action("officer.change_roles")
def change_roles(
    *, officer_id: UUID, is_supervisor: bool, is_custodian: bool, is_admin: bool, by: Actor | None
) -> None:
    """Say what a member may do. Raises Refused if nobody would administer the agency any more, and
    (`second_factor_again`) unless the administrator's second step was entered again: roles decide who signs.
    """
    officer = _member(officer_id, by, Action.OFFICER_INVITE)
    if officer.is_system:
        raise NotFound
    _require_fresh(by)
    if officer.is_admin and not is_admin:
        _require_another_admin(officer)
    Officer.objects.filter(pk=officer.pk).update(
        is_supervisor=is_supervisor, is_custodian=is_custodian, is_admin=is_admin
    )
    roles = roles_of(is_supervisor=is_supervisor, is_custodian=is_custodian, is_admin=is_admin)
    audit(f"officer:{officer.pk}", roles=sorted(role.value for role in roles))


@action("officer.remove")
def remove_officer(*, officer_id: UUID, by: Actor | None) -> None:
    """Let a member go: the account closes, every session ends and the keys are wrapped to no more, at once.

    Raises Refused if nobody would administer the agency any more.
    """
    officer = _member(officer_id, by, Action.OFFICER_REMOVE)
    if officer.is_admin:
        _require_another_admin(officer)
    now = clock.now()
    Officer.objects.filter(pk=officer.pk).update(left_at=now)
    OfficerKey.objects.filter(officer=officer, retired_at=None).update(retired_at=now)
    accounts.close_account(user_id=officer.user_id, by=by)
    audit(f"officer:{officer.pk}", event="left")


@action("officer.reset_second_factor")
def reset_second_factor(*, officer_id: UUID, by: Actor | None) -> None:
    """A member of the administrator's own agency lost the phone; nobody resets their own. Raises NotFound, Refused."""
    officer = _member(officer_id, by, Action.OFFICER_UNLOCK)
    if officer.is_system:
        raise NotFound
    if by is not None and by.user_id == str(officer.user_id):
        raise Refused((reason("own_act_needs_another_person"),))
    _require_fresh(by)
    accounts.reset_second_factor(user_id=officer.user_id, by=by)


@action("officer.unlock")
def unlock_officer(*, officer_id: UUID, by: Actor | None) -> None:
    """Free a member of the administrator's own agency whom wrong passwords locked; nobody frees themself."""
    officer = _member(officer_id, by, Action.OFFICER_UNLOCK)
    if by is not None and by.user_id == str(officer.user_id):
        raise Refused((reason("own_act_needs_another_person"),))
    accounts.unlock(user_id=officer.user_id, by=by)


def _require_fresh(by: Actor | None) -> None:
    if by is not None and not by.fresh_factor:
        raise Refused((reason("second_factor_again"),))


def _invitable(agency: AgencyEntry, email: str, name: str, title: str) -> str:
    reasons: list[Reason] = list(addresses.line_reasons(name, addresses.NAME))
    if title.strip():
        reasons += addresses.line_reasons(title, _TITLE)
    address = ""
    try:
        address = addresses.clean_address(email)
    except Refused as refusal:
        reasons += refusal.reasons
    if address and not addresses.in_domain(address, agency.mail_domain):
        reasons.append(reason("mail_address_elsewhere", domain=agency.mail_domain))
    if reasons:
        raise Refused(tuple(reasons))
    if Officer.objects.filter(user__email=address, agency_id=agency.id, left_at=None).exists():
        raise Refused((reason("already_a_member"),))
    return address


def _member(officer_id: UUID, by: Actor | None, act: Action) -> Officer:
    officer = Officer.objects.filter(pk=officer_id, left_at=None).first()
    if officer is not None:
        hold_agency(officer.agency_id)
        officer = Officer.objects.filter(pk=officer_id, left_at=None).first()
    if officer is None or (by is not None and not decide(by, act, {"agency_id": str(officer.agency_id)})):
        raise NotFound
    return officer


def _require_another_admin(officer: Officer) -> None:
    others = Officer.objects.filter(agency_id=officer.agency_id, is_admin=True, left_at=None)
    if not others.exclude(pk=officer.pk).exists():
        raise Refused((reason("agency_needs_administrator", role=Role.AGENCY_ADMIN.value),))
