"""Those who come by on foot: a neighbor, a dog, a courier, a cat. Shapes, not portraits."""

from dataclasses import dataclass
from math import cos, pi, sin

from porchlight.demo.scenes.color import Color, mixed, oklch
from porchlight.demo.scenes.light import LAMP, Light
from porchlight.demo.scenes.sheet import Point, Sheet


@dataclass(frozen=True)
class Clothes:
    """What a walking figure wears; `skin` is a neutral tone of the hour and nobody's own."""

    coat: Color
    legs: Color
    cap: Color
    scarf: Color
    skin: Color


def neighbor_clothes(light: Light) -> Clothes:
    coat = mixed(oklch(0.45, 0.085, 228), light.figure, 0.25 if not light.lamps else 0.45)
    return Clothes(
        coat, light.figure, mixed(coat, light.figure, 0.5), LAMP, mixed(light.curb, light.coat, 0.35)
    )


def courier_clothes(light: Light) -> Clothes:
    coat = mixed(oklch(0.50, 0.085, 160), light.figure, 0.1 if not light.lamps else 0.4)
    return Clothes(
        coat, light.figure, coat, mixed(coat, light.figure, 0.4), mixed(light.curb, light.coat, 0.35)
    )


def draw_walker(sheet: Sheet, foot: Point, high: float, step: float, wear: Clothes, *, toward: int) -> Point:
    """A figure in profile. `step` is the phase of the walk in turns, `toward` 1 to the right; returns the free hand."""
    x, ground_y = foot
    swing = sin(2 * pi * step)
    bob = 0.012 * high * abs(cos(2 * pi * step))
    hip = (x, ground_y - 0.5 * high - bob)
    neck = (x + 0.02 * high * toward, ground_y - 0.83 * high - bob)
    sheet.ellipse((x, ground_y), 0.2 * high, 0.022 * high, wear.legs, 0.35)
    draw_arm(sheet, neck, high, 0.55 * swing, mixed(wear.coat, wear.legs, 0.45), toward)
    draw_leg(sheet, hip, ground_y, high, -swing, mixed(wear.legs, wear.coat, 0.12), toward)
    draw_leg(sheet, hip, ground_y, high, swing, wear.legs, toward)
    sheet.polygon(
        [
            (neck[0] - 0.085 * high, neck[1] + 0.03 * high),
            (neck[0] + 0.085 * high, neck[1] + 0.03 * high),
            (hip[0] + 0.12 * high, hip[1] + 0.09 * high),
            (hip[0] - 0.12 * high, hip[1] + 0.09 * high),
        ],
        wear.coat,
    )
    sheet.stroke(
        (neck[0] - 0.035 * high, neck[1] + 0.04 * high),
        (neck[0] + 0.035 * high, neck[1] + 0.04 * high),
        0.055 * high,
        wear.coat,
    )
    head = (neck[0] + 0.02 * high * toward, neck[1] - 0.075 * high)
    sheet.ellipse(head, 0.062 * high, 0.072 * high, wear.skin)
    sheet.ellipse(
        (head[0] - 0.008 * high * toward, head[1] - 0.03 * high), 0.068 * high, 0.052 * high, wear.cap
    )
    sheet.stroke(
        (neck[0] - 0.05 * high, neck[1] - 0.005 * high),
        (neck[0] + 0.05 * high, neck[1] - 0.005 * high),
        0.026 * high,
        wear.scarf,
    )
    tail = (neck[0] - 0.13 * high * toward, neck[1] + (0.05 + 0.02 * swing) * high)
    sheet.stroke((neck[0] - 0.05 * high * toward, neck[1]), tail, 0.02 * high, wear.scarf, 0.026 * high)
    return draw_arm(sheet, neck, high, -0.55 * swing, mixed(wear.coat, wear.legs, 0.18), toward)


def draw_leg(
    sheet: Sheet, hip: Point, ground_y: float, high: float, swing: float, color: Color, toward: int
) -> None:
    lift = max(0.0, -swing) * 0.05 * high
    ankle = (hip[0] + 0.17 * high * swing * toward, ground_y - 0.03 * high - lift)
    bend = 0.035 * high + max(0.0, -swing) * 0.05 * high
    knee = ((hip[0] + ankle[0]) / 2 + bend * toward, (hip[1] + ankle[1]) / 2)
    sheet.stroke(hip, knee, 0.055 * high, color, 0.042 * high)
    sheet.stroke(knee, ankle, 0.042 * high, color, 0.03 * high)
    sheet.stroke(ankle, (ankle[0] + 0.065 * high * toward, ankle[1] + 0.012 * high), 0.024 * high, color)


