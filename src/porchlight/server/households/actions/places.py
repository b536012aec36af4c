"""Claiming a home and proving it with a code that came by letter.

Invariants: nothing here depends on whether another household holds the place; a code exists in clear only in the
letter; five wrong codes spend it.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model

from porchlight.core.errors import NotFound, Refused
from porchlight.core.localtime import time_zones
from porchlight.core.places import ExactPlace
from porchlight.core.reasons import Decision, Reason, reason
from porchlight.core.visibility import Actor, Role
from porchlight.server.foundation import clock, randomness, ratelimit
from porchlight.server.foundation.actions import action, audit
from porchlight.server.households.access import lines
from porchlight.server.households.access.own import MOST_ATTEMPTS, held_household
from porchlight.server.households.actions.cameras import leave_behind
from porchlight.server.households.models import Household, Membership, PlaceCode

# No 0, 1, I, L, O, U: read from paper, typed on a phone.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
CODE_GOOD_FOR = timedelta(days=60)
_LETTERS_A_MONTH = 3


@dataclass(frozen=True)
class Letter:
    """One letter to print: the only place where its code stands in clear."""

    household_id: UUID
    address: str = field(repr=False)
    code: str = field(repr=False)


@action("household.claim_place")
def claim_place(*, by: Actor, address: str, lat: float, lon: float, timezone: str = "") -> Household:
    """Say where home is: makes the household if there is none, else moves it and begins the proof anew.

    `timezone` is an IANA name; one that nobody knows is left out. Raises Refused (`address_…`, `place_not_on_map`,
    `too_often`).
    """
    if Role.RESIDENT not in by.roles or by.user_id is None:
        raise NotFound
    reasons: list[Reason] = [*lines.reasons(address, "address", least=6, most=200)]
    if not _on_map(lat, lon):
        reasons.append(reason("place_not_on_map"))
    if reasons:
        raise Refused(tuple(reasons))
    ratelimit.spend("claim_place", by.user_id, limit=_LETTERS_A_MONTH, window=timedelta(days=30))
    household = _own_or_new(UUID(by.user_id))
    household.address, household.latitude, household.longitude = lines.tidy(address), lat, lon
    household.timezone = timezone if timezone in time_zones() else household.timezone
    household.place_verified_at = None
    household.save()
    leave_behind(household)
    _new_code(household)
    audit(f"household:{household.pk}")
    return household


@action("household.request_letter")
def request_letter(*, by: Actor) -> None:
    """Ask for another letter; the code of the one before is void. Raises Refused (`too_often`, `place_missing`)."""
    household = held_household(by)
    if household.latitude is None or household.place_verified_at is not None:
        raise Refused((reason("place_missing"),))
    ratelimit.spend("request_letter", str(household.pk), limit=_LETTERS_A_MONTH, window=timedelta(days=30))
    _new_code(household)
    audit(f"household:{household.pk}")


@action("household.print_letter")
def print_letter(*, household_id: UUID) -> Letter:
    """Make the code of a waiting letter. Raises NotFound when it was printed already or the claim is gone."""
    code_row = (
        PlaceCode.objects.select_for_update().filter(household_id=household_id, printed_at=None).first()
    )
    if code_row is None:
        raise NotFound
    code = "".join(_letter() for _ in range(CODE_LENGTH))
    code_row.code_hash, code_row.printed_at, code_row.attempts = (
        _hash(code_row.household_id, code),
        clock.now(),
        0,
    )
    code_row.save()
    audit(f"household:{household_id}")
    return Letter(
        household_id=household_id, address=code_row.household.address, code=f"{code[:4]}-{code[4:]}"
    )


@action("household.confirm_code")
def confirm_code(*, by: Actor, code: str) -> Decision:
    """Prove the place with the letter's code.

    A refusal (`code_wrong` with the tries left, `code_spent`) is returned and not raised, for it is counted.
    """
    household = held_household(by)
    if household.place_verified_at is not None:
        return Decision(allowed=True)
    code_row = PlaceCode.objects.select_for_update().filter(household=household).first()
    if code_row is None or code_row.printed_at is None or code_row.attempts >= MOST_ATTEMPTS:
        return Decision.unless(reason("code_spent"))
    if clock.now() - code_row.printed_at > CODE_GOOD_FOR:
        return Decision.unless(reason("code_spent"))
    typed = "".join(each for each in code.upper()[:64] if each in _ALPHABET)
    if not hmac.compare_digest(_hash(household.pk, typed), code_row.code_hash):
        code_row.attempts += 1
        code_row.save()
        left = MOST_ATTEMPTS - code_row.attempts
        return Decision.unless(reason("code_wrong", left=left) if left else reason("code_spent"))
    code_row.delete()
    household.place_verified_at = clock.now()
    household.save()
    audit(f"household:{household.pk}", verified=True)
    return Decision(allowed=True)


def _own_or_new(user_id: UUID) -> Household:
    get_user_model().objects.select_for_update(no_key=True).get(pk=user_id)  # of two tabs one makes the home
    membership = Membership.objects.filter(user_id=user_id).first()
    if membership is not None:
        return Household.objects.select_for_update(no_key=True).get(pk=membership.household_id)
    household = Household.objects.create()
    Membership.objects.create(household=household, user_id=user_id)
    return household


def _new_code(household: Household) -> None:
    PlaceCode.objects.filter(household=household).delete()
    PlaceCode.objects.create(household=household)


def _letter() -> str:
    """One sign of the alphabet, each as likely as another: bytes past its last whole multiple are drawn again."""
    fair = 256 - 256 % len(_ALPHABET)
    while True:
        drawn = randomness.token_bytes(1)[0]
        if drawn < fair:
            return _ALPHABET[drawn % len(_ALPHABET)]


def _hash(household_id: UUID, code: str) -> str:
    """Keyed with the installation's secret: a copied table alone gives no code away."""
    key = f"place-code:{settings.SECRET_KEY}".encode()
    return hmac.new(key, household_id.bytes + code.encode(), hashlib.sha256).hexdigest()


def _on_map(lat: float, lon: float) -> bool:
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return False
    try:
        ExactPlace(lat, lon)
    except ValueError:
        return False
    return True
