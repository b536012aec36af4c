"""What is typed or sent in bad faith or by mistake: each gets its reason, changes nothing, loses nothing."""

import math
import time
from datetime import timedelta

import pytest
from tests.server.video_requests import town

from porchlight.core.errors import Refused
from porchlight.server.video_requests import access, actions
from porchlight.server.video_requests.models import VideoRequest

W, S = town.WEST, town.SOUTH


def polygon(*points: tuple[float, float], close: bool = True) -> dict:
    ring = [list(point) for point in points]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]] if close else ring]}


def star() -> dict:
    points = []
    for index in range(20):
        radius = 0.006 if index % 2 else 0.0012
        angle = math.pi * index / 10
        points.append((W + radius * math.cos(angle), S + radius * math.sin(angle)))
    return polygon(*points)


AREAS = {
    "self-intersecting": (
        polygon((W, S), (W + 0.01, S + 0.0075), (W + 0.01, S), (W, S + 0.0075)),
        "area_self_intersecting",
    ),
    "multipart": ({"type": "MultiPolygon", "coordinates": [town.box()["coordinates"]] * 2}, "area_multipart"),
    "unclosed": (polygon((W, S), (W + 0.01, S), (W + 0.01, S + 0.0075), close=False), "area_not_closed"),
    "too many vertices": (
        polygon(*((W + 1e-7 * index, S) for index in range(100_000))),
        "area_too_many_vertices",
    ),
    "corridor": (town.box(wide=0.04, high=0.0005), "area_too_narrow"),
    "star": (star(), "area_too_ragged"),
    "nan": (polygon((W, S), (math.nan, S), (W + 0.01, S + 0.0075)), "area_coordinate_not_finite"),
    "infinite": (polygon((W, S), (math.inf, S), (W + 0.01, S + 0.0075)), "area_coordinate_not_finite"),
    "antimeridian": (
        polygon((179.995, S), (-179.995, S), (-179.995, S + 0.0075), (179.995, S + 0.0075)),
        "area_crosses_antimeridian",
    ),
    "hole": (
        {
            "type": "Polygon",
            "coordinates": [
                *town.box()["coordinates"],
                *town.box(W + 0.003, S + 0.003, wide=0.001, high=0.001)["coordinates"],
            ],
        },
        "area_has_holes",
    ),
    "tiny": (town.box(wide=0.0005, high=0.0005), "area_too_small"),
    "huge": (town.box(wide=0.05, high=0.05), "area_too_large"),
    "elsewhere": (town.box(10.0, 50.0), "area_outside_jurisdiction"),
    "off the map": (town.box(200.0, 50.0), "area_coordinate_out_of_range"),
    "flat": (polygon((W, S), (W + 0.01, S), (W + 0.02, S)), "area_flat"),
    "text": ("POLYGON((0 0, 1 1))", "area_not_a_polygon"),
    "list": ([[1, 2]], "area_not_a_polygon"),
    "junk": ({"type": "Polygon", "coordinates": [[["a", None], {}, 3, []]]}, "area_position_not_a_pair"),
    "deep": ({"type": "Polygon", "coordinates": [[[[[[1]]]]]]}, "area_position_not_a_pair"),
    "nothing": ({"type": "Polygon", "coordinates": []}, "area_empty"),
}


def reasons_of(agents: town.Agents, **changes: object) -> set[str]:
    """The draft is kept, whatever it holds; sending it gives these reasons and changes nothing."""
    request = town.save(agents.officer, **changes)
    with pytest.raises(Refused) as refused:
        town.submit(agents.officer, request)
    request.refresh_from_db()
    assert (request.state, request.q_recipient, request.submitted_at) == ("draft", "", None)
    return {each.code for each in refused.value.reasons}


@pytest.mark.parametrize("name", AREAS)
def test_an_area_that_cannot_be_asked_about_says_why(agents: town.Agents, name: str) -> None:
    area, code = AREAS[name]
    began = time.perf_counter()
    assert code in reasons_of(agents, area=area)
    assert time.perf_counter() - began < 5


def test_a_clockwise_area_is_the_same_area(agents: town.Agents) -> None:
    area = town.box()
    area["coordinates"][0].reverse()
    sent = town.submitted(agents, area=area)
    assert sent.area == town.submitted(agents, area=town.box()).area


