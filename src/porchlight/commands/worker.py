"""`porchlight worker`: the background worker alone."""

import signal
import threading
from argparse import ArgumentParser, Namespace

from porchlight.commands.django_setup import serve_metrics, setup_to_serve


def add(_parser: ArgumentParser) -> None:
    """No options."""


def run(_arguments: Namespace) -> int:
    """Work until told to stop; a stopped or killed worker leaves nothing half done."""
    setup_to_serve()
    serve_metrics("PORCHLIGHT_METRICS_WORKER")
    from django.conf import settings  # noqa: PLC0415 - after the set-up

    from porchlight.server.foundation import leases, worker  # noqa: PLC0415 - as above

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with leases.working(settings.PORCHLIGHT.data_dir):
        worker.run(stop)
    return 0
