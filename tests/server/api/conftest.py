"""The ground of the access matrix (of everything one of one's own and one of somebody else's), with tokens for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import RequestFactory, override_settings
from tests.answers import end
from tests.backends import storage_url
from tests.server.access_matrix import ground
from tests.server.accounts.people import HOSTS

from porchlight.core.visibility import Actor, Side
from porchlight.seal.keys import generate_identity
from porchlight.server.accounts import actors
from porchlight.server.accounts.models import User
from porchlight.server.agencies import actions as agencies
from porchlight.server.foundation import clock
from porchlight.server.foundation.objects import object_store
from porchlight.server.foundation.sides import session_cookie
from porchlight.server.tokens import actions as tokens
from porchlight.server.tokens.access import OFFERED


@dataclass(frozen=True)
class Programs:
    """Everybody who asks, by a session or by a token, and what there is."""

    ground: ground.Ground
    tokens: dict[str, str]
    server: BaseHandler

    def ask(
        self,
        side: str,
        who: str,
        method: str,
        path: str,
        *,
        body: bytes = b"",
        content_type: str = "application/json",
        headers: dict[str, str] | None = None,
    ) -> HttpResponseBase:
        """Send one request as `who` (a token's name, or else a visitor of the matrix), and undo what it did."""
        sent = {**(headers or {}), "host": HOSTS[Side(side)]}
        factory = RequestFactory(headers=sent)
        if who in self.tokens:
            factory.defaults["HTTP_AUTHORIZATION"] = f"Bearer {self.tokens[who]}"
        elif who in self.ground.sessions:
            factory.cookies[session_cookie(Side(side))] = self.ground.sessions[who]
        request = factory.generic(method, path, body, content_type)
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        with transaction.atomic():
            response = self.server.get_response(request)
            if response.streaming:
                response.body = b"".join(response.streaming_content)
            else:
                response.body = response.content
            end(response)
            transaction.set_rollback(True)
        return response


@pytest.fixture(scope="module")
def programs(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Programs]:
    directory = tmp_path_factory.mktemp("installation")
    own = replace(settings.PORCHLIGHT, data_dir=directory, storage_url=storage_url(directory))
    caches = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    moment = ground.Moment()
    object_store.cache_clear()
    server = BaseHandler()
    server.load_middleware()
    with (
        override_settings(PORCHLIGHT=own, CACHES=caches),
        django_db_blocker.unblock(),
        clock.use_clock(moment),
        transaction.atomic(),
    ):
        made = ground.make(moment)
        yield Programs(made, _tokens(), server)
        transaction.set_rollback(True)
    object_store.cache_clear()


def _tokens() -> dict[str, str]:
    emails = {
        "home's program": "ana@home.example",
        "officer's program": "officer@wi0990100.example",
        "reviewer's program": "reviewer@review.example",
        "operator's program": "operator@operator.example",
    }
    found = {}
    for name, email in emails.items():
        actor = _fresh(User.objects.filter(email__iexact=email).first() or _of_side(name))
        scopes = [each.value for each in OFFERED[actor.side]]
        found[name] = tokens.make_token(name=name, scopes=scopes, by=actor).secret
    admin = _fresh(User.objects.get(email="admin@wi0990100.example"))
    recipient = generate_identity().recipient
    found["evidence system"] = agencies.add_system(name="Vault", recipient=recipient, by=admin).secret
    return found


def _of_side(name: str) -> User:
    side = "review" if name.startswith("reviewer") else "operator"
    return next(
        user for user in User.objects.filter(side=side, is_active=True) if user.authenticator_set.exists()
    )


def _fresh(user: User) -> Actor:
    actor = actors.resolve(user)
    assert actor is not None
    return replace(actor, second_factor=user.side != "resident", fresh_factor=user.side != "resident")


def own_ids(programs: Programs, side: str) -> dict[str, list[UUID]]:
    """Ids that a path can name, by parameter: of one's own and of others."""
    views = {"resident": "home", "agency": "officer", "review": "reviewer", "operator": "operator"}
    own, foreign = programs.ground.views[views[side]]
    kinds = {
        "request_id": ("asked", "reported", "public", "approved", "draft", "submitted", "signed"),
        "share_id": ("share",),
        "camera_id": ("camera",),
        "opt_out_id": ("opt_out",),
        "clip_id": ("clip",),
        "upload_id": ("upload", "begun"),
        "officer_id": ("member", "locked_member"),
        "invitation_id": ("invitation", "staff_invitation", "admin_invitation"),
        "report_id": ("report",),
        "agency_id": ("agency",),
        "user_id": ("staff",),
        "token_id": ("program",),
        "ori": ("ori",),
    }
    return {
        name: [view[kind] for kind in of for view in (own, foreign) if kind in view]
        for name, of in kinds.items()
    }
