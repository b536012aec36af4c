"""What happens before the porch: six short stories in which nothing bad happens."""

from collections.abc import Callable
from dataclasses import dataclass
from math import pi, sin
from typing import Final

from porchlight.demo.scenes.cat import draw_sitting_cat, draw_walking_cat, gray_fur
from porchlight.demo.scenes.color import mixed, oklch
from porchlight.demo.scenes.light import AMBER, DAY, DUSK, LAMP, NIGHT, OVERCAST, Light
from porchlight.demo.scenes.sheet import Sheet
from porchlight.demo.scenes.stage import Act
from porchlight.demo.scenes.street import ground, units_per_metre
from porchlight.demo.scenes.vehicles import draw_car, draw_van
from porchlight.demo.scenes.walkers import (
    courier_clothes,
    draw_courier,
    draw_dog,
    draw_leash,
    draw_parcel,
    draw_umbrella,
    draw_walker,
    neighbor_clothes,
)

NEAR_LANE, NEAR_WALK, FLOOR = 114.6, 126.2, 159.5
WALKER_M, COURIER_M, WALK_M_S = 1.7, 1.74, 1.35
PARCEL = 17.0


@dataclass(frozen=True)
class Scene:
    """A story. `act(at_s, seconds)` is what moves `at_s` into a clip of `seconds`; None while nothing does."""

    key: str
    title: str
    light: Light
    seconds: float
    act: Callable[[float, float], Act | None]
    rain: bool = False


def car_passes(at_s: float, seconds: float) -> Act | None:
    """A car comes from the left with its headlights on, and is gone."""
    since = at_s - 0.2 * seconds
    x = -70 + 96 * since
    if not since >= 0 or x > 400:
        return None
    metre = units_per_metre(NEAR_LANE)
    foot = (x, float(ground(NEAR_LANE)(x)))

    def draw(sheet: Sheet) -> None:
        draw_car(sheet, foot, metre, NIGHT, toward=1, rolled_m=x / metre)

    return Act((x - 3 * metre, foot[1] - 30, x + 13 * metre, foot[1] + 20), draw, beyond_tree=True)


def person_walks(at_s: float, seconds: float) -> Act | None:
    """A neighbor walks the dog past the house."""
    metre = units_per_metre(NEAR_WALK)
    x = 338 - WALK_M_S * metre * (at_s - 0.5 * (seconds - 13))
    high, step = WALKER_M * metre, at_s * 0.92
    foot = (x, float(ground(NEAR_WALK)(x)))
    dog_x = x - 1.35 * metre
    dog_foot = (dog_x, float(ground(NEAR_WALK + 1)(dog_x)))

    def draw(sheet: Sheet) -> None:
        wear = neighbor_clothes(DUSK)
        hand = draw_walker(sheet, foot, high, step, wear, toward=-1)
        collar = draw_dog(sheet, dog_foot, 0.42 * metre, step, DUSK, toward=-1)
        draw_leash(sheet, hand, collar, wear.legs)

    return Act((x - 2.4 * metre, foot[1] - 1.2 * high, x + 0.8 * metre, max(foot[1], dog_foot[1]) + 3), draw)


def cat_on_steps(at_s: float, seconds: float) -> Act | None:
    """A cat crosses the porch, sits down for a while, and goes on."""
    fur, size = gray_fur(NIGHT), 15.0
    enter, leave, seat = 0.3 * seconds, 0.76 * seconds, 176.0
    pace = (338 - seat) / (enter - 0.4)
    if at_s < 0.4:
        return None
    if enter <= at_s < leave:
        resting = at_s - enter
        flick, look = sin(2 * pi * resting / 1.7), sin(2 * pi * resting / 4.2)

        def draw_seated(sheet: Sheet) -> None:
            draw_sitting_cat(sheet, (seat, FLOOR + 1), size, flick, look, fur)

        return Act((seat - 22, FLOOR - 34, seat + 26, FLOOR + 6), draw_seated)
    walked = at_s - 0.4 if at_s < enter else at_s - leave
    x = (338 if at_s < enter else seat) - pace * walked
    step = walked * pace / (1.75 * size)

    def draw_walking(sheet: Sheet) -> None:
        draw_walking_cat(sheet, (x, FLOOR + 1), size, step, fur, toward=-1)

    return Act((x - 30, FLOOR - 34, x + 34, FLOOR + 6), draw_walking)


