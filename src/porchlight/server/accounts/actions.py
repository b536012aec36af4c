"""Every write about accounts that the sign-in framework does not do itself.

What happens on the staff sides is recorded; residents' sign-ins are nobody's business.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils.crypto import salted_hmac

from porchlight.core.errors import NotFound, Refused
from porchlight.core.localtime import time_zones
from porchlight.core.reasons import reason
from porchlight.core.visibility import Actor, Role, Side
from porchlight.server.accounts import access, addresses, invitations, languages, sign_ins
from porchlight.server.accounts.models import FailedSignIn, StaffInvitation, User
from porchlight.server.accounts.passwords import HashedPassword
from porchlight.server.foundation import clock, randomness
from porchlight.server.foundation.actions import action, audit, emit
from porchlight.server.foundation.locks import hold

WRONG_PASSWORDS = 5
PASSWORD, CODE = "password", "code"
WITHIN = timedelta(minutes=15)
_INVITED_SIDES = {Side.REVIEW, Side.OPERATOR}


# -- wrong passwords and codes --------------------------------------------------------------------------------------
@action("account.note_wrong_password")
def note_wrong_password(
    *,
    side: Side,
    email: str,
    by: Actor | None,  # noqa: ARG001 - nobody is signed in yet
    what: str = PASSWORD,
) -> None:
    """Count a wrong password, or a wrong code of the second step, on a staff side.

    The fifth of a kind within fifteen minutes locks the account, if there is one. The kinds are counted apart: a right
    password must not give five more tries at the code.
    """
    now, address = clock.now(), _address_hash(side, email, what)
    hold(f"wrong_password:{address}")  # tries that come at once are counted one after the other
    FailedSignIn.objects.filter(at__lte=now - WITHIN).delete()
    FailedSignIn.objects.create(address_hash=address, at=now)
    if FailedSignIn.objects.filter(address_hash=address).count() < WRONG_PASSWORDS:
        return
    user = User.objects.filter(email=email, side=side.value, locked_at=None, is_active=True).first()
    if user is not None:
        User.objects.filter(pk=user.pk).update(locked_at=now)
        audit(f"account:{user.pk}", event="locked")
        emit("accounts.locked", user_id=user.pk)


@action("account.forget_wrong_passwords")
def forget_wrong_passwords(*, side: Side, email: str, by: Actor | None, what: str = PASSWORD) -> None:  # noqa: ARG001 - as above
    """A right password, or a right code, ends its own count."""
    FailedSignIn.objects.filter(address_hash=_address_hash(side, email, what)).delete()


@action("account.unlock")
def unlock(*, user_id: UUID, by: Actor | None) -> None:
    """Free an account that wrong passwords locked. Whether `by` may is decided by the caller's domain."""
    user = access.account(user_id)
    User.objects.filter(pk=user.pk).update(locked_at=None)
    counted = [_address_hash(Side(user.side), user.email, what) for what in (PASSWORD, CODE)]
    FailedSignIn.objects.filter(address_hash__in=counted).delete()
    audit(f"account:{user.pk}", event="unlocked", by_system=by is None)


@action("account.choose_language")
def choose_language(*, user_id: UUID, language: str, by: Actor | None) -> None:  # noqa: ARG001 - nobody else's matter
    """In which language pages and mails speak to this person."""
    User.objects.filter(pk=user_id).update(language=language)


@action("account.choose_timezone")
def choose_timezone(*, user_id: UUID, timezone: str, by: Actor | None) -> None:  # noqa: ARG001 - as above
    """By which clock pages tell this person the time; empty for UTC. Raises Refused("timezone_unknown")."""
    if timezone and timezone not in time_zones():
        raise Refused((reason("timezone_unknown"),))
    User.objects.filter(pk=user_id).update(timezone=timezone)


