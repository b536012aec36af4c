"""Every route of every side, for every visitor, with an own, a foreign and an absent object: as the tables say.

The tables are written by hand; the routes come from the resolver. Foreign and absent are byte-identical, form tokens
apart, and whatever is refused writes nothing.
"""

from __future__ import annotations

import pytest
from tests.server.access_matrix.routes import Route, routes
from tests.server.access_matrix.table import Table
from tests.server.access_matrix.tables import TABLES, VISITORS, public, visitors_of
from tests.server.access_matrix.visiting import Visitors, mistakes

from porchlight.core.visibility import Side
from porchlight.server.foundation.sides import session_cookie

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROUTES = {side: routes(side) for side in TABLES}


def methods_of(table: Table, route: Route) -> tuple[str, ...]:
    """Those that every route is tried with, and those that the table names for this one."""
    named = {method for row in table.rows if row.route == route.name for method in row.methods}
    return ("GET", "POST", *sorted(named - {"GET", "POST"}))


@pytest.mark.parametrize("side", TABLES)
def test_the_table_names_every_route_and_no_other(side: str) -> None:
    named = {row.route for row in TABLES[side].rows if not row.is_general}
    assert named == set(ROUTES[side])


@pytest.mark.parametrize("side", TABLES)
def test_the_table_speaks_of_known_visitors_only(side: str) -> None:
    assert {visitor for row in TABLES[side].rows for visitor in row.who} == set(VISITORS[side])


@pytest.mark.parametrize(("side", "name"), [(side, name) for side in TABLES for name in ROUTES[side]])
def test_route(visitors: Visitors, side: str, name: str) -> None:
    table, route = TABLES[side], ROUTES[side][name]
    found = mistakes(visitors, table, route, visitors_of(side, name), methods_of(table, route))
    assert not found, "\n" + "\n".join(found)


MEMBERS = {"resident": "home", "agency": "confirmed", "review": "reviewer", "operator": "operator"}
REFUSED = {"404", "sign-in", "set-up"}
LINKS = {("resident", "request-link"), ("resident", "one-click")}
"""Whose links are the permission: a mail program posts to them, and a form from elsewhere gains nothing."""


@pytest.mark.parametrize("side", TABLES)
def test_what_another_sites_form_sends_is_refused(visitors: Visitors, side: str) -> None:
    """Whatever the method that writes: without the page's token nothing is done."""
    for name, route in ROUTES[side].items():
        for method in set(methods_of(TABLES[side], route)) - {"GET", "HEAD", "OPTIONS"}:
            answer = visitors.enter(TABLES[side], MEMBERS[side], method, route, forged=True)
            assert answer.said == ("200+" if (side, name) in LINKS else "403"), (name, method)


@pytest.mark.parametrize("side", TABLES)
def test_a_method_that_no_line_names_is_refused(visitors: Visitors, side: str) -> None:
    """405 for whoever may enter; for who may not, it is as with any other method."""
    table = TABLES[side]
    for name, route in ROUTES[side].items():
        visitor, usual = _entitled(table, name)
        expected = {"405"} | (usual if usual <= REFUSED else set())
        for method in {"PUT", "PATCH", "DELETE", "OPTIONS"} - set(methods_of(table, route)):
            assert visitors.enter(table, visitor, method, route).said in expected, (name, method)


def _entitled(table: Table, name: str) -> tuple[str, set[str]]:
    """Somebody for whom the route is, with what they get there; the first visitor where it is for nobody."""
    usual = {
        visitor: {row.cells[0] for method in ("GET", "POST") for row in table.rows_of(name, method, visitor)}
        for visitor in visitors_of(table.side, name)
    }
    chosen = next((visitor for visitor, answers in usual.items() if answers - REFUSED), next(iter(usual)))
    return chosen, usual[chosen]


@pytest.mark.parametrize(
    "name", [*dict.fromkeys(row.route for row in public.TABLE.rows), "request-link", "one-click"]
)
def test_a_public_page_is_the_same_for_everybody(visitors: Visitors, name: str) -> None:
    """But for the frame, in which who is signed in finds their own pages."""
    asked = {
        visitors.enter(TABLES["resident"], who, "GET", ROUTES["resident"][name], view="home").content
        for who in VISITORS["resident"]
    }
    assert len(asked) == 1


def test_whoever_is_locked_does_not_come_in_with_the_right_password(visitors: Visitors) -> None:
    """The session that was open goes on (see the table); the way by password is closed, on every side."""
    for side in TABLES:
        answer = visitors.enter(TABLES[side], "nobody", "POST", ROUTES[side]["account_login"])
        assert answer.outcome == "200", side
        assert session_cookie(Side(side)) not in answer.cookies, side
