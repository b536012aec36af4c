"""One change of an agency's people at a time."""

from __future__ import annotations

from uuid import UUID

from porchlight.core.errors import NotFound
from porchlight.server.agencies.models import Agency


def hold_agency(agency_id: UUID) -> None:
    """Lock the agency's row to the end of the transaction: of two who remove each other, one stays. Raises NotFound.

    Requests are counted and moved under the same lock (`video_requests.actions.locking`).
    """
    if Agency.objects.select_for_update(no_key=True).filter(pk=agency_id).first() is None:
        raise NotFound
