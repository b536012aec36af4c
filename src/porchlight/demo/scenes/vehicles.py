"""A car and a van, seen from the side."""

from math import cos, pi, sin

from porchlight.demo.scenes.color import Color, mixed, oklch
from porchlight.demo.scenes.light import LAMP, LAMP_PALE, Light
from porchlight.demo.scenes.sheet import Point, Sheet

CAR_M, VAN_M = 4.4, 5.4


def draw_car(sheet: Sheet, foot: Point, metre: float, light: Light, *, toward: int, rolled_m: float) -> None:
    """A small car; `foot` is the ground under its middle."""
    paint = mixed(oklch(0.55, 0.075, 222), light.figure, 0.42 * light.lamps)

    def at(along: float, up: float) -> Point:
        return foot[0] + along * metre * toward, foot[1] - up * metre

    if light.lamps:
        draw_beam(sheet, at(2.1, 0.62), metre, light, toward)
    sheet.ellipse(at(0, 0.03), 2.3 * metre, 0.16 * metre, light.figure, 0.55)
    roof = [(-1.95, 0.92), (-1.55, 1.3), (-1.05, 1.47), (-0.2, 1.5), (0.4, 1.42), (0.85, 1.15), (1.2, 0.95)]
    sheet.polygon([at(*p) for p in roof], paint)
    hood = [
        (-2.18, 0.4),
        (-2.2, 0.72),
        (-1.95, 0.96),
        (1.2, 0.97),
        (1.85, 0.87),
        (2.15, 0.68),
        (2.2, 0.4),
        (2.05, 0.27),
        (-2.05, 0.27),
    ]
    sheet.polygon([at(*p) for p in hood], paint)
    sheet.polygon(
        [at(*p) for p in ((-2.19, 0.42), (2.2, 0.42), (2.05, 0.27), (-2.05, 0.27))],
        mixed(paint, light.figure, 0.5),
    )
    sheet.stroke(at(-2.0, 0.86), at(1.6, 0.86), 0.02 * metre, mixed(paint, (1, 1, 1), 0.3), opacity=0.7)
    glass = mixed(light.pane, light.figure, 0.35 * light.lamps)
    for pane in (
        ((-1.5, 0.98), (-1.28, 1.27), (-0.98, 1.36), (-0.45, 1.38), (-0.45, 0.98)),
        ((-0.35, 0.98), (-0.35, 1.38), (0.3, 1.33), (0.72, 1.1), (0.86, 0.98)),
    ):
        sheet.polygon([at(*p) for p in pane], glass)
        sheet.polygon(
            [at(*pane[0]), at(*pane[1]), at(pane[1][0] + 0.2, pane[1][1]), at(pane[0][0] + 0.2, pane[0][1])],
            mixed(glass, (1, 1, 1), 0.25),
            0.5,
        )
    sheet.stroke(at(-0.05, 0.78), at(0.1, 0.78), 0.025 * metre, mixed(paint, light.figure, 0.6))
    for axle in (-1.35, 1.38):
        draw_wheel(sheet, at(axle, 0.31), 0.31 * metre, light, rolled_m)
    draw_lights(sheet, at(2.08, 0.66), at(-2.14, 0.7), metre, light)


