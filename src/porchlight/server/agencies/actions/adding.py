"""An agency and its first administrator, together or not at all."""

from __future__ import annotations

from porchlight.core.places import Jurisdiction
from porchlight.core.visibility import Actor
from porchlight.server.agencies.access.details import Details
from porchlight.server.agencies.access.register import AgencyEntry
from porchlight.server.agencies.actions.people import invite_officer
from porchlight.server.agencies.actions.register import add_agency
from porchlight.server.foundation.actions import action


@action("agency.add_with_administrator")
def add_agency_with_admin(
    *,
    details: Details,
    jurisdiction: Jurisdiction | None,
    admin_email: str = "",
    admin_name: str = "",
    by: Actor | None,
) -> tuple[AgencyEntry, str]:
    """Add an agency and, if an address is given, invite its administrator without a mail: returns the link, or ""."""
    agency = add_agency(details=details, jurisdiction=jurisdiction, by=by)
    if not admin_email:
        return agency, ""
    name = admin_name or admin_email.partition("@")[0]
    link = invite_officer(agency_id=agency.id, email=admin_email, name=name, is_admin=True, by=by, mail=False)
    return agency, link
