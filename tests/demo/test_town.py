import csv
import io
import json
import math

import pytest
from shapely import LineString, Point, Polygon, STRtree, box

from porchlight.demo.town import CAMERA_HOMES, Town, alder_falls, camera_spots
from porchlight.demo.town.plane import to_metres


@pytest.fixture(scope="module")
def town() -> Town:
    return alder_falls()


def in_metres(ring) -> Polygon:
    return Polygon([to_metres(*point) for point in ring])


def test_the_same_seed_gives_the_same_town_to_the_last_digit(town):
    alder_falls.cache_clear()
    again = alder_falls()
    assert again is not town
    assert again == town


def test_another_seed_gives_another_town(town):
    assert alder_falls(5).homes != town.homes


def test_it_has_2400_homes_each_with_an_address_of_its_own(town):
    assert len(town.homes) == 2400
    assert len({home.address for home in town.homes}) == 2400
    assert town.home_at("214 Mill Street").zip_code == "00101"


def test_an_address_that_is_not_there_is_a_key_error(town):
    with pytest.raises(KeyError):
        town.home_at("9999 Mill Street")


def test_every_home_lies_inside_the_bounds_and_most_inside_the_jurisdiction(town):
    bounds, jurisdiction = box(*town.bounds), Polygon(town.jurisdiction)
    places = [Point(home.place.lon, home.place.lat) for home in town.homes]
    assert all(bounds.contains(place) for place in places)
    inside = sum(jurisdiction.contains(place) for place in places)
    assert 0.8 * len(places) <= inside < len(places)
    assert bounds.contains(jurisdiction)


def test_every_ring_is_closed_valid_and_counter_clockwise(town):
    rings = [home.ring for home in town.homes]
    rings += [town.jurisdiction, *town.outbuildings]
    rings += [area.ring for area in (*town.greens, *town.waters, *town.civics)]
    for ring in rings:
        polygon = Polygon(ring)
        assert ring[0] == ring[-1]
        assert polygon.is_valid
        assert polygon.exterior.is_ccw


def test_homes_touch_neither_each_other_nor_the_river_nor_a_street(town):
    buildings = [in_metres(home.ring) for home in town.homes]
    tree = STRtree(buildings)
    pairs = tree.query(buildings, predicate="intersects")
    assert all(a == b for a, b in pairs.T)
    river = in_metres(town.waters[0].ring)
    assert not any(river.intersects(building) for building in buildings)
    for street in town.streets:
        for line in street.lines:
            near = tree.query(
                LineString([to_metres(*point) for point in line]), predicate="dwithin", distance=5
            )
            assert len(near) == 0, street.name


def test_a_home_stands_near_its_own_street(town):
    lines = {
        street.name: [LineString([to_metres(*p) for p in line]) for line in street.lines]
        for street in town.streets
    }
    for home in town.homes:
        place = Point(to_metres(home.place.lon, home.place.lat))
        assert min(line.distance(place) for line in lines[home.street]) < 30


def test_streets_cross_the_river_on_three_bridges(town):
    river = Polygon(town.waters[0].ring)
    over = {
        street.name
        for street in town.streets
        if any(LineString(line).crosses(river) for line in street.lines)
    }
    assert over == {"Ferry Street", "Main Street", "Foundry Street"}


def test_intersections_have_the_names_that_people_use(town):
    names = {crossing.name for crossing in town.intersections}
    assert len(town.intersections) > 120
    assert {"Mill Street and Third Avenue", "Linden Street and Third Avenue"} <= names


def test_300_homes_have_one_or_two_cameras_at_their_walls(town):
    spots = camera_spots(town, always=("214 Mill Street",))
    per_home: dict[str, int] = {}
    for spot in spots:
        per_home[spot.home.address] = per_home.get(spot.home.address, 0) + 1
        wall = in_metres(spot.home.ring).exterior
        at = Point(to_metres(spot.place.lon, spot.place.lat))
        assert wall.distance(at) < 0.5
        assert not in_metres(spot.home.ring).contains(at)
        assert 0 <= spot.direction_deg < 360
    assert len(per_home) == CAMERA_HOMES
    assert set(per_home.values()) == {1, 2}
    assert "214 Mill Street" in per_home
    assert {spot.kind for spot in spots} == {"doorbell", "outdoor"}
    assert {spot.name for spot in spots} == {"Front door", "Driveway", "Back yard"}


def test_a_doorbell_looks_away_from_its_house_toward_the_street(town):
    spots = [spot for spot in camera_spots(town) if spot.kind == "doorbell"]
    lines = {
        street.name: [LineString([to_metres(*p) for p in line]) for line in street.lines]
        for street in town.streets
    }
    for spot in spots:
        x, y = to_metres(spot.place.lon, spot.place.lat)
        home = in_metres(spot.home.ring)
        view = ahead(x, y, spot.direction_deg, 30)
        assert not view.intersects(home)
        assert any(view.crosses(line) for line in lines[spot.home.street])


def ahead(x: float, y: float, direction_deg: float, length: float) -> LineString:
    turn = math.radians(direction_deg)
    return LineString([(x, y), (x + length * math.sin(turn), y + length * math.cos(turn))])


def test_the_public_map_is_the_same_whoever_has_a_camera(town):
    before = json.dumps(town.map_geojson())
    shuffled = [camera_spots(town, seed=seed) for seed in (1, 2)]
    assert shuffled[0] != shuffled[1]
    assert json.dumps(town.map_geojson()) == before


def test_the_public_map_holds_every_home_and_nothing_about_any_of_them(town):
    features = town.map_geojson()["features"]
    buildings = [feature for feature in features if feature["properties"]["kind"] == "building"]
    assert all(feature["properties"] == {"kind": "building"} for feature in buildings)
    drawn = {tuple(map(tuple, feature["geometry"]["coordinates"][0])) for feature in buildings}
    for home in town.homes:
        assert tuple((round(lon, 6), round(lat, 6)) for lon, lat in home.ring) in drawn
    assert buildings[len(town.civics) :] == sorted(
        buildings[len(town.civics) :], key=lambda feature: feature["geometry"]["coordinates"]
    )


def test_the_public_map_is_small_and_has_the_kinds_that_the_style_knows(town):
    collection = town.map_geojson()
    assert len(json.dumps(collection)) < 1_500_000
    kinds = {feature["properties"]["kind"] for feature in collection["features"]}
    assert kinds == {"street", "path", "water", "green", "building", "civic", "label", "boundary"}
    ranks = {
        f["properties"]["name"]: f["properties"]["rank"]
        for f in collection["features"]
        if "rank" in f["properties"]
    }
    assert ranks["Main Street"] == ranks["Quarry Road"] == 1
    assert ranks["Mill Street"] == 2


def test_public_places_come_as_csv_with_a_header(town):
    addresses = list(csv.DictReader(io.StringIO(town.addresses_csv())))
    crossings = list(csv.DictReader(io.StringIO(town.intersections_csv())))
    assert len(addresses) == 2400
    assert len(crossings) == len(town.intersections)
    assert addresses[0].keys() == crossings[0].keys() == {"kind", "name", "zip", "lat", "lon"}
    assert {row["kind"] for row in addresses} == {"address"}
