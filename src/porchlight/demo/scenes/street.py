"""What a doorbell camera looks at: sky, the houses opposite, the street, the front yard."""

from collections.abc import Callable
from math import cos, radians, sin
from typing import Any

import numpy as np

from porchlight.demo.scenes.color import Color, mixed
from porchlight.demo.scenes.light import AMBER, LAMP, LAMP_PALE, Light
from porchlight.demo.scenes.sheet import UNITS_HIGH, UNITS_WIDE, Point, Sheet

HORIZON = 80.0
CAMERA_HEIGHT_M = 2.2

FAR_WALK, STREET, CURB, VERGE, SIDEWALK, LAWN, PORCH = 97.5, 102.0, 117.0, 118.6, 122.0, 128.5, 151.0


def units_per_metre(y: float) -> float:
    """How large a metre looks where a thing stands on the ground at height `y` of the picture."""
    return (y - HORIZON) / CAMERA_HEIGHT_M


def ground(level: float, rise: float = 4.0) -> Callable[[Any], Any]:
    """A line of the ground as the wide lens bends it: highest in the middle."""
    return lambda x: level + 1.5 - rise * (1 - ((x - 160) / 160) ** 2) * (level - 60) / 60


def flat(level: float) -> Callable[[Any], Any]:
    return lambda x: level + 0 * x


def paint_street(sheet: Sheet, light: Light, rng: np.random.Generator) -> None:
    """Everything beyond the porch."""
    paint_sky(sheet, light, rng)
    sheet.band(tree_line(rng, 79, 6), flat(110), light.far_trees)
    sheet.band(tree_line(rng, 86, 4), flat(112), light.near_trees)
    sheet.band(ground(93), ground(FAR_WALK), light.verge)
    turn = int(3 * rng.random())
    for k, at in enumerate(
        (10 + 5 * rng.random(), 84 + 6 * rng.random(), 163 + 5 * rng.random(), 238 + 5 * rng.random())
    ):
        paint_house(sheet, light, at, 50 + 15 * rng.random(), light.walls[(k + turn) % 3], rng)
    bush_at = (4.0, 74.0, 150.0, 160.0, 230.0, 306.0)
    for x in bush_at:
        paint_bush(sheet, light, x + 4 * rng.random(), float(ground(97.5)(x)), 5 + 2.5 * rng.random())
    sheet.band(ground(FAR_WALK), ground(STREET - 1), light.sidewalk, opacity=0.8)
    sheet.band(ground(STREET - 1), ground(STREET), light.curb, opacity=0.75)
    sheet.band(ground(STREET), ground(CURB), *light.street)
    for x in range(-10, 330, 34):
        y = float(ground(108.4)(x + 8))
        sheet.polygon([(x, y), (x + 15, y), (x + 15, y + 0.75), (x, y + 0.75)], light.curb, 0.45)
    sheet.band(ground(CURB), ground(VERGE), light.curb)
    sheet.band(ground(VERGE), ground(SIDEWALK), light.verge)
    sheet.band(ground(SIDEWALK), ground(LAWN), light.sidewalk)
    for x in range(-20, 340, 26):
        low, high = float(ground(LAWN)(x)), float(ground(SIDEWALK)(x + 4))
        sheet.stroke((160 + (x - 160) * 1.05, low), (x, high), 0.25, light.street[1], opacity=0.35)
    sheet.band(ground(LAWN), flat(UNITS_HIGH), *light.lawn)
    paint_lawn(sheet, light, rng)
    if light.lamps:
        paint_street_lamp(sheet, light, 151 + 6 * rng.random())
    if light.wet:
        paint_wet(sheet, light, rng)
    paint_front_walk(sheet, light)


