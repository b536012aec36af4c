"""Area, width, compactness; what is inside; which cells."""

import math
from itertools import pairwise

import h3
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely.geometry import Point
from tests.core.generated import at, latitudes, longitudes, polygon, quick, rectangle, square, star_shapes

from porchlight.core.errors import Refused
from porchlight.core.places import (
    ExactPlace,
    PublicPoint,
    cell_of,
    cells_overlapping,
    contains,
    contains_each,
    covers,
    overlap,
    read_area,
    read_jurisdiction,
)

SQUARE_MILE_M2 = 1609.344**2


@quick
@given(st.floats(130, 3000), st.floats(130, 3000), st.floats(0, 90), latitudes, longitudes)
def test_a_rectangle_measures_what_it_measures(width, height, turn, lat, lon):
    area = read_area(rectangle(width, height, turn, lat, lon))
    assert area.area_m2 == pytest.approx(width * height, rel=1e-4)
    assert area.square_miles == pytest.approx(width * height / SQUARE_MILE_M2, rel=1e-4)
    expected = math.pi * width * height / (width + height) ** 2
    assert area.compactness == pytest.approx(expected, rel=1e-4)
    # to the tolerance plus 11 mm of rounding and the bow of edges that are straight in degrees
    assert min(width, height) / 2 - 0.9 <= area.inscribed_radius_m <= min(width, height) / 2 + 0.6


def test_a_circle_is_the_most_compact():
    circle = read_area(polygon([at(44, -89, 3.6 * n, 500) for n in range(100)]))
    assert circle.compactness == pytest.approx(1, abs=0.002)
    assert circle.inscribed_radius_m == pytest.approx(500, abs=1)


def between_parallels(south, north, degrees_of_longitude):
    """Square metres on WGS 84 between two parallels, by the closed formula of the ellipsoid's zone."""
    semi_minor, eccentricity = 6_356_752.314245, math.sqrt(0.00669437999014)

    def zone(lat):
        sine = math.sin(math.radians(lat))
        slant = sine / (1 - (eccentricity * sine) ** 2)
        return slant + math.atanh(eccentricity * sine) / eccentricity

    return semi_minor**2 / 2 * math.radians(degrees_of_longitude) * (zone(north) - zone(south))


def test_the_area_is_that_of_the_ellipsoid():
    area = read_area(polygon([(-89.33, 44.09), (-89.32, 44.09), (-89.32, 44.10), (-89.33, 44.10)]))
    assert area.area_m2 == pytest.approx(between_parallels(44.09, 44.10, 0.01), abs=1)
    assert area.square_miles == pytest.approx(area.area_m2 / SQUARE_MILE_M2)


@quick
@given(star_shapes())
def test_the_inscribed_circle_is_inside(points):
    area = read_area(polygon(points))
    assert 0 < area.inscribed_radius_m <= math.sqrt(area.area_m2 / math.pi) * 1.001


def crossings(ring, lon, lat):
    """Even-odd rule, written on its own: how often a line to the east crosses the ring."""
    count = 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            count += 1
    return count


@quick
@given(star_shapes(), st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=40))
def test_inside_is_what_the_even_odd_rule_says(points, shares):
    area = read_area(polygon(points))
    west, south, east, north = area.polygon.bounds
    places = [ExactPlace(south + y * (north - south), west + x * (east - west)) for x, y in shares]
    each = contains_each(area, places)
    assert each == [contains(area, place) for place in places]
    for place, inside in zip(places, each, strict=True):
        if area.polygon.exterior.distance(Point(place.lon, place.lat)) > 1e-9:
            assert inside == (crossings(area.ring, place.lon, place.lat) % 2 == 1)


def test_a_corner_and_an_edge_are_inside():
    area = read_area(polygon([(0, 0), (0.01, 0), (0.01, 0.01), (0, 0.01)]))
    assert contains(area, ExactPlace(0, 0))
    assert contains(area, ExactPlace(0.005, 0))
    assert not contains(area, ExactPlace(0.005, -0.0000001))
    assert contains_each(area, []) == []


@quick
@given(star_shapes(), st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=5, max_size=40))
def test_no_place_in_an_area_is_in_a_cell_that_was_not_found(points, shares):
    area = read_area(polygon(points))
    cells = cells_overlapping(area)
    west, south, east, north = area.polygon.bounds
    inside = [
        place
        for x, y in shares
        if contains(area, place := ExactPlace(south + y * (north - south), west + x * (east - west)))
    ]
    corners = [ExactPlace(lat, lon) for lon, lat in area.ring]
    edges = [ExactPlace((a[1] + b[1]) / 2, (a[0] + b[0]) / 2) for a, b in pairwise(area.ring)]
    for place in [*inside, *corners, *edges]:
        assert cell_of(place) in cells