# -- staff accounts -------------------------------------------------------------------------------------------------
@action("account.open")
def open_staff_account(
    *,
    side: Side,
    email: str,
    name: str,
    password: HashedPassword,
    timezone: str = "",
    by: Actor | None,  # noqa: ARG001 - the person is not known before this
) -> User:
    """The account of somebody who was invited: the address counts as verified, because the link came by mail to it.

    An account that was closed on the same side is opened again, without its old second factor. One that somebody
    signed up for with this address and never proved gives way. It speaks the language of the page. Raises Refused("address_in_use") where the address has
    another account.
    """
    user = User.objects.filter(email=email).first()
    if user is not None and _never_proven(user):
        _give_way(user)
        user = None
    if user is None:
        user = User(email=email, side=side.value)
    elif user.side != side.value or user.is_active:
        raise Refused((reason("address_in_use"),))
    if EmailAddress.objects.filter(email=email, verified=True).exclude(user=user).exists():
        raise Refused((reason("address_in_use"),))
    user.display_name, user.timezone, user.password = name, timezone, password
    user.language = languages.current()
    user.is_active, user.locked_at = True, None
    user.save()
    Authenticator.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    audit(f"account:{user.pk}", event="opened", side=side.value)
    return user


def _give_way(user: User) -> None:
    """Nobody ever signed in to it, so nothing hangs on it. Its row stays, without a word of the person.

    Deleting it would look for its household, which an agency's page may not even ask about.
    """
    EmailAddress.objects.filter(user=user).delete()
    user.email, user.display_name, user.is_active = f"{user.pk.hex}@given-way.invalid", "", False
    user.set_unusable_password()
    user.save(update_fields=["email", "display_name", "is_active", "password"])


@action("account.open_system")
def open_system_account(*, side: Side, name: str, by: Actor | None) -> User:  # noqa: ARG001 - the audit entry's
    """An account that nobody can sign in to: no password, and an address that no mail reaches."""
    user = User(id=randomness.uuid4(), side=side.value, display_name=name)
    user.email = f"{user.pk.hex}@systems.invalid"
    user.set_unusable_password()
    user.save(force_insert=True)
    audit(f"account:{user.pk}", event="opened", side=side.value, system=True)
    return user


@action("account.close")
def close_account(*, user_id: UUID, by: Actor | None) -> None:  # noqa: ARG001 - recorded by the audit entry
    """End every session and sign-in of an account at once. What the person did stays recorded under its id."""
    user = access.account(user_id)
    user.is_active = False
    # A new unusable password makes every session's hash wrong, should the account ever be opened again.
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=user).delete()
    sign_ins.end_all(user=user)
    audit(f"account:{user.pk}", event="closed")


@action("account.invite_staff")
def invite_staff(*, email: str, side: Side, display_name: str, by: Actor | None, mail: bool = True) -> str:
    """Invite a reviewer or an operator; returns the link. An earlier open invitation of the address ends.

    Raises Refused for an address or name that cannot be used, or where the person is in already.
    """
    _require_operator(by)
    if side not in _INVITED_SIDES:
        raise NotFound
    address, name = addresses.clean_address(email), addresses.clean_line(display_name)
    if User.objects.filter(email=address, side=side.value, is_active=True).exists():
        raise Refused((reason("already_a_member"),))
    now = clock.now()
    hold(f"staff_invitation:{address}")
    open_ones = StaffInvitation.objects.filter(email=address, accepted_at=None, withdrawn_at=None)
    open_ones.update(withdrawn_at=now)
    invitation = StaffInvitation(
        id=randomness.uuid4(),
        email=address,
        side=side.value,
        display_name=name,
        expires_at=now + invitations.VALID_FOR,
    )
    token = invitations.token_of("staff", invitation.id)
    invitation.token_hash = invitations.hash_of(token)
    invitation.save(force_insert=True)
    audit(f"staff_invitation:{invitation.id}", side=side.value)
    if mail:
        emit("accounts.invited", invitation_id=invitation.id)
    return invitations.link(side, token)


@action("account.withdraw_invitation")
def withdraw_staff_invitation(*, invitation_id: UUID, by: Actor | None) -> None:
    """End an open invitation; its link opens nothing any more."""
    _require_operator(by)
    changed = StaffInvitation.objects.filter(pk=invitation_id, accepted_at=None, withdrawn_at=None).update(
        withdrawn_at=clock.now()
    )
    if not changed:
        raise NotFound
    audit(f"staff_invitation:{invitation_id}", event="withdrawn")