def paint_sky(sheet: Sheet, light: Light, rng: np.random.Generator) -> None:
    top, middle, low = light.sky
    sheet.band(flat(-1), flat(46), top, middle)
    sheet.band(flat(46), flat(100), middle, low)
    if light.stars:
        for _ in range(34):
            x, y = UNITS_WIDE * rng.random(), 16 + 46 * rng.random()
            sheet.ellipse((x, y), 0.32, 0.32, LAMP_PALE, 0.25 + 0.5 * rng.random())
        sheet.glow((132, 36), 30, 30, mixed(middle, LAMP_PALE, 0.5), 0.2)
        sheet.polygon(crescent((132, 36), 5.2), mixed(LAMP_PALE, (1, 1, 1), 0.3), 0.92)
    else:
        for _ in range(4):
            x, y = 40 + 260 * rng.random(), 26 + 34 * rng.random()
            for dx, dy, rx in ((0, 0, 26), (14, -2.2, 15), (-13, 1.2, 13)):
                sheet.ellipse((x + dx, y + dy), rx, 2.4, mixed(middle, low, 0.85), 0.34)


def crescent(at: Point, radius: float) -> list[Point]:
    """A young moon: the outer arc and back along the inner one."""
    angles = [radians(60 + 180 * k / 24) for k in range(25)]
    outer = [(at[0] + radius * cos(a), at[1] + radius * sin(a)) for a in angles]
    inner = [(at[0] + 0.5 * radius * across, at[1] + 0.5 * radius * along) for across, along in bowed(angles)]
    return outer + inner[::-1]


def bowed(angles: list[float]) -> list[Point]:
    """The arc again, pressed toward the line between its ends, for a circle of radius 2."""
    tilt = radians(60)
    pairs = ((cos(a - tilt), sin(a - tilt)) for a in angles)
    return [
        (2 * (x * cos(tilt) - 0.45 * y * sin(tilt)), 2 * (x * sin(tilt) + 0.45 * y * cos(tilt)))
        for x, y in pairs
    ]


def tree_line(rng: np.random.Generator, level: float, height: float) -> Callable[[Any], Any]:
    """The tops of distant trees: a row of round crowns."""
    crowns = [
        (x + 8 * rng.random(), 9 + 9 * rng.random(), 0.4 + 0.6 * rng.random()) for x in range(-12, 340, 13)
    ]

    def top(x: Any) -> Any:
        line = 0 * x
        for at, radius, share in crowns:
            line = np.maximum(line, share * np.sqrt(np.clip(1 - ((x - at) / radius) ** 2, 0, 1)))
        return level + 6 - 2 * height * line

    return top


def paint_house(
    sheet: Sheet, light: Light, left: float, wide: float, wall: Color, rng: np.random.Generator
) -> None:
    """A house seen from the front: gable, windows, a door with its own small lamp."""
    foot = float(ground(96)(left + wide / 2))
    eaves, ridge = foot - 19 - 6 * rng.random(), foot - 35 - 11 * rng.random()
    right, middle = left + wide, left + wide * (0.36 + 0.28 * rng.random())
    chimney = left + wide * 0.76
    sheet.polygon(
        [(chimney, eaves), (chimney, ridge + 2), (chimney + 4, ridge + 2), (chimney + 4, eaves)], light.roof
    )
    sheet.polygon([(left, foot), (left, eaves), (middle, ridge + 2), (right, eaves), (right, foot)], wall)
    shade = mixed(wall, light.roof, 0.35)
    sheet.polygon(
        [(middle + 8, foot), (middle + 8, eaves + 3), (right, eaves + 3), (right, foot)], shade, 0.45
    )
    sheet.stroke((left - 3, eaves + 2), (middle, ridge), 1.25, light.roof)
    sheet.stroke((middle, ridge), (right + 3, eaves + 2), 1.25, light.roof)
    sheet.polygon(
        [(left - 2, eaves + 2), (middle, ridge), (middle, ridge + 4), (left - 2, eaves + 3)], light.roof, 0.5
    )
    sheet.ellipse((middle, ridge + 8.5), 2.1, 2.1, mixed(wall, light.pane, 0.7))
    door = left + wide * 0.46
    lit = [rng.random() < 0.72 for _ in range(2)]
    for k, x in enumerate((left + wide * 0.12, left + wide * 0.68)):
        paint_window(sheet, light, x, eaves + 4.5, wide * 0.2, lit=lit[k])
    sheet.polygon(
        [(door, foot), (door, foot - 11.5), (door + 5.8, foot - 11.5), (door + 5.8, foot)], light.roof
    )
    sheet.polygon(
        [(door - 2, foot), (door - 2, foot - 1), (door + 8, foot - 1), (door + 8, foot)], light.curb, 0.6
    )
    if light.lamps:
        sheet.glow((door + 7.6, foot - 9), 9, 9, LAMP, 0.3 * light.lamps)
        sheet.ellipse((door + 7.6, foot - 9), 0.8, 0.8, LAMP_PALE)