def test_a_broken_area_stays_broken_until_it_is_drawn_again(agents: town.Agents) -> None:
    """The area that was sent before must not go out under a new one that could not be read."""
    request = town.submitted(agents)
    actions.send_back(by=agents.supervisor, request_id=request.pk, note="Draw it smaller, please.")
    actions.save_draft(by=agents.officer, draft=town.draft(area=star()), request_id=request.pk)
    bowtie = AREAS["self-intersecting"][0]
    actions.save_draft(by=agents.officer, draft=town.draft(area=bowtie), request_id=request.pk)
    with pytest.raises(Refused) as refused:
        actions.submit(by=agents.officer, request_id=request.pk)
    assert {each.code for each in refused.value.reasons} == {"area_self_intersecting"}
    # It still counts for its case while it is being changed.
    town.submitted(agents, public_summary=town.SUMMARY + " A second one.")
    with pytest.raises(Refused):
        town.submitted(agents, public_summary=town.SUMMARY + " A third one.")


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [
        (town.ENDS, town.STARTS, "span_reversed"),
        (town.STARTS, town.STARTS, "span_reversed"),
        (town.STARTS, town.STARTS + timedelta(minutes=5), "span_too_short"),
        (town.STARTS, town.STARTS + timedelta(hours=14, minutes=30), "span_too_long"),
        (town.NOW - timedelta(hours=1), town.NOW + timedelta(hours=1), "span_in_future"),
        (
            town.NOW - timedelta(days=46),
            town.NOW - timedelta(days=46) + timedelta(hours=1),
            "incident_too_old",
        ),
        (None, town.ENDS, "span_missing"),
    ],
)
def test_a_span_that_cannot_be_asked_for_says_why(
    agents: town.Agents, starts: object, ends: object, code: str
) -> None:
    assert reasons_of(agents, starts_at=starts, ends_at=ends) == {code}


@pytest.mark.parametrize("field", ["public_summary", "factual_basis"])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The van was seen. Look at https://example.org/van for more.", "text_link"),
        ("The van was seen. Look at www.example.org for more.", "text_link"),
        ("The van was seen. Write to det.hale@afpd.example about it.", "text_mail_address"),
        ("The van was seen on Linden Street. Call (555) 234-5678 soon.", "text_phone_number"),
        ("The van was seen on Linden Street. Call +44 20 7946 0958 soon.", "text_phone_number"),
        ("The van was seen\x07 on Linden Street at 9:50 pm by its owner.", "text_control_characters"),
        ("The van was \u202eneeS\u202c on Linden Street at 9:50 pm.", "text_direction_controls"),
        ("The van was s\u200been on Linden Street at 9:50 pm by him.", "text_invisible_characters"),
        ("Van", "text_too_short"),
    ],
)
def test_words_that_go_round_the_platform_are_refused(
    agents: town.Agents, field: str, text: str, code: str
) -> None:
    assert code in reasons_of(agents, **{field: text})


@pytest.mark.parametrize(
    "text",
    [
        "Case AF-26-01734: the van left 1200 Linden Street at 9:50 pm, plate 4471902.",
        "Two people took 3 bicycles on 03/18/2026 between 9:00 and 9:45 pm.",
    ],
)
def test_ordinary_numbers_pass(agents: town.Agents, text: str) -> None:
    assert town.submitted(agents, public_summary=text).state == "submitted"


MEGABYTE = "word " * 210_000


@pytest.mark.parametrize(
    "changes",
    [
        {"public_summary": MEGABYTE},
        {"factual_basis": MEGABYTE},
        {"publish_delay_days": 5, "publish_delay_reason": MEGABYTE},
        {"case_number": MEGABYTE},
        {"offense": MEGABYTE},
        {"typed": {"area": MEGABYTE}},
        {"public_summary": "a\0b"},
        {"factual_basis": "a\ud800b"},
        {"case_number": "AF\0"},
        {"typed": {"area": "44.1, \0"}},
        {"flags": frozenset({"no_such_flag"})},
        {"publish_delay_days": 31},
        {"publish_delay_days": -1},
    ],
)
def test_what_cannot_be_stored_is_refused_at_once_and_changes_nothing(
    agents: town.Agents, changes: dict
) -> None:
    began = time.perf_counter()
    with pytest.raises(Refused):
        town.save(agents.officer, **changes)
    kept = town.save(agents.officer)
    with pytest.raises(Refused):
        actions.save_draft(by=agents.officer, draft=town.draft(**changes), request_id=kept.pk)
    kept.refresh_from_db()
    assert (kept.public_summary, kept.factual_basis, kept.version) == (town.SUMMARY, town.BASIS, 1)
    assert VideoRequest.objects.count() == 1
    assert time.perf_counter() - began < 5


def test_a_delay_of_publication_needs_a_reason(agents: town.Agents) -> None:
    assert reasons_of(agents, publish_delay_days=10) == {"text_missing"}
    given = {"publish_delay_days": 10, "publish_delay_reason": "The investigation is still open."}
    assert town.submitted(agents, **given).publish_delay_days == 10


def test_a_check_says_everything_and_writes_nothing(agents: town.Agents) -> None:
    checks = access.check(agents.officer, town.draft(ends_at=town.STARTS, area=star()))
    broken = {str(each.rule) for each in checks if each.state == "broken"}
    assert {"span", "compactness"} <= broken
    assert not VideoRequest.objects.exists()
