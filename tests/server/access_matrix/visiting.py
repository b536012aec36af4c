"""Trying one cell: a visitor, a route, a method and an object; what came back, and whether anything was written."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.db import connection, transaction
from django.test import RequestFactory
from django.urls import reverse
from tests.answers import end
from tests.backends.objects import put_back, remember, standing
from tests.server.access_matrix import sending
from tests.server.access_matrix.ground import ABSENT, UNKNOWN, Ground, Things
from tests.server.access_matrix.routes import Route
from tests.server.access_matrix.table import Row, Table
from tests.server.accounts.people import HOSTS

from porchlight.core.visibility import Side
from porchlight.server.accounts.models import SignIn, User
from porchlight.server.foundation.objects import object_store
from porchlight.server.foundation.sides import csrf_cookie, session_cookie
from porchlight.server.foundation.writeguard import domain_tables

# A route's parameter -> the kinds of object that it may be; the first, unless the line names another.
PARAMETERS: dict[str, dict[str, tuple[str, ...]]] = {
    "resident": {
        "camera_id": ("camera",),
        "sign_in_id": ("sign_in",),
        "opt_out_id": ("opt_out",),
        "request_id": ("asked", "reported", "public"),
        "share_id": ("share",),
        "upload_id": ("upload", "begun"),
        "clip_id": ("clip",),
        "token": ("request_token", "opt_out_token", "member_token"),
        "invitation_id": ("member_invitation",),
        "user_id": ("person",),
        "door_id": ("door",),
        "ori": ("ori",),
        "index": ("index",),
        "subject_id": ("logged",),
        "pk": ("passkey",),
        "token_id": ("program",),
    },
    "agency": {
        "request_id": ("approved", "draft", "submitted", "signed"),
        "sign_in_id": ("sign_in",),
        "share_id": ("share",),
        "officer_id": ("member", "locked_member"),
        "invitation_id": ("invitation",),
        "token": ("join",),
        "token_id": ("program",),
    },
    "review": {
        "request_id": ("signed", "approved", "urgent"),
        "report_id": ("report",),
        "shift_id": ("shift", "my_shift"),
        "look_id": ("look",),
        "token": ("join",),
        "token_id": ("program",),
        "sign_in_id": ("sign_in",),
    },
    "operator": {
        "agency_id": ("agency",),
        "sign_in_id": ("sign_in",),
        "invitation_id": ("staff_invitation", "admin_invitation"),
        "user_id": ("staff",),
        "token": ("join",),
        "token_id": ("program",),
    },
}
# The sign-in framework's own parameters name nothing that exists.
FRAMEWORK = {"key": "forged", "uidb36": "1b", "pk": 999_999, "rest": "nothing"}
_TOKEN = re.compile(rb'(csrfmiddlewaretoken"\s+value="|X-CSRFToken[^A-Za-z0-9]+)[A-Za-z0-9]{32,}')
_ACCOUNT_TABLES = tuple(model._meta.db_table for model in (User, EmailAddress, Authenticator))

# A session that is not good any more takes its line with it, whichever page it knocks at.
_SESSIONS = {SignIn._meta.db_table}


@dataclass(frozen=True)
class Answer:
    """What came back, with form tokens and the id that was asked for blanked, and whether anything was written.

    `seen` is all of it, `content` the body alone: of a page what stands in its frame.
    """

    outcome: str
    wrote: bool
    seen: bytes
    content: bytes
    cookies: frozenset[str]

    @property
    def said(self) -> str:
        return self.outcome + "+" * self.wrote


class Visitors:
    """The ground's people at the hosts of all sides."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._untouched = self._rows(), remember(object_store())
        self._server = BaseHandler()
        self._server.load_middleware()

    def ask(
        self,
        side: str,
        visitor: str,
        method: str,
        route: Route,
        things: Things,
        blank: Any,
        *,
        forged: bool = False,
    ) -> Answer:
        """Send one request as the visitor and undo what it did. `forged`: as another site's form would send it."""
        factory = RequestFactory(headers={"host": HOSTS[Side(side)]})
        session = self.ground.sessions.get(visitor.removeprefix("carried_"))
        if session is not None:
            # Whoever carries a session over presents it under every name.
            for each in Side if visitor.startswith("carried_") else (Side(side),):
                factory.cookies[session_cookie(each)] = session
        path = filled(side, route, things) + sending.query(side, route.name, method, things)
        request = factory.generic(method, path, **sending.body(side, route.name, method, things))
        request._dont_enforce_csrf_checks = not forged  # type: ignore[attr-defined]
        request.META["HTTP_ORIGIN"] = f"http://{'elsewhere.example' if forged else HOSTS[Side(side)]}"
        cache.clear()
        writes = _Writes()
        with transaction.atomic():
            with connection.execute_wrapper(writes):
                response = self._server.get_response(request)
                body = b"".join(response.streaming_content) if response.streaming else response.content
                end(response)
            rows = self._rows() if writes.any else self._untouched[0]
            transaction.set_rollback(True)
        sizes = standing(object_store())
        if sizes != self._untouched[1]:
            put_back(object_store(), self._untouched[1])
        headers = sorted(
            (name, "" if name == "Expires" else value) for name, value in response.headers.items()
        )
        form_token = csrf_cookie(Side(side))
        cookies = sorted(
            (name, "" if name == form_token else each.value) for name, each in response.cookies.items()
        )
        seen = repr((response.status_code, headers, cookies)).encode() + body
        asked = [path, quote(path, safe=""), *([str(blank)] if isinstance(blank, UUID | str) else [])]
        return Answer(
            outcome=_outcome(response),
            wrote=(rows, sizes) != self._untouched,
            seen=_blanked(seen, asked),
            content=_blanked(_framed(body), asked),
            cookies=frozenset(response.cookies),
        )

    def enter(
        self, table: Table, visitor: str, method: str, route: Route, *, view: str = "", forged: bool = False
    ) -> Answer:
        """Ask for the visitor's own (or that of `view`), of the kind that the route's first line is about."""
        things = things_of(self.ground, table.side, view or visitor)
        kinds = next((row.kinds for row in table.rows if row.route == route.name), ())
        return self.ask(table.side, visitor, method, route, {**things, "kinds": kinds}, None, forged=forged)

    def _rows(self) -> str:
        """A hash over every row that Porchlight keeps."""
        digest = hashlib.sha256()
        with connection.cursor() as cursor:
            for table in sorted({*domain_tables(), *_ACCOUNT_TABLES} - _SESSIONS):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
                digest.update(repr((table, sorted(map(repr, cursor.fetchall())))).encode())
        return digest.hexdigest()