def paint_window(sheet: Sheet, light: Light, x: float, y: float, wide: float, *, lit: bool) -> None:
    high, color = 8.4, light.window if lit else light.pane
    frame = light.trim if not light.lamps else light.roof
    sheet.rounded((x - 0.8, y - 0.8, x + wide + 0.8, y + high + 0.8), 0.5, frame)
    sheet.rounded((x, y, x + wide, y + high), 0.2, color)
    if lit and light.lamps:
        sheet.band_in((x, y, x + wide, y + high), mixed(color, LAMP_PALE, 0.55), 0.8)
        sheet.polygon(
            [(x, y), (x + wide * 0.24, y), (x + wide * 0.12, y + high), (x, y + high)],
            mixed(color, frame, 0.35),
        )
        far = x + wide
        sheet.polygon(
            [(far, y), (far - wide * 0.24, y), (far - wide * 0.12, y + high), (far, y + high)],
            mixed(color, frame, 0.35),
        )
        sheet.glow((x + wide / 2, y + high / 2), wide * 1.5, high * 1.6, AMBER, 0.17 * light.lamps)
    sheet.stroke((x + wide / 2, y), (x + wide / 2, y + high), 0.3, frame)
    sheet.stroke((x, y + high * 0.45), (x + wide, y + high * 0.45), 0.3, frame)


def paint_bush(sheet: Sheet, light: Light, x: float, foot: float, size: float) -> None:
    for dx, dy, r in ((-0.7, -0.35, 0.62), (0.65, -0.32, 0.58), (0, -0.55, 0.75)):
        sheet.ellipse((x + dx * size, foot + dy * size), r * size, r * size * 0.8, light.tree_shade)
    sheet.ellipse((x - 0.2 * size, foot - 0.75 * size), 0.5 * size, 0.4 * size, light.near_trees, 0.7)


def paint_tree(sheet: Sheet, light: Light, rng: np.random.Generator) -> None:
    """The street tree at the curb, in front of the houses."""
    x, foot = 70 + 6 * rng.random(), float(ground(121)(72))
    sheet.ellipse((x + 3, foot + 0.6), 17, 1.9, light.tree_shade, 0.5)
    sheet.polygon([(x - 2.3, foot), (x - 1.3, foot - 42), (x + 1.5, foot - 42), (x + 2.6, foot)], light.trunk)
    sheet.stroke((x, foot - 30), (x + 11, foot - 47), 1.1, light.trunk, 0.6)
    sheet.stroke((x, foot - 26), (x - 10, foot - 44), 1.1, light.trunk, 0.6)
    crowns = [(-13, -47, 12), (12, -49, 12.5), (0, -60, 15), (-8, -56, 13), (9, -58, 12), (0, -45, 12)]
    for dx, dy, r in crowns:
        sheet.ellipse((x + dx + rng.random(), foot + dy), r, r * 0.9, light.tree_shade)
    for dx, dy, r in crowns:
        sheet.ellipse((x + dx - 2.4, foot + dy - 2.8), r * 0.74, r * 0.64, light.near_trees, 0.75)
    for _ in range(26):
        at = (x + 40 * (rng.random() - 0.5), foot - 44 - 22 * rng.random())
        sheet.ellipse(at, 1.5, 1.0, mixed(light.near_trees, light.far_trees, 0.6), 0.45)


def paint_lawn(sheet: Sheet, light: Light, rng: np.random.Generator) -> None:
    for _ in range(90):
        x, y = UNITS_WIDE * rng.random(), 131 + 20 * rng.random()
        size = units_per_metre(y) * 0.05
        for lean in (-0.7, 0.1, 0.8):
            sheet.stroke((x, y), (x + lean * size, y - 1.3 * size), 0.28, light.near_trees, 0.1, opacity=0.5)


