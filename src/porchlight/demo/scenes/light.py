"""The colors of one hour: dusk, night, an overcast evening, day. All in the hues of the design tokens."""

from dataclasses import dataclass
from typing import Final

from porchlight.demo.scenes.color import Color, oklch

LAMP: Final = oklch(0.83, 0.14, 76)
AMBER: Final = oklch(0.74, 0.15, 62)
LAMP_PALE: Final = oklch(0.94, 0.08, 86)


@dataclass(frozen=True)
class Light:
    """What everything looks like at one hour. `lamps` is how much the lamps give, from 0 to 1."""

    sky: tuple[Color, Color, Color]
    stars: bool
    lamps: float
    far_trees: Color
    near_trees: Color
    tree_shade: Color
    trunk: Color
    walls: tuple[Color, ...]
    roof: Color
    window: Color
    pane: Color
    verge: Color
    street: tuple[Color, Color]
    curb: Color
    sidewalk: Color
    lawn: tuple[Color, Color]
    walk: tuple[Color, Color]
    floor: tuple[Color, Color]
    seam: Color
    shell: Color
    trim: Color
    figure: Color
    coat: Color
    wet: bool = False


DUSK: Final = Light(
    sky=(oklch(0.33, 0.055, 232), oklch(0.50, 0.062, 222), oklch(0.79, 0.085, 72)),
    stars=False,
    lamps=0.8,
    far_trees=oklch(0.40, 0.045, 205),
    near_trees=oklch(0.335, 0.045, 190),
    tree_shade=oklch(0.29, 0.042, 195),
    trunk=oklch(0.25, 0.03, 210),
    walls=(oklch(0.335, 0.042, 222), oklch(0.37, 0.036, 205), oklch(0.35, 0.03, 235)),
    roof=oklch(0.255, 0.036, 224),
    window=oklch(0.84, 0.125, 78),
    pane=oklch(0.45, 0.05, 225),
    verge=oklch(0.385, 0.045, 172),
    street=(oklch(0.40, 0.026, 222), oklch(0.365, 0.026, 222)),
    curb=oklch(0.54, 0.022, 215),
    sidewalk=oklch(0.505, 0.022, 212),
    lawn=(oklch(0.385, 0.05, 166), oklch(0.335, 0.048, 170)),
    walk=(oklch(0.54, 0.018, 150), oklch(0.60, 0.03, 90)),
    floor=(oklch(0.52, 0.055, 75), oklch(0.43, 0.045, 72)),
    seam=oklch(0.36, 0.03, 80),
    shell=oklch(0.245, 0.034, 222),
    trim=oklch(0.375, 0.036, 215),
    figure=oklch(0.22, 0.03, 222),
    coat=oklch(0.30, 0.06, 226),
)

NIGHT: Final = Light(
    sky=(oklch(0.205, 0.038, 232), oklch(0.275, 0.045, 226), oklch(0.385, 0.05, 212)),
    stars=True,
    lamps=1.0,
    far_trees=oklch(0.285, 0.036, 208),
    near_trees=oklch(0.255, 0.036, 192),
    tree_shade=oklch(0.22, 0.034, 196),
    trunk=oklch(0.185, 0.025, 212),
    walls=(oklch(0.255, 0.034, 224), oklch(0.275, 0.03, 210), oklch(0.265, 0.028, 236)),
    roof=oklch(0.20, 0.03, 224),
    window=oklch(0.82, 0.13, 76),
    pane=oklch(0.32, 0.04, 225),
    verge=oklch(0.30, 0.036, 174),
    street=(oklch(0.335, 0.024, 222), oklch(0.30, 0.024, 222)),
    curb=oklch(0.44, 0.022, 215),
    sidewalk=oklch(0.41, 0.022, 212),
    lawn=(oklch(0.305, 0.042, 168), oklch(0.275, 0.04, 172)),
    walk=(oklch(0.46, 0.018, 150), oklch(0.55, 0.035, 85)),
    floor=(oklch(0.475, 0.058, 75), oklch(0.385, 0.048, 72)),
    seam=oklch(0.31, 0.03, 80),
    shell=oklch(0.195, 0.03, 222),
    trim=oklch(0.315, 0.034, 216),
    figure=oklch(0.17, 0.026, 222),
    coat=oklch(0.24, 0.05, 226),
)

OVERCAST: Final = Light(
    sky=(oklch(0.36, 0.03, 225), oklch(0.44, 0.032, 218), oklch(0.545, 0.028, 205)),
    stars=False,
    lamps=0.85,
    far_trees=oklch(0.40, 0.03, 205),
    near_trees=oklch(0.315, 0.036, 190),
    tree_shade=oklch(0.275, 0.034, 195),
    trunk=oklch(0.235, 0.025, 210),
    walls=(oklch(0.32, 0.03, 222), oklch(0.35, 0.026, 208), oklch(0.335, 0.024, 236)),
    roof=oklch(0.25, 0.028, 224),
    window=oklch(0.83, 0.125, 78),
    pane=oklch(0.42, 0.036, 222),
    verge=oklch(0.36, 0.034, 174),
    street=(oklch(0.385, 0.024, 224), oklch(0.335, 0.026, 224)),
    curb=oklch(0.49, 0.02, 215),
    sidewalk=oklch(0.45, 0.022, 215),
    lawn=(oklch(0.36, 0.04, 168), oklch(0.315, 0.04, 172)),
    walk=(oklch(0.47, 0.02, 190), oklch(0.52, 0.03, 95)),
    floor=(oklch(0.48, 0.05, 75), oklch(0.395, 0.042, 72)),
    seam=oklch(0.33, 0.028, 80),
    shell=oklch(0.225, 0.03, 222),
    trim=oklch(0.35, 0.032, 216),
    figure=oklch(0.21, 0.028, 222),
    coat=oklch(0.29, 0.05, 226),
    wet=True,
)

DAY: Final = Light(
    sky=(oklch(0.80, 0.062, 222), oklch(0.875, 0.042, 214), oklch(0.95, 0.022, 190)),
    stars=False,
    lamps=0.0,
    far_trees=oklch(0.775, 0.045, 172),
    near_trees=oklch(0.655, 0.075, 158),
    tree_shade=oklch(0.585, 0.072, 162),
    trunk=oklch(0.47, 0.04, 70),
    walls=(oklch(0.885, 0.026, 86), oklch(0.77, 0.04, 212), oklch(0.84, 0.035, 160)),
    roof=oklch(0.53, 0.04, 224),
    window=oklch(0.66, 0.045, 222),
    pane=oklch(0.66, 0.045, 222),
    verge=oklch(0.765, 0.072, 152),
    street=(oklch(0.675, 0.012, 220), oklch(0.64, 0.012, 220)),
    curb=oklch(0.84, 0.008, 200),
    sidewalk=oklch(0.80, 0.01, 190),
    lawn=(oklch(0.745, 0.082, 150), oklch(0.69, 0.084, 154)),
    walk=(oklch(0.82, 0.012, 95), oklch(0.87, 0.016, 88)),
    floor=(oklch(0.735, 0.048, 76), oklch(0.65, 0.046, 74)),
    seam=oklch(0.58, 0.04, 74),
    shell=oklch(0.41, 0.045, 222),
    trim=oklch(0.955, 0.008, 95),
    figure=oklch(0.36, 0.035, 222),
    coat=oklch(0.47, 0.075, 226),
)
