"""The porch itself: its floor behind everything that moves, its post, rail, roof and lamp before it."""

import numpy as np

from porchlight.demo.scenes.color import mixed
from porchlight.demo.scenes.light import AMBER, LAMP, LAMP_PALE, Light
from porchlight.demo.scenes.sheet import UNITS_HIGH, UNITS_WIDE, Sheet
from porchlight.demo.scenes.street import PORCH, flat, ground

LAMP_AT = (238.0, 31.0)


def paint_floor(sheet: Sheet, light: Light) -> None:
    """Planks that run toward the street, with the pool of the lamp's light on them."""
    edge = ground(PORCH, 2.2)
    sheet.band(edge, flat(UNITS_HIGH), *light.floor)
    sheet.band(edge, ground(PORCH + 2.2, 2.2), mixed(light.floor[0], LAMP_PALE, 0.22))
    for k in range(-9, 10):
        top, low = 160 + k * 19.5, 160 + k * 31
        sheet.stroke((top, float(edge(top)) + 2.4), (low, UNITS_HIGH + 1), 0.32, light.seam, opacity=0.75)
    if light.lamps:
        sheet.glow((214, 172), 150, 34, LAMP, 0.2 * light.lamps)
    paint_mat(sheet, light)


def paint_mat(sheet: Sheet, light: Light) -> None:
    sheet.polygon([(121, 171.5), (196, 171.5), (207, 181), (110, 181)], mixed(light.coat, light.figure, 0.25))
    sheet.polygon([(125, 173.4), (192, 173.4), (199, 181), (118, 181)], mixed(light.coat, light.curb, 0.14))


def paint_frame(sheet: Sheet, light: Light) -> None:
    """What stands nearest: rail, post, a pot with flowers, the roof's edge and the lamp."""
    paint_rail(sheet, light)
    sheet.polygon([(0, 0), (33, 0), (38, 160), (24, 181), (0, 181)], light.shell)
    for k in range(1, 15):
        y = 11.5 * k
        sheet.stroke(
            (0, y * 1.06), (33 + y / 32, y), 0.35, mixed(light.shell, light.figure, 0.45), opacity=0.6
        )
    sheet.polygon([(33, 0), (41, 0), (46, 157), (38, 161.5)], light.trim)
    sheet.polygon([(38.2, 0), (41, 0), (46, 157), (43, 158.6)], mixed(light.trim, light.shell, 0.45))
    paint_pot(sheet, light)
    roof = light.shell if light.lamps else mixed(light.shell, light.trim, 0.12)
    sheet.band(flat(-1), lambda x: 12 + 8.5 * (1 - ((x - 160) / 160) ** 2), roof)
    fascia = mixed(light.trim, light.shell, 0.25)
    sheet.band(
        lambda x: 11 + 8.5 * (1 - ((x - 160) / 160) ** 2),
        lambda x: 13.6 + 8.5 * (1 - ((x - 160) / 160) ** 2),
        fascia,
    )
    paint_lamp(sheet, light)


def paint_rail(sheet: Sheet, light: Light) -> None:
    rail, shade = light.trim, mixed(light.trim, light.shell, 0.6)
    if light.lamps:
        rail, shade = mixed(light.shell, light.trim, 0.55), light.shell

    def top(x: float) -> float:
        return 127 - 2.6 * (x - 240) / 80

    for k, x in enumerate((252, 264, 277, 290, 304)):
        sheet.polygon(
            [(x, top(x)), (x + 2.6, top(x)), (x + 2.8 + k * 0.2, 163 + k), (x + k * 0.2, 163 + k)], shade
        )
    sheet.polygon([(244, 155.6), (330, 160), (330, 163.4), (244, 158.4)], rail)
    sheet.polygon([(239, top(239)), (330, top(330)), (330, top(330) + 5.2), (239, top(239) + 4)], rail)
    sheet.polygon(
        [(239, top(239) + 3), (330, top(330) + 4), (330, top(330) + 6.4), (239, top(239) + 5)], shade
    )
    sheet.rounded((237.6, 119, 245.6, 161.5), 0.8, rail)
    sheet.polygon([(242.6, 120), (245.6, 120), (245.6, 161), (242.6, 161)], shade, 0.8)
    sheet.rounded((236.2, 117, 247, 120.8), 1, rail)