@action("account.accept_invitation")
def accept_staff_invitation(
    *, token: str, side: Side, name: str, password: HashedPassword, by: Actor | None
) -> User:
    """The account of an invited reviewer or operator. Raises NotFound for a link that opens nothing (any more)."""
    invitation = access.staff_invitation(token, side)
    now = clock.now()
    # First: of two who open one link at once, the second waits here and then finds it used.
    if not StaffInvitation.objects.filter(pk=invitation.pk, accepted_at=None).update(accepted_at=now):
        raise NotFound
    user = open_staff_account(
        side=side,
        email=invitation.email,
        name=addresses.clean_line(name),
        password=password,
        by=by,
    )
    audit(f"staff_invitation:{invitation.pk}", event="accepted")
    return user


@action("account.unlock_staff")
def unlock_staff(*, user_id: UUID, by: Actor | None) -> None:
    """An operator frees a reviewer or another operator, never themself."""
    unlock(user_id=_staff_other_than(by, user_id).pk, by=by)


@action("account.reset_second_factor")
def reset_second_factor(*, user_id: UUID, by: Actor | None) -> None:
    """Somebody lost the phone: every second step goes, and so does the password.

    The person comes back by a mail to their own address, chooses a new password and sets up a new second step. So
    neither who asks for this nor who reads that mail gets in alone. Whether `by` may is decided by the caller's domain.
    """
    user = access.account(user_id)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    sign_ins.end_all(user=user)
    emit("accounts.second_factor_reset", user_id=user.pk)
    audit(f"account:{user.pk}", event="second_factor_reset", by_system=by is None)


@action("account.reset_staff_second_factor")
def reset_staff_second_factor(*, user_id: UUID, by: Actor | None) -> None:
    """An operator does so for a reviewer or another operator, with the own second step entered again."""
    user = _staff_other_than(by, user_id)
    if by is not None and not by.fresh_factor:
        raise Refused((reason("second_factor_again"),))
    reset_second_factor(user_id=user.pk, by=by)


@action("account.remove_staff")
def remove_staff(*, user_id: UUID, by: Actor | None) -> None:
    """An operator ends the account of a reviewer or another operator, never their own."""
    close_account(user_id=_staff_other_than(by, user_id).pk, by=by)


@action("account.delete")
def delete_account(*, user_id: UUID, by: Actor | None) -> None:  # noqa: ARG001 - recorded by the audit entry
    """Delete a resident's account with its sign-ins, addresses and second steps. Raises NotFound.

    Staff accounts are closed and never deleted: what they did stays recorded under them.
    """
    user = access.account(user_id)
    if user.side != Side.RESIDENT.value:
        raise NotFound
    audit(f"account:{user.pk}", event="deleted")
    user.delete()


# -- the record ------------------------------------------------------------------------------------------------------
@action("account.sign_in")
def record_sign_in(*, user: User, methods: list[str], by: Actor | None) -> None:  # noqa: ARG001 - the audit entry's
    """A staff account signed in."""
    audit(f"account:{user.pk}", side=user.side, methods=methods)


@action("account.second_factor")
def record_second_factor(*, user: User, event: str, kind: str, by: Actor | None) -> None:  # noqa: ARG001 - as above
    """A second factor of a staff account was added, removed or renewed."""
    audit(f"account:{user.pk}", side=user.side, event=event, kind=kind)


@action("account.password")
def record_password(*, user: User, event: str, by: Actor | None) -> None:  # noqa: ARG001 - as above
    """The password of a staff account was changed or reset."""
    audit(f"account:{user.pk}", side=user.side, event=event)


def _address_hash(side: Side, email: str, what: str) -> str:
    kind = "" if what == PASSWORD else f"{what}:"
    return salted_hmac(
        "porchlight.failed_sign_in", f"{kind}{side.value}:{email}", algorithm="sha256"
    ).hexdigest()


def _never_proven(user: User) -> bool:
    """A sign-up that nobody confirmed: it was never signed in to, and must not keep its address from its owner."""
    proven = EmailAddress.objects.filter(user=user, verified=True).exists()
    return user.side == Side.RESIDENT.value and user.last_login is None and not proven


def _require_operator(by: Actor | None) -> None:
    if by is not None and (
        by.side is not Side.OPERATOR or Role.OPERATOR not in by.roles or not by.second_factor
    ):
        raise NotFound


def _staff_other_than(by: Actor | None, user_id: UUID) -> User:
    _require_operator(by)
    user = access.account(user_id)
    if Side(user.side) not in _INVITED_SIDES or not user.is_active:
        raise NotFound
    if by is not None and by.user_id == str(user.pk):
        raise Refused((reason("own_act_needs_another_person"),))
    return user
