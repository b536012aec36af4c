"""Numbers for the operator's Prometheus, at an address of their own; off unless one is set.

No number may tell what owners do (promise P2): residents' pages are counted together, not by route, or a counter of the page
behind "Decline" would be the list of declines that is nowhere kept; notices are told by how late the oldest is, never by
how many there are.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, close_old_connections
from django.db.models import Min
from django.http import HttpRequest, HttpResponse

from porchlight.core.visibility import Side
from porchlight.server.config.errors import SettingError
from porchlight.server.foundation import clock
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.notifications.access import oldest_overdue
from porchlight.server.operations import readiness
from porchlight.server.transparency import access as transparency

if TYPE_CHECKING:
    from prometheus_client import Counter, Histogram
    from prometheus_client.core import Metric

_DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_PUBLIC = "porchlight.server.portals.public."


def serve(setting: str, address: str) -> None:
    """Answer at `host:port` in a thread, for this process and those it starts. Call before anything is counted."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():
        raise SettingError(f"{setting} must look like 127.0.0.1:9464")
    # Shared by all processes that come from this one; the client library looks at this name.
    os.environ[_DIRECTORY] = tempfile.mkdtemp(prefix="porchlight-metrics-")
    from prometheus_client import CollectorRegistry, start_http_server  # noqa: PLC0415 - reads the name above
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415 - as above

    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(State())
    try:
        start_http_server(int(port), host.strip("[]"), registry)
    except OSError as error:
        raise SettingError(f"{setting}: {address} cannot be listened on: {error.strerror}") from error
    atexit.register(shutil.rmtree, os.environ[_DIRECTORY], ignore_errors=True)
    count_errors()


class MetricsMiddleware:
    """Times each answer by the name of its route."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        count_errors()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _DIRECTORY not in os.environ:
            return self.get_response(request)
        began = time.perf_counter()
        response = self.get_response(request)
        labels = (_side(request), _route(request), f"{response.status_code // 100}xx")
        _durations().labels(*labels).observe(time.perf_counter() - began)
        return response


class State:
    """What is read from the database when somebody asks."""

    def collect(self) -> Iterator[Metric]:
        """Gauges; those that cannot be known now are left out."""
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415 - only where metrics are on

        close_old_connections()
        try:
            for name, text, value in self._numbers():
                yield GaugeMetricFamily(f"porchlight_{name}", text, value=value)
        except DatabaseError:
            yield GaugeMetricFamily("porchlight_database_up", "1 when the database answers", value=0)
        finally:
            close_old_connections()
        up = float(readiness.objects_answer())
        yield GaugeMetricFamily("porchlight_objects_up", "1 when the object store answers", value=up)

    def describe(self) -> list[Metric]:
        """Nothing is asked when the server starts."""
        return []

    def _numbers(self) -> list[tuple[str, str, float]]:
        now = clock.now()
        due = OutboxEvent.objects.filter(done_at=None, available_at__lte=now)
        oldest, late = due.aggregate(at=Min("available_at"))["at"], oldest_overdue(now)
        return [
            ("database_up", "1 when the database answers", 1.0),
            ("migrations_missing", "Migrations to apply", float(len(readiness.missing_migrations()))),
            ("outbox_due", "Events that wait for a worker", float(due.count())),
            (
                "outbox_oldest_seconds",
                "Age of the oldest of them",
                (now - oldest).total_seconds() if oldest else 0.0,
            ),
            ("outbox_failing", "Events that failed five times", float(due.filter(attempts__gte=5).count())),
            (
                "notices_late_seconds",
                "How late the latest notice is",
                (now - late).total_seconds() if late else 0.0,
            ),
            ("log_entries", "Entries of the public log", float(transparency.log_size())),
        ]


class _Counting(logging.Handler):
    """Counts what is logged as an error, by where it comes from: failed mail, failed work, failed pages."""

    def emit(self, record: logging.LogRecord) -> None:
        _errors().labels(record.name).inc()


def count_errors() -> None:
    """From here on in this process, where metrics are on."""
    if _DIRECTORY in os.environ:
        logging.getLogger().addHandler(_Counting(level=logging.ERROR))


_made: dict[str, Any] = {}


def _durations() -> Histogram:
    if "durations" not in _made:
        from prometheus_client import Histogram  # noqa: PLC0415 - only where metrics are on

        _made["durations"] = Histogram(
            "porchlight_request_seconds",
            "Time to an answer's head",
            ("side", "route", "status"),
            buckets=_BUCKETS,
        )
    found: Histogram = _made["durations"]
    return found


def _errors() -> Counter:
    if "errors" not in _made:
        from prometheus_client import Counter  # noqa: PLC0415 - only where metrics are on

        _made["errors"] = Counter(
            "porchlight_errors_total", "Errors in the log, by their source", ("source",)
        )
    found: Counter = _made["errors"]
    return found


def _side(request: HttpRequest) -> str:
    side: Side | None = getattr(request, "side", None)
    return side.value if side else "none"


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None:
        return "none"
    if _side(request) == Side.RESIDENT.value and not match.func.__module__.startswith(_PUBLIC):
        return "resident"
    return match.url_name or "none"
