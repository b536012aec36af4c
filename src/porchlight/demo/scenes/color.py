"""Colors as the design tokens write them (OKLCH), as sRGB floats from 0 to 1."""

from functools import lru_cache
from math import cos, radians, sin

Color = tuple[float, float, float]


@lru_cache(maxsize=512)
def oklch(lightness: float, chroma: float, hue: float) -> Color:
    """The sRGB color of an OKLCH one, clipped to what a screen can show."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def encoded(linear: float) -> float:
    """One linear channel with the sRGB transfer curve, from 0 to 1."""
    linear = min(1.0, max(0.0, linear))
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def mixed(start: Color, end: Color, share: float) -> Color:
    """A color part of the way from one to another."""
    return (
        start[0] + (end[0] - start[0]) * share,
        start[1] + (end[1] - start[1]) * share,
        start[2] + (end[2] - start[2]) * share,
    )
