"""What the core's codes are called on pages: offenses, their groups, states of requests and shares."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.core.lifecycle import RequestState, ShareState
from porchlight.core.log_entries import EntryKind
from porchlight.core.offenses import OFFENSES, OffenseGroup
from porchlight.core.policy import Verdict

OFFENSE_LABELS: dict[str, Promise | str] = {
    "homicide": _("Homicide"),
    "shooting": _("Shooting"),
    "missing_person_at_risk": _("Missing person at risk"),
    "missing_child": _("Missing child"),
    "kidnapping": _("Kidnapping"),
    "child_abduction": _("Child abduction"),
    "aggravated_assault": _("Aggravated assault"),
    "robbery": _("Robbery"),
    "carjacking": _("Carjacking"),
    "hate_crime": _("Hate crime"),
    "domestic_violence": _("Domestic violence"),
    "stalking": _("Stalking"),
    "threat_of_violence": _("Threat of violence"),
    "sexual_assault": _("Sexual assault"),
    "crime_against_child": _("Crime against a child"),
    "human_trafficking": _("Human trafficking"),
    "home_burglary": _("Burglary of a home"),
    "arson": _("Arson"),
    "business_burglary": _("Burglary of a business"),
    "vehicle_theft": _("Vehicle theft"),
    "firearm_theft": _("Theft of a firearm"),
    "felony_vandalism": _("Vandalism with great damage"),
    "fatal_crash": _("Fatal crash"),
    "hit_and_run_injury": _("Hit and run with injury"),
    "hit_and_run_property": _("Hit and run with damage"),
}

GROUP_LABELS: dict[str, Promise | str] = {
    OffenseGroup.LIFE: _("Danger to life"),
    OffenseGroup.MISSING: _("Missing people"),
    OffenseGroup.VIOLENCE: _("Violence"),
    OffenseGroup.SEXUAL: _("Sexual offenses"),
    OffenseGroup.HOME: _("Homes"),
    OffenseGroup.PROPERTY: _("Property"),
    OffenseGroup.ROAD: _("Roads"),
}

ENTRY_LABELS: dict[str, Promise | str] = {
    EntryKind.REQUEST_SUBMITTED: _("Request sent"),
    EntryKind.REQUEST_DECIDED: _("Request decided"),
    EntryKind.REQUEST_SECOND_LOOK: _("Request looked at again"),
    EntryKind.REQUEST_RECONSIDERED: _("Request reconsidered"),
    EntryKind.REQUEST_WITHDRAWN: _("Request withdrawn"),
    EntryKind.REQUEST_CLOSED: _("Request closed"),
    EntryKind.AGENCY_JOINED: _("Agency joined"),
    EntryKind.AGENCY_CHANGED: _("Agency changed"),
    EntryKind.AGENCY_SUSPENDED: _("Agency suspended"),
    EntryKind.AGENCY_LEFT: _("Agency left"),
}

DECISION_LABELS: dict[str, Promise | str] = {
    Verdict.APPROVE: _("Request approved"),
    Verdict.RETURN: _("Request returned"),
    Verdict.REJECT: _("Request rejected"),
}

# state -> (label, tone of its tag, icon of its tag)
REQUEST_STATES: dict[str, tuple[Promise | str, str, str]] = {
    RequestState.DRAFT: (_("Draft"), "", "draw"),
    RequestState.SUBMITTED: (_("Waits for a supervisor"), "tide", "hourglass"),
    RequestState.SIGNED: (_("With the review desk"), "tide", "hourglass"),
    RequestState.RETURNED: (_("Returned"), "plum", "undo"),
    RequestState.REJECTED: (_("Rejected"), "plum", "cross-circle"),
    RequestState.APPROVED: (_("Approved"), "moss", "check"),
    RequestState.WITHDRAWN: (_("Withdrawn"), "", "minus"),
    RequestState.CLOSED: (_("Closed"), "", "circle"),
}

SHARE_STATES: dict[str, tuple[Promise | str, str, str]] = {
    ShareState.ACTIVE: (_("Shared"), "moss", "check"),
    ShareState.WITHDRAWN: (_("Taken back"), "", "undo"),
    ShareState.EXPIRED: (_("Ended"), "", "hourglass"),
    ShareState.DELETED: (_("Deleted here"), "", "trash"),
}


def offense_label(code: str) -> str:
    """The offense's name; the code itself where it is not on the list any more."""
    return str(OFFENSE_LABELS.get(code, code))


def entry_label(kind: str, verdict: str = "") -> str:
    """What an entry of the public log is called, a decision by its verdict.

    One that a newer version wrote is shown by its kind, never left out.
    """
    if kind == EntryKind.REQUEST_DECIDED and verdict in DECISION_LABELS:
        return str(DECISION_LABELS[verdict])
    return str(ENTRY_LABELS.get(kind, kind))


def offense_choices(least_seriousness: int = 1) -> list[tuple[str, list[tuple[str, str]]]]:
    """The closed list for a select, by group, the empty choice left to the form."""
    return [
        (
            str(GROUP_LABELS[group]),
            [
                (offense.code, offense_label(offense.code))
                for offense in OFFENSES
                if offense.group is group and offense.seriousness >= least_seriousness
            ],
        )
        for group in OffenseGroup
        if any(o.group is group and o.seriousness >= least_seriousness for o in OFFENSES)
    ]