def draw_van(
    sheet: Sheet,
    foot: Point,
    metre: float,
    light: Light,
    *,
    toward: int,
    rolled_m: float,
    braking: bool = False,
) -> None:
    """A delivery van without a name on it."""
    paint = mixed(oklch(0.93, 0.012, 95), light.figure, 0.45 * light.lamps)

    def at(along: float, up: float) -> Point:
        return foot[0] + along * metre * toward, foot[1] - up * metre

    if light.lamps:
        draw_beam(sheet, at(2.6, 0.75), metre, light, toward)
    sheet.ellipse(at(0, 0.03), 2.85 * metre, 0.18 * metre, light.figure, 0.5)
    body = [
        (-2.68, 0.34),
        (-2.7, 2.18),
        (-2.5, 2.38),
        (1.0, 2.4),
        (1.32, 2.3),
        (1.98, 1.32),
        (2.5, 1.16),
        (2.68, 0.9),
        (2.7, 0.34),
    ]
    sheet.polygon([at(*p) for p in body], paint)
    sheet.polygon(
        [at(*p) for p in ((-2.68, 0.34), (-2.69, 0.62), (2.7, 0.62), (2.7, 0.34))],
        mixed(paint, light.figure, 0.55),
    )
    sheet.polygon(
        [at(*p) for p in ((-2.69, 0.95), (-2.69, 1.2), (0.55, 1.2), (0.75, 0.95))],
        mixed(oklch(0.55, 0.085, 200), light.figure, 0.4 * light.lamps),
    )
    glass = mixed(light.pane, light.figure, 0.35 * light.lamps + 0.1)
    sheet.polygon([at(*p) for p in ((0.62, 1.3), (0.62, 2.08), (1.2, 2.08), (1.72, 1.3))], glass)
    sheet.polygon(
        [at(*p) for p in ((0.72, 1.3), (0.98, 2.08), (1.12, 2.08), (0.92, 1.3))],
        mixed(glass, (1, 1, 1), 0.3),
        0.5,
    )
    for x in (-1.05, 0.5):
        sheet.stroke(at(x, 0.66), at(x, 2.22), 0.016 * metre, mixed(paint, light.figure, 0.4))
    sheet.stroke(at(0.32, 1.12), at(0.44, 1.12), 0.03 * metre, mixed(paint, light.figure, 0.6))
    for axle in (-1.65, 1.72):
        sheet.ellipse(at(axle, 0.46), 0.5 * metre, 0.46 * metre, mixed(paint, light.figure, 0.75))
        draw_wheel(sheet, at(axle, 0.37), 0.37 * metre, light, rolled_m)
    draw_lights(sheet, at(2.6, 0.86), at(-2.66, 0.9), metre, light)
    if braking:
        sheet.glow(at(-2.72, 0.9), 0.9 * metre, 0.7 * metre, oklch(0.66, 0.15, 30), 0.6)


def draw_wheel(sheet: Sheet, at: Point, radius: float, light: Light, rolled_m: float) -> None:
    sheet.ellipse(at, radius, radius, mixed(light.figure, (0, 0, 0), 0.3))
    hub = mixed(light.curb, light.figure, 0.25)
    sheet.ellipse(at, radius * 0.6, radius * 0.6, hub)
    for k in range(5):
        turn = 2 * pi * k / 5 + rolled_m / 0.31
        spoke = (at[0] + radius * 0.42 * cos(turn), at[1] + radius * 0.42 * sin(turn))
        sheet.ellipse(spoke, radius * 0.13, radius * 0.13, mixed(light.figure, hub, 0.25))


def draw_beam(sheet: Sheet, at: Point, metre: float, light: Light, toward: int) -> None:
    """The cone of the headlights in the air and the bright patch on the street."""
    for share, strength in ((1.0, 0.05), (0.86, 0.06), (0.7, 0.07), (0.52, 0.08), (0.34, 0.1)):
        reach = 7.5 * metre * share
        middle = (at[0] + reach * 0.52 * toward, at[1] + 0.09 * reach)
        sheet.glow(middle, reach * 0.62, reach * 0.16, LAMP_PALE, strength * light.lamps * 1.5)
    sheet.glow(
        (at[0] + 4 * metre * toward, at[1] + 0.62 * metre),
        4.4 * metre,
        0.55 * metre,
        LAMP,
        0.45 * light.lamps,
    )


def draw_lights(sheet: Sheet, front: Point, rear: Point, metre: float, light: Light) -> None:
    tail: Color = oklch(0.56, 0.15, 25)
    sheet.ellipse(rear, 0.07 * metre, 0.12 * metre, tail)
    sheet.ellipse(front, 0.13 * metre, 0.11 * metre, LAMP_PALE if light.lamps else (0.95, 0.95, 0.92))
    if light.lamps:
        sheet.glow(rear, 0.7 * metre, 0.6 * metre, tail, 0.45)
        sheet.glow(front, 1.1 * metre, 1.0 * metre, LAMP_PALE, 0.65)
        sheet.ellipse(front, 0.12 * metre, 0.1 * metre, mixed(LAMP, (1, 1, 1), 0.8))
