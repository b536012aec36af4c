"""The made-up place of the walkthrough: one agency, four homes, one area. Nobody lives there."""

from typing import Final

ZONE: Final = "America/Los_Angeles"
AGENCY: Final = "Walkthrough Police Department (demo)"
ORI: Final = "ZZ0099900"
MAIL_DOMAIN: Final = "walkthrough-pd.example"
CASE_TEMPLATE: Final = "WT-##-#####"
CASE_NUMBER: Final = "WT-26-00001"

_LAT, _LON = 44.90, -121.50


def _box(south: float, west: float, north: float, east: float) -> dict[str, object]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [[[round(x, 6), round(y, 6)] for x, y in ring]]}


JURISDICTION: Final = _box(_LAT - 0.05, _LON - 0.05, _LAT + 0.05, _LON + 0.05)
# About 0.13 square miles.
AREA: Final = _box(_LAT, _LON, _LAT + 0.005, _LON + 0.008)
# A whole jurisdiction: far more than may be asked for.
TOO_WIDE: Final = JURISDICTION

# Household -> (latitude, longitude) of home and camera. The last one is outside the area.
HOMES: Final = {
    "ada": (_LAT + 0.0010, _LON + 0.0015),
    "bruno": (_LAT + 0.0030, _LON + 0.0040),
    "carol": (_LAT + 0.0040, _LON + 0.0065),
    "dora": (_LAT + 0.0120, _LON + 0.0065),
}
ADDRESSES: Final = {name: f"{100 + number} Walkthrough Street" for number, name in enumerate(HOMES)}
