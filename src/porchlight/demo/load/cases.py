"""The made-up cases of Alder Falls: what was done, where, when, and what became of the request."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import Any, Final

_METRES_A_DEGREE = 111_320.0


@dataclass(frozen=True)
class Moment:
    """A local time of day, some days before today."""

    days_ago: int
    hour: int
    minute: int = 0


@dataclass(frozen=True)
class Case:
    """One request. `number` is the last part of the case number. `danger`: why a life is in danger, empty if none is. The area is a block around `middle` (lat, lon)."""

    key: str
    number: int
    offense: str
    middle: tuple[float, float]
    east_m: float
    north_m: float
    starts: Moment
    ends: Moment
    summary: str
    basis: str
    danger: str = ""

    def area(self) -> dict[str, Any]:
        """A GeoJSON Polygon: the block, with one corner cut as along a bent street."""
        lat, lon = self.middle
        high = self.north_m / 2 / _METRES_A_DEGREE
        wide = self.east_m / 2 / (_METRES_A_DEGREE * cos(radians(lat)))
        ring = [
            (lon - wide, lat - high),
            (lon + wide, lat - high * 0.92),
            (lon + wide, lat + high * 0.55),
            (lon + wide * 0.7, lat + high),
            (lon - wide, lat + high * 0.94),
            (lon - wide, lat - high),
        ]
        return {"type": "Polygon", "coordinates": [[[round(x, 6), round(y, 6)] for x, y in ring]]}


OPEN: Final = Case(
    key="open",
    number=1734,
    offense="home_burglary",
    middle=(43.33335, -119.86970),
    east_m=330,
    north_m=290,
    starts=Moment(3, 18),
    ends=Moment(3, 21, 30),
    summary="A house near Mill Street was entered through the back door and jewelry was taken. We hope to see who "
    "and what passed along the street that evening.",
    basis="The family left at 6:10 pm and found the back door forced at 9:20 pm. A neighbor heard glass break at "
    "about 7:40 pm. The alley behind the house leads to Mill Street and to Hazel Street only.",
)
SHARED: Final = Case(
    key="shared",
    number=1702,
    offense="vehicle_theft",
    middle=(43.33450, -119.86330),
    east_m=360,
    north_m=330,
    starts=Moment(8, 13),
    ends=Moment(8, 15),
    summary="A gray pickup was taken from a driveway on Larch Street in the early afternoon. We hope to see which "
    "way it went.",
    basis="The owner parked the pickup at 1:15 pm and missed it at 2:40 pm. Broken glass lay in the driveway. Larch "
    "Street meets Second and Third Avenue within two blocks.",
)
WAITING: Final = Case(
    key="waiting",
    number=1741,
    offense="hit_and_run_injury",
    middle=(43.33720, -119.86060),
    east_m=340,
    north_m=310,
    starts=Moment(2, 21),
    ends=Moment(2, 22, 15),
    summary="A person on a bicycle was hit by a car that drove on. The person is in hospital. We hope to see cars "
    "that passed near Linden Street in that hour.",
    basis="Two witnesses saw a dark car go east after the crash at about 9:35 pm. Parts of a headlight were found. "
    "The two streets in the area are the only way out to the east.",
)
TO_SIGN: Final = Case(
    key="to-sign",
    number=1746,
    offense="business_burglary",
    middle=(43.33600, -119.86650),
    east_m=330,
    north_m=300,
    starts=Moment(2, 1),
    ends=Moment(2, 4),
    summary="A shop on Main Street was broken into at night and the till was taken. We hope to see who left the "
    "block on foot or by car.",
    basis="The alarm went off at 2:20 am. The door at the back was forced. A drawer from the till was found in the "
    "alley toward Birch Street.",
)
RETURNED: Final = Case(
    key="returned",
    number=1729,
    offense="felony_vandalism",
    middle=(43.33900, -119.86700),
    east_m=520,
    north_m=480,
    starts=Moment(6, 20),
    ends=Moment(5, 6),
    summary="Nine parked cars had their tires cut in one night. We hope to see anyone who went from car to car.",
    basis="Nine owners reported cut tires in the morning. All cars stood on two blocks of Orchard Street.",
)
REJECTED: Final = Case(
    key="rejected",
    number=1688,
    offense="hit_and_run_property",
    middle=(43.33450, -119.86900),
    east_m=900,
    north_m=760,
    starts=Moment(13, 9),
    ends=Moment(13, 20),
    summary="A parked car was damaged by another that drove on. We hope to see cars with damage at the front.",
    basis="The owner parked at 9:00 am and found the damage at 8:00 pm. Nobody saw it happen. The car stood on "
    "Orchard Street all day.",
)
URGENT: Final = Case(
    key="urgent",
    number=1711,
    offense="missing_person_at_risk",
    middle=(43.33580, -119.86800),
    east_m=340,
    north_m=300,
    starts=Moment(5, 6),
    ends=Moment(5, 7, 30),
    summary="An older man with a heart condition left home on foot early in the morning without his medicine. We hope "
    "to see which way he went.",
    basis="His daughter saw him at 5:50 am and missed him at 7:20 am. His coat and his medicine are at home. He "
    "walks slowly, and no bus runs before 7:40 am.",
    danger="He needs his heart medicine by noon and left home without it. It was below freezing.",
)
DRAFT: Final = Case(
    key="draft",
    number=1752,
    offense="arson",
    middle=(43.33250, -119.86480),
    east_m=320,
    north_m=290,
    starts=Moment(2, 22),
    ends=Moment(2, 23, 30),
    summary="",
    basis="The fire service was called at 11:05 pm to a shed that burned. The crew found a can that did not belong "
    "there.",
)

URGENT_REASON: Final = "The facts and the weather show that his life was in danger. The streets are those within a slow walk of his home."
LOOK_REASON: Final = (
    "The block and the two hours follow from what the owner of the pickup said. I would have approved it too."
)
RETURN_REASON: Final = (
    "The facts name two blocks of Orchard Street; the area drawn holds much more. Draw those two blocks, and say "
    "from when to when the cars were last seen whole."
)
REJECT_REASON: Final = (
    "Eleven hours over a third of the town for damage to one parked car asks too much of too many homes. The facts "
    "point to one block and name no hour."
)
APPROVE_REASON: Final = "The area and the hours fit the facts that are given."
