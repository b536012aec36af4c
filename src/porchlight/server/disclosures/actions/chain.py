"""Custody: one hash-linked chain a share. The caller holds the share's row locked, so an entry has one place."""

from __future__ import annotations

from collections.abc import Mapping

from porchlight.core import custody
from porchlight.core.custody import FactValue, Observed
from porchlight.core.visibility import Actor
from porchlight.server.agencies.models import Officer
from porchlight.server.disclosures.models import CustodyEntry, Share
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action

PLATFORM = "platform"
OWNER = "owner"


@action("share.note")
def note(
    *,
    share: Share,
    event: str,
    observed: Observed = Observed.BY_SERVER,
    by: Actor | None = None,
    role: str = PLATFORM,
    facts: Mapping[str, FactValue] | None = None,
) -> None:
    """Add one entry to the share's chain. `by` is an officer; without one, `role` says who: platform or owner."""
    last = CustodyEntry.objects.filter(share=share).order_by("-sequence").first()
    chain = str(share.pk)
    head = custody.ChainHead(chain, last.sequence + 1, last.hash) if last else custody.new_chain(chain)
    said = dict(facts or {})
    if by is not None:
        said["name"] = _officer_name(by)
    entry = custody.append(
        head,
        at=clock.now(),
        act=event,
        actor=role if by is None else str(by.user_id),
        observed=observed,
        facts=said,
    )
    CustodyEntry.objects.create(
        share=share,
        sequence=entry.number,
        at=entry.at,
        event=entry.act,
        observed=str(entry.observed),
        actor=entry.actor,
        facts=said,
        previous_hash=entry.previous,
        hash=entry.hash,
    )


def _officer_name(actor: Actor) -> str:
    """Title and name as they are now; custody keeps them as they were."""
    officer = Officer.objects.select_related("user").filter(user_id=str(actor.user_id)).first()
    return " ".join(part for part in (officer.title, officer.user.display_name) if part) if officer else ""