def draw_arm(sheet: Sheet, neck: Point, high: float, swing: float, color: Color, toward: int) -> Point:
    shoulder = (neck[0], neck[1] + 0.055 * high)
    elbow = (shoulder[0] + 0.13 * high * swing * toward, shoulder[1] + 0.16 * high)
    hand = (elbow[0] + (0.12 * swing + 0.05) * high * toward, elbow[1] + 0.13 * high)
    sheet.stroke(shoulder, elbow, 0.042 * high, color, 0.036 * high)
    sheet.stroke(elbow, hand, 0.036 * high, color, 0.026 * high)
    return hand


def draw_umbrella(sheet: Sheet, hand: Point, high: float, color: Color, shade: Color) -> None:
    top = (hand[0], hand[1] - 0.62 * high)
    sheet.stroke(hand, top, 0.012 * high, shade)
    dome = [
        (top[0] + 0.36 * high * cos(pi * k / 24), top[1] + 0.16 * high - 0.22 * high * sin(pi * k / 24))
        for k in range(25)
    ]
    rim = [
        (top[0] + (-0.36 + 0.72 * k / 24) * high, top[1] + (0.16 - 0.03 * abs(sin(pi * k / 6))) * high)
        for k in range(25)
    ]
    sheet.polygon(dome + rim, color)
    sheet.polygon([*dome[14:], *[p for p in rim if p[0] <= dome[14][0]]], shade, 0.3)


def draw_dog(sheet: Sheet, foot: Point, size: float, step: float, light: Light, *, toward: int) -> Point:
    """A small dog at a trot, `size` high at the back; returns where its collar is."""
    x, ground_y = foot
    coat = mixed(oklch(0.62, 0.07, 70), light.figure, 0.15 if not light.lamps else 0.5)
    dark = mixed(coat, light.figure, 0.55)
    back = ground_y - size
    sheet.ellipse((x, ground_y), size * 1.1, size * 0.1, light.figure, 0.3)
    for k, (dx, shade) in enumerate(((-0.62, dark), (0.5, dark), (-0.5, coat), (0.62, coat))):
        swing = sin(2 * pi * (step * 1.7 + (0.0, 0.5, 0.5, 0.0)[k])) * 0.3
        sheet.stroke(
            (x + dx * size * toward, back + 0.35 * size),
            (x + (dx + swing) * size * toward, ground_y - 0.06 * size),
            0.13 * size,
            shade,
            0.08 * size,
        )
    sheet.stroke(
        (x - 0.6 * size * toward, back + 0.22 * size),
        (x + 0.58 * size * toward, back + 0.2 * size),
        0.27 * size,
        coat,
        0.3 * size,
    )
    wag = sin(2 * pi * step * 2.4) * 0.16
    sheet.stroke(
        (x - 0.8 * size * toward, back + 0.1 * size),
        (x - (1.12 + wag) * size * toward, back - 0.42 * size),
        0.1 * size,
        coat,
        0.05 * size,
    )
    head = (x + 1.0 * size * toward, back - 0.22 * size)
    sheet.stroke((x + 0.68 * size * toward, back + 0.1 * size), head, 0.22 * size, coat)
    sheet.ellipse(head, 0.27 * size, 0.25 * size, coat)
    sheet.stroke(head, (head[0] + 0.36 * size * toward, head[1] + 0.1 * size), 0.15 * size, coat, 0.1 * size)
    sheet.ellipse(
        (head[0] + 0.46 * size * toward, head[1] + 0.06 * size), 0.07 * size, 0.06 * size, light.figure
    )
    sheet.stroke(
        (head[0] - 0.1 * size * toward, head[1] - 0.12 * size),
        (head[0] - 0.2 * size * toward, head[1] + 0.22 * size),
        0.11 * size,
        dark,
    )
    collar = (x + 0.8 * size * toward, back - 0.02 * size)
    sheet.stroke(
        (collar[0] - 0.05 * size, collar[1] - 0.12 * size),
        (collar[0] + 0.05 * size, collar[1] + 0.15 * size),
        0.07 * size,
        LAMP,
    )
    return collar


def draw_leash(sheet: Sheet, hand: Point, collar: Point, color: Color) -> None:
    sag = 0.12 * abs(hand[0] - collar[0])
    middle = ((hand[0] + collar[0]) / 2, (hand[1] + collar[1]) / 2 + sag)
    sheet.stroke(hand, middle, 0.22, color)
    sheet.stroke(middle, collar, 0.22, color)


