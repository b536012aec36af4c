"""The offenses for which video may be asked: a closed list.

What is on it: acts that cost a life or put one in danger, that hurt someone, that take or destroy what a home or a
person lives by. Each has a seriousness from 1 to 4; the operator may raise the minimum, never add to the list.

What is not on it, and why:
- immigration status and anything that is an offense only because of it: neighbors' cameras are not a border;
- assemblies, protest, speech, disorderly conduct, trespass without more: asking for what people said or where they
  gathered chills both (requests for a listed act at an assembly stay possible, with two reviewers);
- low-level nuisance (noise, litter, loitering, parking, small thefts, packages among them, small damage): what is
  asked of a whole street must outweigh the look into its life, and an owner can always post such a clip alone;
- drug possession, sex work, status offenses of minors: no one is helped by a street's video;
- "suspicious person", "suspicious activity": no act at all.

Sensitive types publish only ZIP code, month and group, because the place and day would point at the person harmed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OffenseGroup(StrEnum):
    LIFE = "life"
    MISSING = "missing"
    VIOLENCE = "violence"
    SEXUAL = "sexual"
    HOME = "home"
    PROPERTY = "property"
    ROAD = "road"


class Concern(StrEnum):
    """Why a request needs a second reviewer."""

    ASSEMBLY = "assembly"
    SPEECH = "speech"
    MINORS = "minors"


@dataclass(frozen=True)
class OffenseType:
    """`seriousness`: 1 great loss, 2 a home or a danger, 3 someone hurt or forced, 4 a life."""

    code: str
    group: OffenseGroup
    seriousness: int
    sensitive: bool = False
    concerns: frozenset[Concern] = frozenset()


_MINORS = frozenset({Concern.MINORS})
_SPEECH = frozenset({Concern.SPEECH})
_G = OffenseGroup

OFFENSES: tuple[OffenseType, ...] = (
    OffenseType("homicide", _G.LIFE, 4),
    OffenseType("shooting", _G.LIFE, 4),
    OffenseType("missing_person_at_risk", _G.MISSING, 4),
    OffenseType("missing_child", _G.MISSING, 4, concerns=_MINORS),
    OffenseType("kidnapping", _G.MISSING, 4),
    OffenseType("child_abduction", _G.MISSING, 4, concerns=_MINORS),
    OffenseType("aggravated_assault", _G.VIOLENCE, 3),
    OffenseType("robbery", _G.VIOLENCE, 3),
    OffenseType("carjacking", _G.VIOLENCE, 3),
    OffenseType("hate_crime", _G.VIOLENCE, 3, sensitive=True),
    OffenseType("domestic_violence", _G.VIOLENCE, 3, sensitive=True),
    OffenseType("stalking", _G.VIOLENCE, 2, sensitive=True),
    OffenseType("threat_of_violence", _G.VIOLENCE, 2, concerns=_SPEECH),
    OffenseType("sexual_assault", _G.SEXUAL, 3, sensitive=True),
    OffenseType("crime_against_child", _G.SEXUAL, 3, sensitive=True, concerns=_MINORS),
    OffenseType("human_trafficking", _G.SEXUAL, 3, sensitive=True),
    OffenseType("home_burglary", _G.HOME, 2),
    OffenseType("arson", _G.HOME, 2),
    OffenseType("business_burglary", _G.PROPERTY, 1),
    OffenseType("vehicle_theft", _G.PROPERTY, 1),
    OffenseType("firearm_theft", _G.PROPERTY, 2),
    OffenseType("felony_vandalism", _G.PROPERTY, 1),
    OffenseType("fatal_crash", _G.ROAD, 4),
    OffenseType("hit_and_run_injury", _G.ROAD, 3),
    OffenseType("hit_and_run_property", _G.ROAD, 1),
)

_BY_CODE = {offense.code: offense for offense in OFFENSES}


def offense_type(code: str) -> OffenseType | None:
    """The type with this code; None if it is not on the list."""
    return _BY_CODE.get(code)