class _Writes:
    """Notices whether anything but reading was asked of the database, so that a read need not be compared."""

    any = False

    def __call__(self, execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        self.any = self.any or not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT"))
        return execute(sql, params, many, context)


def mistakes(
    visitors: Visitors, table: Table, route: Route, people: tuple[str, ...], methods: tuple[str, ...]
) -> list[str]:
    """What is not as the table says for one route: cells without a line, wrong answers, tellable refusals."""
    found: list[str] = []
    for method in methods:
        for visitor in people:
            rows = table.rows_of(route.name, method, visitor)
            if not rows:
                found.append(f"{method} {route.name} {visitor}: no line")
            for row in rows:
                found += _tried(visitors, table.side, route, method, visitor, row)
    return found


def _tried(visitors: Visitors, side: str, route: Route, method: str, visitor: str, row: Row) -> Iterator[str]:
    refused: dict[str, tuple[str, bytes]] = {}
    kind = _kind(side, route, row)
    for column, expected in row.expected:
        if kind is None and column != "own":
            continue
        things = things_of(visitors.ground, side, visitor)
        blank = None
        if kind is not None:
            blank = _varied(visitors.ground, side, visitor, kind)[column]
            if blank is None:
                continue
            things = {**things, kind: blank, "kinds": row.kinds}
        answer = visitors.ask(side, visitor, method, route, things, blank)
        where = f"{method} {route.name} {visitor} {column}"
        if answer.said != expected:
            yield f"{where}: {answer.said}, not {expected} [{row.line}]"
        if column == "own" and expected != "404":
            continue
        earlier = refused.setdefault(expected, (column, answer.seen))
        if earlier[1] != answer.seen:
            yield f"{where}: tells from {earlier[0]}: {_difference(earlier[1], answer.seen)} [{row.line}]"


def _kind(side: str, route: Route, row: Row) -> str | None:
    """The kind of object that the line is about; where it does not say, that of the route's last parameter."""
    if row.kinds:
        return row.kinds[0]
    named = [PARAMETERS[side][each][0] for each in route.parameters if each in PARAMETERS[side]]
    return named[-1] if named and row.is_general else None


def _view(side: str, visitor: str) -> str:
    own = {"resident": "home", "agency": "officer", "review": "reviewer", "operator": "operator"}[side]
    return {"neighbor": "neighbor", "stranger": "stranger"}.get(visitor, own)


def things_of(ground: Ground, side: str, visitor: str) -> Things:
    return ground.views[_view(side, visitor)][0]


def _varied(ground: Ground, side: str, visitor: str, kind: str) -> dict[str, Any]:
    own, foreign = ground.views[_view(side, visitor)]
    forged = "forged" if "token" in kind or kind == "join" else UNKNOWN
    return {"own": own[kind], "foreign": foreign.get(kind), "absent": ABSENT.get(kind, forged)}


def filled(side: str, route: Route, things: Things) -> str:
    """The path with the objects' ids; which of a parameter's kinds, is decided by the kinds that the line names."""
    named = {}
    for name in route.parameters:
        kinds = PARAMETERS[side].get(name)
        named[name] = FRAMEWORK[name] if kinds is None else things[_chosen(kinds, things)]
    return reverse(route.name, kwargs=named, urlconf=f"porchlight.server.portals.{side}.urls")


def _chosen(kinds: tuple[str, ...], things: Things) -> str:
    return next((kind for kind in kinds if kind in things.get("kinds", ())), kinds[0])


def _outcome(response: Any) -> str:
    place = response.headers.get("Location", "")
    if response.status_code == 302:
        if place.startswith(reverse("account_login")):
            return "sign-in"
        if "reauthenticate" in place:
            return "confirm"
        return "set-up" if place == reverse("mfa_index") else "302"
    if response.status_code in {401, 403} and response.headers.get("Content-Type") == "application/json":
        said = json.loads(response.content)
        return next(
            (word for key, word in _TOLD.items() if key in said),
            str(response.status_code),
        )
    return str(response.status_code)


_TOLD = {"sign_in": "sign-in", "set_up": "set-up", "confirm": "confirm"}


def _framed(body: bytes) -> bytes:
    start, end = body.find(b"<main "), body.find(b"</main>")
    return body[start:end] if 0 <= start < end else body


def _blanked(seen: bytes, values: list[str]) -> bytes:
    """Without form tokens, and without the address and the id that were asked for."""
    seen = _TOKEN.sub(rb"\1", seen)
    for value in values:
        seen = seen.replace(value.encode(), b"<asked>")
    return seen


def _difference(one: bytes, other: bytes) -> str:
    at = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return f"{one[max(0, at - 60) : at + 60]!r} against {other[max(0, at - 60) : at + 60]!r}"
