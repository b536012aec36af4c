"""Planted leaks. Each is a mistake that a careful person could make; the harness must see every one of them.

A mutant is a context manager; inside it the product leaks. `PAIRS` names for each the common trace and the two hidden
ones under which the leak shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from tests.server.noninterference.acts import Act

from porchlight.server.consent.models import Invitation, Report
from porchlight.server.disclosures.models import Share
from porchlight.server.footage.models import Upload
from porchlight.server.foundation import clock
from porchlight.server.foundation.objects import ObjectStore, object_store
from porchlight.server.households.models import Camera, OptOut
from porchlight.server.notifications import actions as notices
from porchlight.server.notifications.models import Notice
from porchlight.server.portals.agency import headers, requests
from porchlight.server.portals.resident import links
from porchlight.server.video_requests import access as video_requests

OFFICER = "officer@wi0990100.example"
Answer = Callable[[HttpRequest, HttpResponse], HttpResponse]


@contextmanager
def _answers(change: Answer) -> Iterator[None]:
    """Every answer of the agency side passes `change` at the very end."""
    real = headers.AgencyHeadersMiddleware.__call__

    def leaking(self: Any, request: HttpRequest) -> HttpResponse:
        response = real(self, request)
        return change(request, response) if request.get_host().startswith("agency.") else response

    with patch.object(headers.AgencyHeadersMiddleware, "__call__", leaking):
        yield


def recipient_count() -> AbstractContextManager[None]:
    """A page says how many were asked."""

    def change(_request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not response.streaming:
            response.content += f"<!-- asked: {Invitation.objects.count()} -->".encode()
        return response

    return _answers(change)


@contextmanager
def serial_id() -> Iterator[None]:
    """A share is numbered together with uploads that never became one."""
    field = Share._meta.get_field("id")
    with patch.object(field, "_get_default", lambda: UUID(int=Upload.objects.count())):
        yield


def forbidden_against_absent() -> AbstractContextManager[None]:
    """The 404 of a request's shares turns into 403 while a report waits."""

    def change(request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code == 404 and request.path.startswith("/shared/") and Report.objects.exists():
            response.status_code = 403
        return response

    return _answers(change)


def etag() -> AbstractContextManager[None]:
    """A validator is made of everything near the request, cameras included."""

    def change(_request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response["ETag"] = f'"{Camera.objects.count()}"'
        return response

    return _answers(change)


def last_modified() -> AbstractContextManager[None]:
    """A page is as old as the last thing that happened, an opt-out included."""

    def change(_request: HttpRequest, response: HttpResponse) -> HttpResponse:
        last = OptOut.objects.order_by("-created_at").first()
        response["Last-Modified"] = str(last.created_at if last else datetime(2026, 1, 1, tzinfo=UTC))
        return response

    return _answers(change)


def data_dependent_query() -> AbstractContextManager[None]:
    """A page looks up each invitation, and shows none of it."""

    def change(_request: HttpRequest, response: HttpResponse) -> HttpResponse:
        for row in Invitation.objects.all():
            Invitation.objects.filter(pk=row.pk).exists()
        return response

    return _answers(change)


def status_sent() -> AbstractContextManager[None]:
    """The portal says "sent" once every notice has gone out."""

    def change(_request: HttpRequest, response: HttpResponse) -> HttpResponse:
        waiting = Notice.objects.filter(sent_at=None).exists()
        if not response.streaming and not waiting and Notice.objects.exists():
            response.content = response.content.replace(b"Approved", b"Sent").replace(b"Open", b"Sent")
        return response

    return _answers(change)


@contextmanager
def bounce_to_agency() -> Iterator[None]:
    """What a mail server answers goes to whoever asked."""
    real = notices.mark_refused

    def leaking(**given: Any) -> None:
        real(**given)
        send_mail("Undeliverable", "A notice could not be delivered.", None, [OFFICER])

    with patch.object(notices, "mark_refused", leaking):
        yield


@contextmanager
def mail_on_decline() -> Iterator[None]:
    """The officer is told that somebody said no."""
    real = links.render

    def leaking(request: HttpRequest, template: str, *rest: Any, **more: Any) -> HttpResponse:
        if template == "resident/link_declined.html":
            send_mail("An owner declined", "One owner declined.", None, [OFFICER])
        return real(request, template, *rest, **more)

    with patch.object(links, "render", leaking):
        yield


@contextmanager
def object_time_stamp() -> Iterator[None]:
    """The store's newest time stamp is shown, and an upload that was never shared moves it."""
    kind = type(object_store())
    real = kind.append
    stamps: dict[ObjectStore, float] = {}

    def stamped(self: ObjectStore, name: str, *rest: Any, **more: Any) -> int:
        stamps[self] = clock.now().timestamp()
        return real(self, name, *rest, **more)

    def change(_request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response["X-Stored-At"] = str(stamps.get(object_store(), 0))
        return response

    with patch.object(kind, "append", stamped), _answers(change):
        yield


@contextmanager
def ordering() -> Iterator[None]:
    """Cases stand in the order of how many homes were asked for them."""
    real = video_requests.cases_of

    def leaking(actor: Any, after: str = "") -> Any:
        def asked(case: Any) -> int:
            return Invitation.objects.filter(request_id__in=[each.pk for each in case.requests]).count()

        found = real(actor, after)
        return found.of(tuple(sorted(found, key=asked)))

    with patch.object(requests.access, "cases_of", leaking):
        yield


@contextmanager
def notice_gap() -> Iterator[None]:
    """Notices go out one after the other, half a minute apart: the last one says how many there were."""
    real = notices.prepare

    def leaking(*, request_id: UUID, **given: Any) -> int:
        count = real(request_id=request_id, **given)
        rows = Notice.objects.filter(request_id=request_id)
        for row in rows:
            later = timedelta(seconds=30 * len(rows))
            Notice.objects.filter(pk=row.pk).update(send_at=row.send_at + later)
        return count

    with patch.object(notices, "prepare", leaking):
        yield


Hidden = list[list[Act]]
_ASKED: list[Act] = [("wait", 30)]
_SHARED: list[Act] = [("wait", 30), ("share", "L1")]
_NEW: Hidden = [[("newcomers", "H1")]]

PAIRS: dict[Callable[[], AbstractContextManager[None]], tuple[list[Act], Hidden, Hidden]] = {
    recipient_count: (_ASKED, [], _NEW),
    serial_id: (_SHARED, [], [[], [("begin_upload", "H1")]]),
    forbidden_against_absent: (_ASKED, [], [[], [("report", "H2")]]),
    etag: (_ASKED, [], [[], [("add_camera", "H1")]]),
    last_modified: (_ASKED, [], [[("opt_out", "H1")]]),
    data_dependent_query: (_ASKED, [], [[("opt_out", "H3")]]),
    status_sent: (_ASKED, [], [[("bounce", "H1")]]),
    bounce_to_agency: (_ASKED, [], [[("bounce", "H1")]]),
    mail_on_decline: (_ASKED, [], [[], [("decline_by_link", "H1")]]),
    object_time_stamp: (_ASKED, [], [[], [("begin_upload", "H1")]]),
    ordering: (
        [("wait", 30), ("ask_again", 0), ("wait", 30)],
        [],
        [[], [("newcomers", "H1")]],
    ),
    notice_gap: (_ASKED, [], _NEW),
}