def paint_pot(sheet: Sheet, light: Light) -> None:
    x, foot = 61.0, 169.5
    dark = 0.55 if light.lamps else 0.0
    clay = mixed((0.72, 0.47, 0.33), light.shell, dark)
    sheet.ellipse((x + 3, foot), 14, 2.4, light.figure, 0.35)
    for dx, dy, r in ((-8, -24, 7), (7, -25, 7.6), (0, -30, 8.5), (-3, -21, 8), (9, -20, 5), (-10, -19, 4.6)):
        sheet.ellipse((x + dx, foot + dy), r, r * 0.85, light.tree_shade)
    for dx, dy, r in ((-6, -27, 4.4), (5, -29, 5), (0, -34, 4.4), (8, -24, 3.4)):
        sheet.ellipse((x + dx, foot + dy), r, r * 0.8, light.near_trees, 0.85)
    for dx, dy in ((-9, -28), (-3, -35), (4, -31), (10, -27), (-1, -26), (6, -22), (-11, -22)):
        petal = mixed((0.93, 0.86, 0.95), light.tree_shade, dark * 0.75)
        sheet.ellipse((x + dx, foot + dy), 1.5, 1.4, petal)
        sheet.ellipse((x + dx, foot + dy), 0.5, 0.5, mixed(LAMP, light.shell, dark * 0.6))
    sheet.polygon([(x - 9.5, foot - 17), (x + 9.5, foot - 17), (x + 7, foot), (x - 7, foot)], clay)
    sheet.polygon(
        [(x + 2, foot - 17), (x + 9.5, foot - 17), (x + 7, foot), (x + 3, foot)],
        mixed(clay, light.shell, 0.3),
        0.7,
    )
    sheet.rounded((x - 10.6, foot - 19, x + 10.6, foot - 15.4), 0.8, mixed(clay, (1, 1, 1), 0.06))


def paint_lamp(sheet: Sheet, light: Light) -> None:
    """The porch light: a small metal lantern under the roof, and what it does to the air around it."""
    x, y = LAMP_AT
    if light.lamps:
        sheet.glow((x, y), 172, 158, AMBER, 0.24 * light.lamps)
        sheet.glow((x, y), 62, 58, AMBER, 0.3 * light.lamps)
        sheet.glow((x, y), 22, 22, LAMP_PALE, 0.4 * light.lamps)
    metal = mixed(light.shell, light.figure, 0.5)
    sheet.stroke((x, y - 20), (x, y - 8), 0.7, metal)
    sheet.polygon([(x - 3.4, y - 9.4), (x + 3.4, y - 9.4), (x + 7.4, y - 4.6), (x - 7.4, y - 4.6)], metal)
    glass = LAMP_PALE if light.lamps else mixed(light.trim, light.pane, 0.35)
    sheet.polygon([(x - 5.6, y - 4.8), (x + 5.6, y - 4.8), (x + 4.2, y + 6), (x - 4.2, y + 6)], glass, 0.92)
    sheet.stroke((x, y - 4.6), (x, y + 6), 0.35, metal)
    sheet.rounded((x - 4.9, y + 5.4, x + 4.9, y + 7.4), 0.6, metal)
    if light.lamps:
        sheet.ellipse((x, y + 1), 2.1, 2.8, (1, 0.985, 0.93))


def vignette(wide: int, high: int) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    """How much of the light reaches each pixel: less toward the corners, as with any small lens."""
    x = (np.arange(wide, dtype=np.float32)[None, :] + 0.5) / wide - 0.5
    y = (np.arange(high, dtype=np.float32)[:, None] + 0.5) / high - 0.5
    return (1 - 0.5 * np.clip(x * x + y * y - 0.12, 0, 1)).astype(np.float32)


WHOLE = (0.0, 0.0, float(UNITS_WIDE), float(UNITS_HIGH))
