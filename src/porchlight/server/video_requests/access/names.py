"""The closed list of offense types in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.core.offenses import OFFENSES, OffenseGroup, offense_type

_GROUPS: dict[OffenseGroup, Promise] = {
    OffenseGroup.LIFE: _("Loss of life"),
    OffenseGroup.MISSING: _("Missing people"),
    OffenseGroup.VIOLENCE: _("Violence"),
    OffenseGroup.SEXUAL: _("Sexual violence and trafficking"),
    OffenseGroup.HOME: _("Homes"),
    OffenseGroup.PROPERTY: _("Property"),
    OffenseGroup.ROAD: _("On the road"),
}

_OFFENSES: dict[str, Promise] = {
    "homicide": _("Homicide"),
    "shooting": _("Shooting"),
    "missing_person_at_risk": _("Missing person at risk"),
    "missing_child": _("Missing child"),
    "kidnapping": _("Kidnapping"),
    "child_abduction": _("Abduction of a child"),
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
    "felony_vandalism": _("Felony vandalism"),
    "fatal_crash": _("Fatal crash"),
    "hit_and_run_injury": _("Hit and run with injury"),
    "hit_and_run_property": _("Hit and run with damage"),
}


def offense_name(code: str) -> Promise | str:
    """The offense type in words; a code that is not on the list stands for itself."""
    return _OFFENSES.get(code, code)


def offense_group(code: str) -> str:
    """The code of the group that an offense type belongs to; empty if it is not on the list."""
    found = offense_type(code)
    return found.group.value if found else ""


def group_name(group: str) -> Promise | str:
    """A group of offense types in words."""
    return _GROUPS[OffenseGroup(group)] if group in set(OffenseGroup) else group


def offense_choices(least_seriousness: int) -> list[tuple[Promise, list[tuple[str, Promise]]]]:
    """(group, [(code, name)]) in the order of the list, without types below the minimum."""
    groups: list[tuple[Promise, list[tuple[str, Promise]]]] = []
    for group in OffenseGroup:
        types = [each for each in OFFENSES if each.group is group and each.seriousness >= least_seriousness]
        if types:
            groups.append((_GROUPS[group], [(each.code, _OFFENSES[each.code]) for each in types]))
    return groups
