"""The frames of the sides: every way leads somewhere, and the right one is current."""

import pytest
from django.test import RequestFactory
from django.urls import get_resolver, resolve

from porchlight.server.ui import shells
from porchlight.server.ui.shells import SHELLS, links, who

CONFS = {
    side: f"porchlight.server.portals.{side}.urls" for side in ("resident", "agency", "review", "operator")
}
CONFS["public"] = CONFS["resident"]


@pytest.mark.parametrize("side", SHELLS)
def test_every_way_leads_to_a_page(side: str) -> None:
    absent = [way.urls for way in SHELLS[side].ways if way.path(CONFS[side]) is None]
    assert absent == []


@pytest.mark.parametrize("side", SHELLS)
def test_a_way_is_current_on_its_own_page(side: str) -> None:
    for way in SHELLS[side].ways:
        path = way.path(CONFS[side])
        assert path
        current = [link.path for link in links(SHELLS[side], urlconf=CONFS[side], path=path) if link.current]
        assert current == [path]
        assert resolve(path, CONFS[side]).func


@pytest.mark.parametrize(
    ("side", "path", "label"),
    [
        ("review", "/requests/1/", "Requests"),
        ("review", "/reports/", "Reports"),
        ("operator", "/agencies/add/", "Agencies"),
        ("operator", "/people/", "People"),
        ("resident", "/cameras/add/", "Cameras"),
        ("resident", "/account/second-step/", "Settings"),
        ("agency", "/requests/new/", "Requests"),
    ],
)
def test_a_page_below_belongs_to_its_way(side: str, path: str, label: str) -> None:
    current = [
        str(link.label) for link in links(SHELLS[side], urlconf=CONFS[side], path=path) if link.current
    ]
    assert current == [label]


def test_a_page_of_no_way_marks_none() -> None:
    assert not any(
        link.current for link in links(SHELLS["operator"], urlconf=CONFS["operator"], path="/nowhere/")
    )


def test_nobody_is_named_where_nobody_is_signed_in() -> None:
    assert who(RequestFactory().get("/")) is None


def test_labels_fit_the_bar_of_a_phone() -> None:
    labels = [str(way.label) for shell in SHELLS.values() for way in shell.ways]
    assert [label for label in labels if len(label) > 13] == []
    assert max(len(shell.ways) for shell in SHELLS.values()) <= 5
    assert get_resolver(CONFS["resident"])
    assert shells.SHELLS["public"].top
