"""The register of agencies: what everybody may know of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from porchlight.core.errors import NotFound
from porchlight.core.reasons import Reason, reason
from porchlight.core.visibility import Action, Actor, decide
from porchlight.server.agencies.models import Agency, Officer, OfficerKey
from porchlight.server.foundation.keyset import Page, page

PAGE = 100
CUSTODIANS_NEEDED = 2
PEOPLE_NEEDED = 2
_MOST_SEARCH = 120


@dataclass(frozen=True)
class AgencyEntry:
    """An agency. Everything here is public. `jurisdiction` is a GeoJSON Polygon or MultiPolygon, or None."""

    id: UUID
    ori: str
    name: str
    short_name: str
    state: str
    county_fips: str
    population: int | None
    mail_domain: str
    phone: str
    case_template: str
    jurisdiction: Mapping[str, Any] | None
    timezone: str
    status: str
    joined_on: date


@dataclass(frozen=True)
class PolicyFacts:
    """What policy asks about an agency itself; fields as in `core.policy.AgencyFacts`."""

    jurisdiction: Mapping[str, Any] | None
    case_pattern: str
    custodians_with_keys: int
    officers: int
    active: bool


@dataclass(frozen=True)
class RegisterRow:
    """An agency in the operators' list, and what it needs before it can ask."""

    agency: AgencyEntry
    officers: int
    needs: tuple[Reason, ...]


@dataclass(frozen=True)
class RegisterPage:
    """One page of that list. `total`: how many there are; `start`: how many come before."""

    rows: tuple[RegisterRow, ...]
    total: int
    start: int

    @property
    def next_start(self) -> int | None:
        """Where the next page begins, or None."""
        after = self.start + len(self.rows)
        return after if after < self.total else None


def my_agency(actor: Actor) -> AgencyEntry:
    """The officer's own agency. Raises NotFound."""
    found = Agency.objects.filter(pk=actor.agency_id).first() if actor.agency_id else None
    if found is None or not decide(actor, Action.AGENCY_READ, {"agency_id": actor.agency_id}):
        raise NotFound
    return _entry(found)


def public_agency(ori_or_id: str | UUID) -> AgencyEntry:
    """One agency by its ORI or its id. Raises NotFound."""
    if isinstance(ori_or_id, UUID):
        chosen = Q(pk=ori_or_id)
    else:
        try:
            chosen = Q(pk=UUID(ori_or_id))
        except ValueError:
            chosen = Q(ori=ori_or_id.upper()[:9])
    found = Agency.objects.filter(chosen).first()
    if found is None:
        raise NotFound
    return _entry(found)


@dataclass(frozen=True)
class Found:
    """A page of agencies by name. `found`: how many the search finds in all; `total`: how many take part."""

    page: Page[AgencyEntry]
    found: int
    total: int


def find_agencies(query: str = "", after: str = "") -> Found:
    """Agencies by name; with `query` those whose name, short name, state or ORI hold every word of it."""
    rows = Agency.objects.all()
    for word in query.split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(short_name__icontains=word)
            | Q(state__iexact=word)
            | Q(ori__icontains=word)
        )
    total = Agency.objects.count()
    shown = page(rows, order=("name", "ori"), after=after, size=PAGE).each(_entry)
    return Found(shown, rows.count() if query else total, total)


def public_agencies() -> tuple[AgencyEntry, ...]:
    """All agencies by name, for what counts over all of them; pages show `find_agencies`."""
    return tuple(_entry(each) for each in Agency.objects.order_by("name", "ori"))


def agency_names(ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of these agencies."""
    return dict(Agency.objects.filter(pk__in=ids).values_list("pk", "name"))


def agency_names_by_ori(oris: Collection[str]) -> dict[str, str]:
    """The names of the agencies with these ORIs."""
    return dict(Agency.objects.filter(ori__in=oris).values_list("ori", "name"))


def agency_facts(agency_id: UUID | str) -> PolicyFacts:
    """What policy needs of the agency. Raises NotFound."""
    agency = Agency.objects.filter(pk=agency_id).first()
    if agency is None:
        raise NotFound
    active = Officer.objects.filter(agency=agency, left_at=None, is_system=False)
    with_key = OfficerKey.objects.filter(retired_at=None).values("officer_id")
    return PolicyFacts(
        jurisdiction=agency.jurisdiction,
        case_pattern=agency.case_template,
        custodians_with_keys=active.filter(is_custodian=True, pk__in=with_key).count(),
        officers=active.count(),
        active=agency.status == "active",
    )


def registered_oris() -> frozenset[str]:
    """The ORI code of every agency."""
    return frozenset(Agency.objects.values_list("ori", flat=True))


def agencies_for_operator(actor: Actor, *, search: str = "", start: int = 0) -> RegisterPage:
    """A hundred agencies by name from the `start`-th on, for operators; `search` looks in name and ORI code."""
    require_operator(actor)
    wanted = search.replace("\0", "").strip()[:_MOST_SEARCH]
    found = Agency.objects.filter(Q(name__icontains=wanted) | Q(ori__istartswith=wanted)).order_by(
        "name", "ori"
    )
    here = list(found[start : start + PAGE])
    active = Officer.objects.filter(agency__in=here, left_at=None, is_system=False)
    with_key = OfficerKey.objects.filter(retired_at=None).values("officer_id")
    counts = active.values("agency_id").annotate(
        officers=Count("pk"),
        supervisors=Count("pk", filter=Q(is_supervisor=True)),
        custodians=Count("pk", filter=Q(is_custodian=True, pk__in=with_key)),
    )
    by_agency = {each["agency_id"]: each for each in counts}
    nobody = {"officers": 0, "supervisors": 0, "custodians": 0}
    rows = []
    for agency in here:
        count = by_agency.get(agency.pk, nobody)
        needs = needs_of(
            officers=count["officers"], supervisors=count["supervisors"], custodians=count["custodians"]
        )
        rows.append(RegisterRow(_entry(agency), count["officers"], needs))
    return RegisterPage(tuple(rows), total=found.count(), start=start)


def needs_of(*, officers: int, supervisors: int, custodians: int) -> tuple[Reason, ...]:
    """What a team of so many lacks before it can ask owners; `custodians` are those with a key."""
    needs: list[Reason] = []
    if custodians < CUSTODIANS_NEEDED:
        needs.append(reason("team_needs_custodians", have=custodians, needed=CUSTODIANS_NEEDED))
    if not supervisors:
        needs.append(reason("team_needs_supervisor"))
    if officers < PEOPLE_NEEDED:
        needs.append(reason("team_needs_people", have=officers, needed=PEOPLE_NEEDED))
    return tuple(needs)


def agency_for_operator(actor: Actor, agency_id: UUID) -> AgencyEntry:
    """One agency, for operators. Raises NotFound."""
    require_operator(actor)
    return public_agency(agency_id)


def require_operator(actor: Actor) -> None:
    """Raises NotFound unless the actor may run the register."""
    if not decide(actor, Action.AGENCY_ADD, {}):
        raise NotFound


def _entry(agency: Agency) -> AgencyEntry:
    return AgencyEntry(
        id=agency.pk,
        ori=agency.ori,
        name=agency.name,
        short_name=agency.short_name or agency.name,
        state=agency.state,
        county_fips=agency.county_fips,
        population=agency.population,
        mail_domain=agency.mail_domain,
        phone=agency.phone,
        case_template=agency.case_template,
        jurisdiction=agency.jurisdiction,
        timezone=agency.timezone,
        status=agency.status,
        joined_on=agency.joined_on,
    )