def paint_front_walk(sheet: Sheet, light: Light) -> None:
    """The walk from the sidewalk to the porch, and two steps at its end."""
    far, near = float(ground(LAWN)(156)) - 0.6, PORCH - 3
    edge = mixed(light.walk[0], light.lawn[1], 0.55)
    sheet.polygon([(143, far), (171, far), (202, near + 5), (110, near + 5)], edge)
    sheet.polygon([(144.4, far), (169.6, far), (199, near + 5), (113, near + 5)], light.walk[0])
    for share in (0.2, 0.44, 0.72):
        y = far + (near + 3 - far) * share
        half = 12.6 + 29 * share
        sheet.stroke((157 - half, y), (156 + half, y), 0.3, edge, opacity=0.8)
    for k, (y, half) in enumerate(((near - 6, 46.0), (near - 2.2, 51.0), (near + 2, 57.0))):
        tread = mixed(light.walk[0], light.walk[1], 0.4 + 0.3 * k)
        sheet.polygon(
            [(156 - half, y + 1.5), (156 + half, y + 1.5), (158 + half, y + 6), (154 - half, y + 6)], edge
        )
        sheet.polygon(
            [(157 - half, y - 1.4), (155 + half, y - 1.4), (156 + half, y + 1.8), (156 - half, y + 1.8)],
            tread,
        )


def paint_mailbox(sheet: Sheet, light: Light, x: float) -> None:
    foot = 129.5
    size = units_per_metre(foot)
    top = foot - 1.12 * size
    sheet.ellipse((x + 2, foot), 5, 0.9, light.tree_shade, 0.6)
    sheet.polygon([(x - 0.8, foot), (x - 0.8, top), (x + 0.8, top), (x + 0.8, foot)], light.trunk)
    box = mixed(light.coat, light.curb, 0.32)
    sheet.rounded((x - 5.2, top - 5.2, x + 5.2, top + 1.4), 2.4, box)
    sheet.rounded((x - 5.2, top - 2, x + 5.2, top + 1.4), 0.4, box)
    sheet.ellipse((x - 3.1, top - 2.4), 1.7, 2.2, mixed(box, light.figure, 0.5))
    sheet.stroke((x + 2.4, top - 3), (x + 2.4, top - 8.2), 0.4, LAMP)
    sheet.rounded((x + 2.2, top - 8.6, x + 5.2, top - 6.4), 0.3, LAMP)


def paint_street_lamp(sheet: Sheet, light: Light, x: float) -> None:
    foot = float(ground(99)(x))
    top = foot - 4.6 * units_per_metre(99)
    sheet.polygon([(x - 0.7, foot), (x - 0.4, top), (x + 0.4, top), (x + 0.7, foot)], light.roof)
    sheet.stroke((x, top), (x + 5.5, top - 1.2), 0.45, light.roof)
    sheet.glow((x + 6, top), 34, 34, AMBER, 0.34 * light.lamps)
    sheet.glow((x + 6, top), 12, 12, LAMP, 0.25 * light.lamps)
    sheet.glow((x + 6, float(ground(105)(x))), 46, 8, LAMP, 0.16 * light.lamps)
    sheet.rounded((x + 3.6, top - 2, x + 8, top - 0.6), 0.5, light.roof)
    sheet.ellipse((x + 5.8, top - 0.2), 1.5, 0.9, LAMP_PALE)


def paint_wet(sheet: Sheet, light: Light, rng: np.random.Generator) -> None:
    """Puddles and the long reflections of lamps and windows on the street."""
    for x in (30.0, 58, 108, 140, 157, 190, 224, 262, 296):
        y = float(ground(103.5)(x))
        sheet.glow((x + 4 * rng.random(), y + 5.5), 3.2, 9.5, LAMP, 0.26)
    for _ in range(9):
        x, y = 20 + 290 * rng.random(), 105 + 10 * rng.random()
        sheet.ellipse((x, y), 8 + 8 * rng.random(), 1.1, mixed(light.sky[2], light.street[0], 0.35), 0.42)