def test_cells_are_those_that_overlap_and_not_only_those_centred_inside():
    area = square()
    cells = cells_overlapping(area)
    by_centre = set(h3.geo_to_cells(area.geojson(), 9))
    assert by_centre < cells
    assert len(cells) < 40
    assert all(h3.get_resolution(cell) == 9 for cell in cells)


@pytest.mark.parametrize(("lat", "lon"), [(0, 180), (0, -180), (85, 10), (-85, 10), (84.999, 179.99)])
def test_cells_are_found_at_the_edges_of_the_map(lat, lon):
    west, south = min(lon, 180 - 0.01) if lon > 0 else lon, min(lat, 84.99)
    area = read_area(
        polygon([(west, south), (west + 0.01, south), (west + 0.01, south + 0.01), (west, south + 0.01)])
    )
    cells = cells_overlapping(area)
    for x, y in area.ring:
        assert cell_of(ExactPlace(y, x)) in cells
    assert area.inscribed_radius_m > 0


def test_overlap_is_ground_in_common():
    box = polygon([(0, 0), (0.01, 0), (0.01, 0.01), (0, 0.01)])
    beside = polygon([(0.01, 0), (0.02, 0), (0.02, 0.01), (0.01, 0.01)])
    across = polygon([(0.005, 0.005), (0.02, 0.005), (0.02, 0.02), (0.005, 0.02)])
    one, touching, crossing = read_area(box), read_area(beside), read_area(across)
    assert overlap(one, one)
    assert overlap(one, crossing)
    assert overlap(crossing, one)
    assert not overlap(one, touching)


TOWN = rectangle(8000, 8000)


def test_a_jurisdiction_covers_what_is_wholly_in_it():
    jurisdiction = read_jurisdiction(TOWN)
    assert covers(jurisdiction, square())
    assert covers(TOWN, square())
    assert not covers(jurisdiction, read_area(rectangle(9000, 700)))
    assert read_jurisdiction(jurisdiction.geojson()) == jurisdiction


def test_a_jurisdiction_may_have_parts_and_holes():
    parts = {
        "type": "MultiPolygon",
        "coordinates": [TOWN["coordinates"], rectangle(2000, 2000, lat=45)["coordinates"]],
    }
    assert covers(parts, read_area(rectangle(900, 900, lat=45)))
    assert covers(parts, square())
    holed = {"type": "Polygon", "coordinates": [*TOWN["coordinates"], *rectangle(100, 100)["coordinates"]]}
    assert not covers(holed, square())


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "jurisdiction_not_a_polygon"),
        ({"type": "Point", "coordinates": [0, 0]}, "jurisdiction_not_a_polygon"),
        ({"type": "Polygon", "coordinates": []}, "jurisdiction_not_a_polygon"),
        (
            {"type": "Polygon", "coordinates": [[[0, math.nan], [1, 1], [0, 1], [0, 0]]]},
            "jurisdiction_not_a_polygon",
        ),
        ({"type": "Polygon", "coordinates": [["x"]]}, "jurisdiction_not_a_polygon"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0]]]}, "jurisdiction_not_a_polygon"),
        (polygon([(0, 0), (200, 0), (200, 10)]), "jurisdiction_out_of_range"),
        (polygon([(0, 0), (1, 1), (0, 1), (1, 0)]), "jurisdiction_not_simple"),
    ],
)
def test_a_jurisdiction_that_is_none_is_refused(value, code):
    with pytest.raises(Refused) as refused:
        read_jurisdiction(value)
    assert [each.code for each in refused.value.reasons] == [code]


def test_an_exact_place_does_not_print_where_it_is():
    place = ExactPlace(44.0951234, -89.3251234)
    assert "44" not in repr(place)
    assert "44" not in f"{place} {place!s} {[place]}"


@quick
@given(st.floats(), st.floats())
def test_places_are_finite_and_on_the_map(lat, lon):
    assume(not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 85 and abs(lon) <= 180))
    for kind in (ExactPlace, PublicPoint):
        with pytest.raises(ValueError, match="place"):
            kind(lat, lon)


def test_exact_and_public_are_never_equal():
    assert ExactPlace(1, 2) != PublicPoint(1, 2)
