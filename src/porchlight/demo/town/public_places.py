"""The CSV of public addresses and intersections, as `porchlight places import` reads it."""

import csv
import io
from collections.abc import Iterable

COLUMNS = ("kind", "name", "zip", "lat", "lon")


def places_csv(rows: Iterable[tuple[str, str, str, float, float]]) -> str:
    """CSV text with a header; latitude and longitude have six decimals."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for kind, name, zip_code, lat, lon in rows:
        writer.writerow((kind, name, zip_code, f"{lat:.6f}", f"{lon:.6f}"))
    return out.getvalue()
