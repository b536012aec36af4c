"""Reading drawn areas: every kind of bad input has its own reason, and the dear ones cost nothing."""

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.generated import polygon, quick, rectangle, star_shapes

from porchlight.core.errors import Refused
from porchlight.core.places import read_area

BOX = [(0.0, 0.0), (0.01, 0.0), (0.01, 0.01), (0.0, 0.01)]


def codes(value, **limits):
    with pytest.raises(Refused) as refused:
        read_area(value, **limits)
    return [each.code for each in refused.value.reasons]


def ring(*points):
    return {"type": "Polygon", "coordinates": [[list(point) for point in points]]}


@pytest.mark.parametrize(
    "junk",
    [
        None,
        7,
        "Polygon",
        [],
        {},
        {"type": "Point", "coordinates": [0, 0]},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": "x"},
        {"type": "Feature", "geometry": polygon(BOX)},
        {"type": ["Polygon"], "coordinates": []},
    ],
)
def test_what_is_no_polygon_is_refused(junk):
    assert codes(junk) == ["area_not_a_polygon"]


@pytest.mark.parametrize("coordinates", [[], [[]], [7], [None]])
def test_an_empty_polygon_is_refused(coordinates):
    assert codes({"type": "Polygon", "coordinates": coordinates}) == ["area_empty"]


def test_a_multipart_shape_is_refused():
    assert codes({"type": "MultiPolygon", "coordinates": [[BOX]]}) == ["area_multipart"]


def test_holes_are_refused():
    box = polygon(BOX)
    box["coordinates"].append(box["coordinates"][0])
    assert codes(box) == ["area_has_holes"]


def test_an_unclosed_ring_is_refused_and_not_mended():
    assert codes(ring(*BOX)) == ["area_not_closed"]


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 10**400])
def test_coordinates_that_are_no_finite_numbers_are_refused(number):
    assert codes(ring((0, 0), (number, 0), (1, 1), (0, 0))) == ["area_coordinate_not_finite"]


@pytest.mark.parametrize("point", [(181, 0), (0, 86), (-180.5, 0), (0, -90)])
def test_coordinates_off_the_map_are_refused(point):
    assert codes(ring((0, 0), point, (1, 1), (0, 0))) == ["area_coordinate_out_of_range"]


@pytest.mark.parametrize("position", [None, "0,0", 5, [1], [1, 2, 3], ["1", "2"], [True, False], {"lon": 1}])
def test_positions_that_are_no_pairs_of_numbers_are_refused(position):
    value = {"type": "Polygon", "coordinates": [[[0, 0], position, [1, 1], [0, 0]]]}
    assert codes(value) == ["area_position_not_a_pair"]


def test_all_faults_are_told_at_once_and_where_they_are():
    value = {"type": "Polygon", "coordinates": [[[0, math.nan], ["x", 1], [200, 0], [0, 0]], []]}
    with pytest.raises(Refused) as refused:
        read_area(value)
    assert {each.code: each.params.get("point") for each in refused.value.reasons} == {
        "area_has_holes": None,
        "area_coordinate_not_finite": 1,
        "area_position_not_a_pair": 2,
        "area_coordinate_out_of_range": 3,
    }


def test_a_bow_tie_crosses_itself_and_says_where():
    bow_tie = polygon([(0, 0), (0.01, 0.01), (0, 0.01), (0.01, 0)])
    with pytest.raises(Refused) as refused:
        read_area(bow_tie)
    (found,) = refused.value.reasons
    assert found.code == "area_self_intersecting"
    assert (found.params["lon"], found.params["lat"]) == pytest.approx((0.005, 0.005))


def test_a_ring_that_touches_itself_is_refused():
    pinched = polygon([(0, 0), (0.01, 0), (0.005, 0.005), (0.01, 0.01), (0, 0.01), (0.005, 0.005)])
    assert codes(pinched) == ["area_self_intersecting"]


def test_a_spike_without_width_is_refused():
    spike = polygon([(0, 0), (0.01, 0), (0.02, 0), (0.01, 0), (0.01, 0.01), (0, 0.01)])
    assert codes(spike) == ["area_self_intersecting"]