def draw_courier(
    sheet: Sheet,
    foot: Point,
    high: float,
    step: float,
    wear: Clothes,
    *,
    back: bool,
    bow: float,
    floor: Point,
    holds: bool,
) -> None:
    """A figure from the front (or the back), `bow` from 0 upright to 1 with both hands at `floor`."""
    x, ground_y = foot
    swing = sin(2 * pi * step)
    drop = 0.24 * high * bow
    hip, neck = ground_y - 0.5 * high + drop * 0.4, ground_y - 0.82 * high + drop * 1.55
    sheet.ellipse((x, ground_y), 0.2 * high, 0.025 * high, wear.legs, 0.35)
    for side in (-1, 1):
        lift = max(0.0, side * swing) * 0.05 * high
        at = (x + side * 0.065 * high, ground_y - 0.02 * high - lift)
        sheet.stroke((x + side * 0.055 * high, hip), at, 0.058 * high, wear.legs, 0.038 * high)
        sheet.ellipse(
            (at[0] + side * 0.012 * high, at[1] + 0.004 * high), 0.05 * high, 0.026 * high, wear.legs
        )
    sheet.polygon(
        [
            (x - 0.125 * high, neck + 0.05 * high),
            (x + 0.125 * high, neck + 0.05 * high),
            (x + 0.11 * high, hip + 0.05 * high),
            (x - 0.11 * high, hip + 0.05 * high),
        ],
        wear.coat,
    )
    sheet.stroke(
        (x - 0.08 * high, neck + 0.055 * high), (x + 0.08 * high, neck + 0.055 * high), 0.05 * high, wear.coat
    )
    stripe = hip - 0.1 * high
    sheet.stroke((x - 0.1 * high, stripe), (x + 0.1 * high, stripe), 0.014 * high, wear.scarf)
    head = (x, neck - 0.065 * high)
    sheet.ellipse(head, 0.062 * high, 0.074 * high, wear.legs if back else wear.skin)
    sheet.ellipse((head[0], head[1] - 0.032 * high), 0.067 * high, 0.05 * high, wear.cap)
    if not back:
        sheet.rounded(
            (head[0] - 0.066 * high, head[1] - 0.026 * high, head[0] + 0.066 * high, head[1] - 0.002 * high),
            0.012 * high,
            mixed(wear.cap, wear.legs, 0.35),
        )
    load = (x + (floor[0] - x) * bow, hip + 0.03 * high + (floor[1] - hip - 0.03 * high) * bow)
    if holds:
        draw_parcel(sheet, load, 0.3 * high)
    for side in (-1, 1):
        shoulder = (x + side * 0.115 * high, neck + 0.08 * high)
        free = (x + side * 0.155 * high, hip + (0.04 + 0.03 * side * swing) * high)
        hand = (load[0] + side * 0.145 * high, load[1] - 0.07 * high) if holds or bow > 0.02 else free
        elbow = (x + side * 0.185 * high, (shoulder[1] + hand[1]) / 2 + 0.03 * high)
        sleeve = mixed(wear.coat, wear.legs, 0.22)
        sheet.stroke(shoulder, elbow, 0.04 * high, sleeve, 0.036 * high)
        sheet.stroke(elbow, hand, 0.036 * high, sleeve, 0.028 * high)
        sheet.ellipse(hand, 0.026 * high, 0.026 * high, wear.skin)


def draw_parcel(sheet: Sheet, foot: Point, wide: float) -> None:
    """A cardboard box with a strip of tape, standing on `foot`."""
    x, y = foot
    card, side = oklch(0.70, 0.075, 70), oklch(0.60, 0.07, 66)
    half, high = wide / 2, wide * 0.56
    sheet.polygon([(x - half, y), (x - half, y - high), (x + half, y - high), (x + half, y)], card)
    sheet.polygon(
        [
            (x - half, y - high),
            (x - half * 0.86, y - high * 1.24),
            (x + half * 0.86, y - high * 1.24),
            (x + half, y - high),
        ],
        mixed(card, (1, 1, 1), 0.2),
    )
    sheet.polygon(
        [
            (x - half * 0.14, y - high),
            (x - half * 0.12, y - high * 1.24),
            (x + half * 0.12, y - high * 1.24),
            (x + half * 0.14, y - high),
        ],
        side,
    )
    sheet.polygon(
        [
            (x - half * 0.14, y - high * 0.62),
            (x - half * 0.14, y - high),
            (x + half * 0.14, y - high),
            (x + half * 0.14, y - high * 0.62),
        ],
        side,
    )
    sheet.polygon(
        [
            (x + half * 0.3, y - high * 0.2),
            (x + half * 0.3, y - high * 0.48),
            (x + half * 0.82, y - high * 0.48),
            (x + half * 0.82, y - high * 0.2),
        ],
        (0.95, 0.95, 0.93),
    )
