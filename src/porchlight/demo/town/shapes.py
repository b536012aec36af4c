"""What a town is made of. Coordinates are WGS84; a ring is closed and counter-clockwise, (lon, lat)."""

from dataclasses import dataclass

from porchlight.core.places import ExactPlace
from porchlight.demo.town.map_file import FeatureCollection, feature, line_feature, polygon_feature, rounded
from porchlight.demo.town.public_places import places_csv

Line = tuple[tuple[float, float], ...]
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Street:
    """A named street; `rank` 1 is a main street, 2 any other."""

    name: str
    rank: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Path:
    """A way for walkers, without a name."""

    line: Line


@dataclass(frozen=True)
class Water:
    name: str
    ring: Ring
    label_at: tuple[float, float]
    label_turn_deg: float


@dataclass(frozen=True)
class Green:
    name: str
    ring: Ring


@dataclass(frozen=True)
class Civic:
    """The grounds of a public place and the building on them."""

    name: str
    ring: Ring
    building: Ring


@dataclass(frozen=True)
class Home:
    """One address. `place` is the middle of the building, and the ring starts with the two ends of its front wall."""

    number: int
    street: str
    zip_code: str
    place: ExactPlace
    ring: Ring

    @property
    def address(self) -> str:
        return f"{self.number} {self.street}"


@dataclass(frozen=True)
class Intersection:
    name: str
    place: ExactPlace


@dataclass(frozen=True)
class Town:
    """A whole town. `bounds` is (west, south, east, north) and holds all of it."""

    name: str
    state: str
    streets: tuple[Street, ...]
    paths: tuple[Path, ...]
    waters: tuple[Water, ...]
    greens: tuple[Green, ...]
    civics: tuple[Civic, ...]
    homes: tuple[Home, ...]
    outbuildings: tuple[Ring, ...]
    intersections: tuple[Intersection, ...]
    jurisdiction: Ring
    bounds: tuple[float, float, float, float]

    def home_at(self, address: str) -> Home:
        """The home of a public address like "214 Mill Street"; KeyError where there is none."""
        for home in self.homes:
            if home.address == address:
                return home
        raise KeyError(address)

    def jurisdiction_geojson(self) -> dict[str, object]:
        """The agency's jurisdiction as a GeoJSON Polygon geometry."""
        return {"type": "Polygon", "coordinates": [[list(p) for p in self.jurisdiction]]}

    def addresses_csv(self) -> str:
        """Every public address: `kind,name,zip,lat,lon`, sorted by street and number."""
        return places_csv(
            ("address", home.address, home.zip_code, home.place.lat, home.place.lon) for home in self.homes
        )

    def intersections_csv(self) -> str:
        """Every crossing of two named streets, in the columns of `addresses_csv` with an empty ZIP code."""
        return places_csv(
            ("intersection", crossing.name, "", crossing.place.lat, crossing.place.lon)
            for crossing in self.intersections
        )

    def map_geojson(self) -> FeatureCollection:
        """The public base map: the same for everyone, from public facts alone, nothing about cameras.

        Each feature's `kind` is street, path, water, green, building, civic, label or boundary. Streets carry
        `name` and `rank`; labels carry `name`, `of` (town, water, green or civic) and `rotate` in degrees.
        """
        rings = sorted(rounded(ring) for ring in [*(home.ring for home in self.homes), *self.outbuildings])
        middle = ((self.bounds[0] + self.bounds[2]) / 2, (self.bounds[1] + self.bounds[3]) / 2)
        return {
            "type": "FeatureCollection",
            "bbox": [round(edge, 6) for edge in self.bounds],
            "features": [
                *(polygon_feature("green", green.ring, name=green.name) for green in self.greens),
                *(polygon_feature("water", water.ring, name=water.name) for water in self.waters),
                *(polygon_feature("civic", civic.ring, name=civic.name) for civic in self.civics),
                *(line_feature("path", (path.line,)) for path in self.paths),
                *(line_feature("street", s.lines, name=s.name, rank=s.rank) for s in self.streets),
                *(polygon_feature("building", civic.building) for civic in self.civics),
                *(polygon_feature("building", ring) for ring in rings),
                polygon_feature("boundary", self.jurisdiction, name=f"{self.name} city limits"),
                feature("label", "Point", middle, name=self.name, of="town", rotate=0),
                *(
                    feature("label", "Point", w.label_at, name=w.name, of="water", rotate=w.label_turn_deg)
                    for w in self.waters
                ),
                *(
                    feature("label", "Point", middle_of(g.ring), name=g.name, of="green", rotate=0)
                    for g in self.greens
                ),
                *(
                    feature("label", "Point", middle_of(c.ring), name=c.name, of="civic", rotate=0)
                    for c in self.civics
                ),
            ],
        }


def middle_of(ring: Ring) -> tuple[float, float]:
    """The mean of a ring's corners, good enough to hang a name on."""
    corners = ring[:-1]
    return sum(p[0] for p in corners) / len(corners), sum(p[1] for p in corners) / len(corners)