def test_a_line_there_and_back_is_flat():
    assert codes(polygon([(0, 0), (0.01, 0.01), (0.02, 0.02)])) == ["area_flat"]


@pytest.mark.parametrize("points", [[(0, 0)], [(0, 0), (1, 1)], [(0, 0), (1, 1), (0, 0), (1, 1)]])
def test_fewer_than_three_corners_are_refused(points):
    assert codes(polygon(points)) == ["area_too_few_corners"]


def test_the_antimeridian_is_not_crossed():
    assert codes(polygon([(179.99, 0), (-179.99, 0), (-179.99, 0.01), (179.99, 0.01)])) == [
        "area_crosses_antimeridian"
    ]


def test_the_antimeridian_may_be_an_edge():
    assert read_area(polygon([(179.99, 0), (180, 0), (180, 0.01), (179.99, 0.01)])).vertices == 4


def test_what_is_wider_than_any_town_is_not_measured():
    assert codes(polygon([(0, 0), (50, 0), (50, 50), (0, 50)])) == ["area_far_too_wide"]


def test_too_many_corners_are_refused_before_any_is_read():
    unreadable = {"type": "Polygon", "coordinates": [[object()] * 102]}
    assert codes(unreadable) == ["area_too_many_vertices"]


def test_a_hundred_thousand_corners_cost_nothing():
    circle = [
        (math.cos(2 * math.pi * n / 100_000) / 100, math.sin(2 * math.pi * n / 100_000) / 100)
        for n in range(100_000)
    ]
    value = polygon(circle)
    started = time.process_time()
    assert codes(value) == ["area_too_many_vertices"]
    assert time.process_time() - started < 0.05


def test_a_hundred_corners_are_allowed_and_one_more_is_not():
    def circle(corners):
        return polygon(
            [
                (math.cos(2 * math.pi * n / corners) / 100, math.sin(2 * math.pi * n / corners) / 100)
                for n in range(corners)
            ]
        )

    assert read_area(circle(100)).vertices == 100
    assert codes(circle(101)) == ["area_too_many_vertices"]
    assert codes(circle(21), most_vertices=20) == ["area_too_many_vertices"]


def test_repeated_points_are_dropped():
    doubled = [point for point in BOX for _ in range(3)]
    assert read_area(polygon(doubled)) == read_area(polygon(BOX))


def test_a_coordinate_has_seven_decimals_and_no_negative_zero():
    area = read_area(polygon([(-0.0, 0.0), (0.01000000004, 0.0), (0.01, 0.01), (-0.0, 0.01)]))
    assert area == read_area(polygon(BOX))
    assert "-0.0" not in str(area.geojson())


@quick
@given(star_shapes())
def test_clockwise_and_counter_clockwise_are_the_same_area(points):
    one, other = read_area(polygon(points)), read_area(polygon(points[::-1]))
    assert one.area_m2 == pytest.approx(other.area_m2, rel=1e-9)
    assert one.polygon.exterior.is_ccw
    assert other.polygon.exterior.is_ccw
    assert set(one.ring) == set(other.ring)


@quick
@given(star_shapes())
def test_what_is_written_is_read_back_equal(points):
    area = read_area(polygon(points))
    assert read_area(area.geojson()) == area


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=25,
)


@quick
@given(json_values, json_values)
def test_no_junk_gets_through_or_breaks_the_reader(whole, coordinates):
    for value in (whole, {"type": "Polygon", "coordinates": coordinates}):
        try:
            area = read_area(value)
        except Refused as refused:
            found = refused.reasons
        else:
            found = area.polygon.is_valid
        assert found


@quick
@given(st.lists(st.tuples(st.floats(-0.01, 0.01), st.floats(-0.01, 0.01)), min_size=3, max_size=12))
def test_whatever_is_read_is_one_simple_shape(points):
    try:
        area = read_area(polygon(points))
    except Refused:
        return
    assert area.polygon.is_valid
    assert area.area_m2 > 0


def test_a_long_way_from_the_equator_still_reads():
    assert read_area(rectangle(900, 900, lat=69.9)).vertices == 4
