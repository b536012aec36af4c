"""Adding agencies, and saying where they may ask. Each change stands in the public log."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from uuid import UUID

from porchlight.core.errors import NotFound, Refused
from porchlight.core.log_entries import EntryKind
from porchlight.core.places import Jurisdiction
from porchlight.core.reasons import reason
from porchlight.core.visibility import Actor
from porchlight.server.agencies.access.details import Details
from porchlight.server.agencies.access.register import (
    AgencyEntry,
    public_agency,
    registered_oris,
    require_operator,
)
from porchlight.server.agencies.models import Agency
from porchlight.server.foundation import clock, randomness
from porchlight.server.foundation.actions import action, audit
from porchlight.server.foundation.locks import hold
from porchlight.server.transparency.actions import record

_BATCH = 500


@action("agency.add")
def add_agency(
    *, details: Details, jurisdiction: Jurisdiction | None = None, by: Actor | None
) -> AgencyEntry:
    """Add an agency. `by` is an operator, or None for the command line. Raises Refused("ori_taken")."""
    if by is not None:
        require_operator(by)
    _require_new([details])
    agency = _agency(details, jurisdiction)
    agency.save(force_insert=True)
    audit(f"agency:{agency.pk}", ori=agency.ori)
    _record_joining(agency, jurisdiction, by)
    return public_agency(agency.pk)


@action("agency.import")
def import_agencies(
    *, lines: Sequence[Details], by: Actor | None, progress: Callable[[int], None] | None = None
) -> int:
    """Add many agencies without jurisdictions, or none if one cannot be added; returns how many.

    `progress` is told how many are done. One transaction, because nobody wants half a register.
    """
    if by is not None:
        require_operator(by)
    _require_new(lines)
    agencies = [_agency(details, None) for details in lines]
    for start in range(0, len(agencies), _BATCH):
        batch = agencies[start : start + _BATCH]
        Agency.objects.bulk_create(batch)
        for agency in batch:
            _record_joining(agency, None, by)
        if progress is not None:
            progress(start + len(batch))
    audit("agency:many", count=len(agencies))
    return len(agencies)


@action("agency.set_jurisdiction")
def set_jurisdiction(*, agency_id: UUID, jurisdiction: Jurisdiction, by: Actor | None) -> None:
    """Say where an agency may ask. Operators only: an agency does not draw its own bounds. Raises NotFound."""
    if by is not None:
        require_operator(by)
    if not Agency.objects.filter(pk=agency_id).update(jurisdiction=jurisdiction.geojson()):
        raise NotFound
    audit(f"agency:{agency_id}", jurisdiction_sha256=_fingerprint(jurisdiction))
    record(
        kind=EntryKind.AGENCY_CHANGED,
        subject_id=agency_id,
        body={"jurisdiction_sha256": _fingerprint(jurisdiction)},
        by=by,
    )


def _agency(details: Details, jurisdiction: Jurisdiction | None) -> Agency:
    return Agency(
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


def _require_new(lines: Sequence[Details]) -> None:
    hold("agency.register")  # what was free when it was looked at is free when it is written
    counted = Counter(details.ori for details in lines)
    taken = {ori for ori, count in counted.items() if count > 1} | registered_oris().intersection(counted)
    if taken:
        raise Refused(tuple(reason("ori_taken", ori=ori) for ori in sorted(taken)))


def _record_joining(agency: Agency, jurisdiction: Jurisdiction | None, by: Actor | None) -> None:
    body = {
        "ori": agency.ori,
        "name": agency.name,
        "state": agency.state,
        "joined_on": agency.joined_on.isoformat(),
        "jurisdiction_sha256": _fingerprint(jurisdiction),
    }
    record(kind=EntryKind.AGENCY_JOINED, subject_id=agency.pk, body=body, by=by)


def _fingerprint(jurisdiction: Jurisdiction | None) -> str:
    """SHA-256 of the GeoJSON text as it is served, or empty."""
    return hashlib.sha256(jurisdiction.text.encode()).hexdigest() if jurisdiction is not None else ""
