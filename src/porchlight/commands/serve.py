"""`porchlight serve`: migrate, then web and worker as two processes that live and die together."""

import signal
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace

from porchlight.commands import migrate, web

_GRACE_S = 15


def add(parser: ArgumentParser) -> None:
    """Where to listen."""
    web.add(parser)


def run(arguments: Namespace) -> int:
    """Run until stopped or until either process ends; returns 0 after a wanted stop, else 1."""
    migrate.run(arguments)
    program = [sys.executable, "-m", "porchlight"]
    web_words = ["--host", arguments.host, "--port", str(arguments.port), "--workers", str(arguments.workers)]
    processes = [subprocess.Popen([*program, "worker"]), subprocess.Popen([*program, "web", *web_words])]
    stopped: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _frame: stopped.append(number))
    while not stopped and all(process.poll() is None for process in processes):
        time.sleep(0.2)
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=_GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
    return 0 if stopped else 1