def van_stops(at_s: float, seconds: float) -> Act | None:
    """A delivery van pulls up, waits with blinking lights, and drives on."""
    metre, stop = units_per_metre(NEAR_LANE + 1), 205.0
    arrive, depart = 0.36 * seconds, 0.72 * seconds
    if at_s <= arrive:
        left = 1 - at_s / arrive
        x = stop - 330 * left * left
    elif at_s < depart:
        x = stop
    else:
        x = stop + 52 * (at_s - depart) ** 2
    if x > 420:
        return None
    waiting = arrive - 1.2 < at_s < depart
    blink = arrive <= at_s < depart and int(at_s * 2.6) % 2 == 0
    foot = (x, float(ground(NEAR_LANE + 1)(x)))

    def draw(sheet: Sheet) -> None:
        draw_van(sheet, foot, metre, DAY, toward=1, rolled_m=x / metre, braking=waiting)
        if blink:
            for end in (-2.62, 2.5):
                sheet.glow((x + end * metre, foot[1] - 0.72 * metre), 0.6 * metre, 0.5 * metre, AMBER, 0.45)
                sheet.ellipse((x + end * metre, foot[1] - 0.72 * metre), 0.1 * metre, 0.1 * metre, LAMP)

    return Act((x - 4 * metre, foot[1] - 2.6 * metre, x + 4 * metre, foot[1] + 4), draw, beyond_tree=True)


def parcel_left(at_s: float, seconds: float) -> Act | None:
    """A courier walks up to the porch, sets a parcel down, and walks away."""
    here, bend, away = 0.36 * seconds, 0.46 * seconds, 0.58 * seconds
    spot = (181.0, 159.5)
    if at_s < here:
        near = at_s / here
    elif at_s < away:
        near = 1.0
    else:
        near = max(0.0, 1 - (at_s - away) / here)
    bow = max(0.0, 1 - abs(at_s - bend) / (bend - here)) if here <= at_s < away else 0.0
    bow = bow * bow * (3 - 2 * bow)
    foot = (152 + 27 * near**1.5, 125.5 + 27 * near**1.5)
    aside = 1 - near if at_s < here else (1 - near) * 1.1
    foot = (foot[0] - 118 * max(0.0, aside - 0.78) / 0.22, foot[1])
    high = COURIER_M * units_per_metre(foot[1])
    walking = at_s < here or at_s >= away
    down = at_s >= bend
    gone = near <= 0 and at_s > away

    def draw(sheet: Sheet) -> None:
        if not gone:
            draw_courier(
                sheet,
                foot,
                high,
                at_s * 1.5 if walking else 0,
                courier_clothes(DAY),
                back=at_s >= away,
                bow=bow,
                floor=spot,
                holds=not down,
            )
        if down:
            draw_parcel(sheet, spot, PARCEL)

    reach = 0.5 * high
    box = (min(foot[0] - reach, 168), min(foot[1] - 1.1 * high, 140), max(foot[0] + reach, 194), 166.0)
    return Act(box, draw)


def rain_falls(at_s: float, seconds: float) -> Act | None:
    """Someone goes home under an umbrella."""
    metre = units_per_metre(NEAR_WALK)
    x = -22 + 1.28 * metre * (at_s - 0.5 * (seconds - 13.5))
    high = 1.66 * metre
    foot = (x, float(ground(NEAR_WALK)(x)))
    cloth = mixed(oklch(0.55, 0.11, 335), OVERCAST.figure, 0.3)

    def draw(sheet: Sheet) -> None:
        wear = neighbor_clothes(OVERCAST)
        sheet.glow((x, foot[1] + 1.5), 9, 5, OVERCAST.figure, -0.25)
        draw_walker(sheet, foot, high, at_s * 0.9, wear, toward=1)
        draw_umbrella(sheet, (x + 0.1 * high, foot[1] - 0.56 * high), high, cloth, wear.legs)

    return Act((x - 0.5 * high, foot[1] - 1.3 * high, x + 0.6 * high, foot[1] + 8), draw)


CAR_PASSES: Final = Scene("car-passes", "A car drives by", NIGHT, 10, car_passes)
PERSON_WALKS: Final = Scene("person-walks", "A neighbor walks a dog", DUSK, 13, person_walks)
CAT_ON_STEPS: Final = Scene("cat-on-steps", "A cat on the steps", NIGHT, 12, cat_on_steps)
VAN_STOPS: Final = Scene("van-stops", "A van stops and drives on", DAY, 12, van_stops)
PARCEL_LEFT: Final = Scene("parcel-left", "A parcel is left on the porch", DAY, 14, parcel_left)
RAIN: Final = Scene("rain", "Rain, and someone with an umbrella", OVERCAST, 13, rain_falls, rain=True)

SCENES: Final = (CAR_PASSES, PERSON_WALKS, CAT_ON_STEPS, VAN_STOPS, PARCEL_LEFT, RAIN)
