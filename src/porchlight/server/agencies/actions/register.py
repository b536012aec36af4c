"""Adding agencies, and saying where they may ask. Each change stands in the public log."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from uuid import UUID

from porchlight.core.errors import NotFound, Refused
from porchlight.core.places import Jurisdiction
from porchlight.core.reasons import reason
from porchlight.core.visibility import Actor
from porchlight.server.agencies.access.register import AgencyEntry, public_agency, require_operator
from porchlight.server.agencies.details import Details
from porchlight.server.agencies.models import Agency
from porchlight.server.foundation import clock, randomness
from porchlight.server.foundation.actions import action, audit
from porchlight.server.transparency.actions import record


@action("agency.add")
def add_agency(
    *, details: Details, jurisdiction: Jurisdiction | None = None, by: Actor | None
) -> AgencyEntry:
    """Add an agency. `by` is an operator, or None for the command line. Raises Refused("ori_taken")."""
    if by is not None:
        require_operator(by)
    agency = Agency(
        id=randomness.uuid4(),
        ori=details.ori,
        name=details.name,
        short_name=details.short_name,
        state=details.state,
        county_fips=details.county_fips,
        population=details.population,
        mail_domain=details.mail_domain,
        phone=details.phone,
        case_template=details.case_template,
        jurisdiction=jurisdiction.geojson() if jurisdiction is not None else None,
        timezone=details.timezone,
        joined_on=details.joined_on or clock.now().date(),
    )
    if Agency.objects.filter(ori=details.ori).exists():
        raise Refused((reason("ori_taken", ori=details.ori),))
    agency.save(force_insert=True)
    audit(f"agency:{agency.pk}", ori=agency.ori)
    record(
        kind="agency.joined",
        subject_id=agency.pk,
        body={
            "ori": agency.ori,
            "name": agency.name,
            "state": agency.state,
            "joined_on": agency.joined_on.isoformat(),
            "jurisdiction_sha256": _fingerprint(jurisdiction),
        },
        by=by,
    )
    return public_agency(agency.pk)


@action("agency.import")
def import_agencies(
    *, lines: Sequence[Details], by: Actor | None, progress: Callable[[int], None] | None = None
) -> int:
    """Add many agencies, or none if one cannot be added; returns how many. `progress` is told how many are done."""
    for count, details in enumerate(lines, start=1):
        add_agency(details=details, by=by)
        if progress is not None:
            progress(count)
    return len(lines)


@action("agency.set_jurisdiction")
def set_jurisdiction(*, agency_id: UUID, jurisdiction: Jurisdiction, by: Actor | None) -> None:
    """Say where an agency may ask. Operators only: an agency does not draw its own bounds. Raises NotFound."""
    if by is not None:
        require_operator(by)
    if not Agency.objects.filter(pk=agency_id).update(jurisdiction=jurisdiction.geojson()):
        raise NotFound
    audit(f"agency:{agency_id}", jurisdiction_sha256=_fingerprint(jurisdiction))
    record(
        kind="agency.changed",
        subject_id=agency_id,
        body={"jurisdiction_sha256": _fingerprint(jurisdiction)},
        by=by,
    )


def _fingerprint(jurisdiction: Jurisdiction | None) -> str:
    """SHA-256 of the GeoJSON text as it is served, or empty."""
    return hashlib.sha256(jurisdiction.text.encode()).hexdigest() if jurisdiction is not None else ""
