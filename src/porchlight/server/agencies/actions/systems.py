"""An agency's evidence system: a custodian that is a machine.

Its key was made on the machine and its secret never comes here; its public half stands among the custodians' keys, so
that each new request's key is wrapped to it by the requester's browser. An administrator answers for it: adding one, or
giving it a token, takes the second factor passed again.
"""

from __future__ import annotations

from uuid import UUID

from porchlight.core.errors import NotFound, Refused
from porchlight.core.reasons import Reason, reason
from porchlight.core.visibility import Action, Actor, Role, Side, decide
from porchlight.core.wording import TextRule, text_reasons, tidy
from porchlight.seal.errors import SealError
from porchlight.seal.keys import read_recipient
from porchlight.server.accounts import actions as accounts
from porchlight.server.agencies.access.keys import recipient_reasons
from porchlight.server.agencies.models import Officer, OfficerKey
from porchlight.server.foundation import randomness
from porchlight.server.foundation.actions import action, audit
from porchlight.server.tokens import actions as tokens
from porchlight.server.tokens.access import USUAL
from porchlight.server.tokens.actions import Made

TITLE = "Evidence system"
_NAME = TextRule("name", least=2, most=60)


@action("officer.add_system")
def add_system(*, name: str, recipient: str, days: int = USUAL.days, by: Actor) -> Made:
    """Add an evidence system with its key, and give it its first token, whose secret is returned once.

    Raises NotFound for whoever administers no agency, Refused with all reasons.
    """
    _require_administrator(by)
    name = tidy(name)
    objections: list[Reason] = [*text_reasons(name, _NAME), *_key_reasons(recipient)]
    systems = Officer.objects.filter(agency_id=str(by.agency_id), is_system=True, left_at=None)
    if systems.filter(user__display_name__iexact=name).exists():
        objections.append(reason("system_name_taken"))
    if objections:
        raise Refused(tuple(objections))
    user = accounts.open_system_account(side=Side.AGENCY, name=name, by=by)
    officer = Officer(
        id=randomness.uuid4(),
        user=user,
        agency_id=UUID(str(by.agency_id)),
        title=TITLE,
        is_custodian=True,
        is_system=True,
    )
    officer.save(force_insert=True)
    key = OfficerKey(id=randomness.uuid4(), officer=officer, recipient=recipient, wrapped_by_passphrase="")
    key.save(force_insert=True)
    audit(f"officer:{officer.pk}", agency=str(by.agency_id), system=True, key=str(key.pk))
    return tokens.make_for_system(user_id=user.pk, name=name, days=days, by=by)


@action("officer.new_system_token")
def new_system_token(*, officer_id: UUID, days: int = USUAL.days, by: Actor) -> Made:
    """Another token for an evidence system, beside those it has: so it can be changed without a gap."""
    officer = _system(officer_id, by)
    return tokens.make_for_system(user_id=officer.user_id, name=officer.user.display_name, days=days, by=by)


@action("officer.revoke_system_token")
def revoke_system_token(*, officer_id: UUID, token_id: UUID, by: Actor) -> None:
    """End one of a system's tokens at once. Raises NotFound."""
    tokens.revoke_for_system(token_id=token_id, user_id=_system(officer_id, by).user_id, by=by)


def _require_administrator(by: Actor) -> None:
    """Raises NotFound, or Refused where no person with a fresh second factor asks."""
    if not decide(by, Action.OFFICER_INVITE, {"agency_id": by.agency_id, "role": {Role.CUSTODIAN.value}}):
        raise NotFound
    if by.token_id is not None:
        raise Refused((reason("needs_a_person"),))
    if not by.fresh_factor:
        raise Refused((reason("second_factor_again"),))


def _key_reasons(recipient: str) -> list[Reason]:
    """A recipient with a mistyped letter would make every later request impossible to send."""
    try:
        return recipient_reasons(read_recipient(recipient))
    except SealError:
        return [reason("key_recipient_malformed")]


def _system(officer_id: UUID, by: Actor) -> Officer:
    if not decide(by, Action.OFFICER_INVITE, {"agency_id": by.agency_id, "role": {Role.CUSTODIAN.value}}):
        raise NotFound
    systems = Officer.objects.select_related("user").filter(is_system=True, left_at=None)
    found = systems.filter(pk=officer_id, agency_id=str(by.agency_id)).first()
    if found is None:
        raise NotFound
    return found
