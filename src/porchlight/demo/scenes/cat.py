"""A gray cat with white paws."""

from dataclasses import dataclass
from math import pi, sin

from porchlight.demo.scenes.color import Color, mixed, oklch
from porchlight.demo.scenes.light import LAMP, Light
from porchlight.demo.scenes.sheet import Point, Sheet


@dataclass(frozen=True)
class Fur:
    coat: Color
    shade: Color
    paw: Color
    shadow: Color


def gray_fur(light: Light) -> Fur:
    coat = mixed(oklch(0.56, 0.018, 230), light.figure, 0.38 if light.lamps else 0.1)
    return Fur(coat, mixed(coat, light.figure, 0.42), mixed((0.96, 0.94, 0.9), coat, 0.15), light.figure)


def draw_walking_cat(sheet: Sheet, foot: Point, size: float, step: float, fur: Fur, *, toward: int) -> None:
    """In profile, at a walk; `size` is its height at the back."""
    x, y = foot
    back = y - size
    sheet.ellipse((x, y), size * 1.25, size * 0.11, fur.shadow, 0.4)
    for k, (dx, color) in enumerate(
        ((-0.7, fur.shade), (0.62, fur.shade), (-0.58, fur.coat), (0.74, fur.coat))
    ):
        turn = step + (0.5, 0.75, 0.0, 0.25)[k]
        swing, lift = 0.24 * sin(2 * pi * turn), 0.12 * max(0.0, sin(2 * pi * turn + pi / 2))
        hip = (x + dx * size * toward, back + 0.38 * size)
        paw = (x + (dx + swing) * size * toward, y - (0.07 + lift) * size)
        knee = ((hip[0] + paw[0]) / 2 - 0.06 * size * toward, (hip[1] + paw[1]) / 2)
        sheet.stroke(hip, knee, 0.15 * size, color, 0.1 * size)
        sheet.stroke(knee, paw, 0.1 * size, color, 0.08 * size)
        sheet.stroke(paw, (paw[0] + 0.08 * size * toward, paw[1] + 0.02 * size), 0.085 * size, fur.paw)
    draw_tail(
        sheet,
        (x - 0.82 * size * toward, back + 0.2 * size),
        size,
        0.2 * sin(2 * pi * step * 0.6),
        fur,
        toward,
    )
    sheet.stroke(
        (x - 0.6 * size * toward, back + 0.28 * size),
        (x + 0.62 * size * toward, back + 0.26 * size),
        0.31 * size,
        fur.coat,
        0.28 * size,
    )
    for share in (-0.42, -0.14, 0.14, 0.42):
        top = (x + share * size * toward, back + 0.02 * size)
        sheet.stroke(
            top, (top[0] - 0.05 * size * toward, top[1] + 0.22 * size), 0.045 * size, fur.shade, 0.02 * size
        )
    neck = (x + 0.78 * size * toward, back + 0.12 * size)
    head = (x + 1.05 * size * toward, back - 0.1 * size)
    sheet.stroke(neck, head, 0.22 * size, fur.coat)
    draw_face(sheet, head, size, fur, look=0.09 * toward)


def draw_sitting_cat(sheet: Sheet, foot: Point, size: float, flick: float, look: float, fur: Fur) -> None:
    """From the front; `flick` bends the tail's end, `look` turns the head, both from -1 to 1."""
    x, y = foot
    sheet.ellipse((x, y), size * 0.85, size * 0.12, fur.shadow, 0.4)
    end = (x + (1.02 + 0.08 * flick) * size, y - (0.16 + 0.2 * max(0.0, flick)) * size)
    sheet.stroke(
        (x + 0.42 * size, y - 0.14 * size),
        (x + 0.8 * size, y - 0.1 * size),
        0.11 * size,
        fur.shade,
        0.1 * size,
    )
    sheet.stroke((x + 0.8 * size, y - 0.1 * size), end, 0.1 * size, fur.shade, 0.07 * size)
    sheet.ellipse((x, y - 0.42 * size), 0.56 * size, 0.43 * size, fur.shade)
    sheet.stroke((x, y - 0.42 * size), (x, y - 0.98 * size), 0.46 * size, fur.coat, 0.29 * size)
    sheet.ellipse((x, y - 0.74 * size), 0.17 * size, 0.26 * size, fur.paw, 0.85)
    for side in (-1, 1):
        sheet.stroke(
            (x + side * 0.16 * size, y - 0.6 * size),
            (x + side * 0.15 * size, y - 0.1 * size),
            0.12 * size,
            fur.coat,
            0.1 * size,
        )
        sheet.ellipse((x + side * 0.16 * size, y - 0.06 * size), 0.14 * size, 0.09 * size, fur.paw)
        sheet.ellipse((x + side * 0.44 * size, y - 0.06 * size), 0.16 * size, 0.08 * size, fur.paw)
    draw_face(sheet, (x + 0.06 * size * look, y - 1.24 * size), size, fur, look=0.1 * look)


def draw_face(sheet: Sheet, head: Point, size: float, fur: Fur, *, look: float) -> None:
    x, y = head
    for side in (-1, 1):
        base, tip = x + side * 0.18 * size, x + (side * 0.3 + look * 0.3) * size
        sheet.polygon(
            [
                (base - 0.14 * size, y - 0.16 * size),
                (tip, y - 0.52 * size),
                (base + 0.14 * size, y - 0.12 * size),
            ],
            fur.coat,
        )
        sheet.polygon(
            [
                (base - 0.06 * size, y - 0.2 * size),
                (tip, y - 0.42 * size),
                (base + 0.06 * size, y - 0.18 * size),
            ],
            fur.shade,
        )
    sheet.ellipse((x, y), 0.35 * size, 0.3 * size, fur.coat)
    sheet.ellipse((x + look * size, y + 0.13 * size), 0.17 * size, 0.12 * size, fur.paw, 0.9)
    for side in (-1, 1):
        eye = (x + (side * 0.14 + look) * size, y - 0.03 * size)
        sheet.ellipse(eye, 0.072 * size, 0.066 * size, LAMP)
        sheet.ellipse(eye, 0.022 * size, 0.062 * size, fur.shadow)
    sheet.ellipse((x + look * 1.1 * size, y + 0.08 * size), 0.035 * size, 0.025 * size, fur.shadow)


def draw_tail(sheet: Sheet, root: Point, size: float, bend: float, fur: Fur, toward: int) -> None:
    at, radius = root, 0.12 * size
    for k in range(1, 6):
        ahead = (
            root[0] - (0.5 * sin(k * 0.42) - bend * k * k * 0.018) * size * toward,
            root[1] - 0.19 * k * size + 0.06 * size,
        )
        sheet.stroke(at, ahead, radius, fur.coat, radius * 0.92)
        at, radius = ahead, radius * 0.92
    sheet.ellipse(at, radius, radius, fur.paw, 0.8)
