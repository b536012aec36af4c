"""Every read about accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from porchlight.core.errors import NotFound
from porchlight.core.visibility import Actor, Role, Side
from porchlight.server.accounts import invitations
from porchlight.server.accounts.models import StaffInvitation, User
from porchlight.server.foundation import clock

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
FRESH_FOR = timedelta(minutes=5)
CONFIRMED_AT = "porchlight_confirmed_at"


@dataclass(frozen=True)
class StaffMember:
    """A reviewer or an operator, as operators see them."""

    user_id: UUID
    name: str
    email: str
    side: Side
    joined_at: datetime
    locked: bool
    has_second_factor: bool


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that was not answered yet."""

    id: UUID
    email: str
    name: str
    side: Side
    expires_at: datetime
    expired: bool


def account(user_id: UUID | str) -> User:
    """The account. Raises NotFound."""
    try:
        return User.objects.get(pk=user_id)
    except (User.DoesNotExist, ValueError) as error:
        raise NotFound from error


def name_of(user: User) -> str:
    """What a person is called in our words to them."""
    return user.name


def has_second_factor(user: User) -> bool:
    """Whether the account has an authenticator app or a passkey; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists())


def with_second_factor(user_ids: list[UUID]) -> frozenset[UUID]:
    """Which of these accounts have a second factor."""
    found = Authenticator.objects.filter(user_id__in=user_ids, type__in=SECOND_FACTORS)
    return frozenset(found.values_list("user_id", flat=True))


def recently_confirmed(request: HttpRequest) -> bool:
    """Whether the second factor was passed again, in this session, in the last five minutes. Signing in does not count."""
    at = request.session.get(CONFIRMED_AT)
    return isinstance(at, float) and 0 <= clock.now().timestamp() - at < FRESH_FOR.total_seconds()


def staff_invitation(token: str, side: Side) -> StaffInvitation:
    """The open invitation behind a link. Raises NotFound for one that is forged, expired, used or withdrawn."""
    invitation_id = invitations.id_in("staff", token)
    if invitation_id is None:
        raise NotFound
    found = StaffInvitation.objects.filter(
        pk=invitation_id, side=side.value, accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now()
    ).first()
    if found is None or not invitations.matches(token, found.token_hash):
        raise NotFound
    return found


def staff(actor: Actor) -> tuple[StaffMember, ...]:
    """Reviewers and operators, for operators; by side and name."""
    _require_operator(actor)
    users = User.objects.filter(side__in=[Side.REVIEW.value, Side.OPERATOR.value], is_active=True)
    people = list(users.order_by("side", "display_name", "email"))
    protected = with_second_factor([each.pk for each in people])
    return tuple(
        StaffMember(
            user_id=each.pk,
            name=each.name,
            email=each.email,
            side=Side(each.side),
            joined_at=each.joined_at,
            locked=each.locked_at is not None,
            has_second_factor=each.pk in protected,
        )
        for each in people
    )


def open_staff_invitations(actor: Actor) -> tuple[OpenInvitation, ...]:
    """Invitations of reviewers and operators that were not answered, for operators; newest first."""
    _require_operator(actor)
    now = clock.now()
    found = StaffInvitation.objects.filter(accepted_at=None, withdrawn_at=None).order_by("-created_at")
    return tuple(
        OpenInvitation(
            id=each.pk,
            email=each.email,
            name=each.display_name,
            side=Side(each.side),
            expires_at=each.expires_at,
            expired=each.expires_at <= now,
        )
        for each in found
    )


def _require_operator(actor: Actor) -> None:
    if actor.side is not Side.OPERATOR or Role.OPERATOR not in actor.roles or not actor.second_factor:
        raise NotFound
