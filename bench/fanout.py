"""10,000 owners asked by mail through a real SMTP server on the loopback, beside a bare smtplib loop.

Ours: one `porchlight worker`, from the commit of the approval to the last mail that the server took: matching the
cameras, writing invitations and notices, one commit for each mail. The random moments are switched off (a window of 0
seconds). The peer sends the same mails, byte for byte, over one connection to the same kind of server, and remembers
nothing.
"""

from __future__ import annotations

import pickle
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.installation import ROOT, installation, run_module
from bench.measured import Figure
from porchlight.instance.platform import free_port

OWNERS = 10_000
_LEAST = 0.5
_LOOPS = 3
_PATIENCE_S = 600
_WARM_UP_S = 4


def run() -> Iterator[Figure]:
    """Some three minutes."""
    for database in ("sqlite", "postgresql"):
        yield _on(database)


def _on(database: str) -> Figure:
    with tempfile.TemporaryDirectory() as name:
        kept = Path(name) / "mails"
        seconds = _ours(database, kept)
        mails = pickle.loads(kept.read_bytes())  # noqa: S301 - the sink wrote it
        _check(mails)
        loops = [_loop(kept) for _ in range(_LOOPS)]
    details = {
        "owners": OWNERS,
        "seconds": round(seconds, 1),
        "loop_seconds": [round(each, 1) for each in loops],
    }
    return Figure(
        f"fanout-{database}",
        "mails a second",
        OWNERS / seconds,
        "a bare smtplib loop",
        OWNERS / statistics.median(loops),
        at_least=_LEAST,
        details=details,
    )


def _ours(database: str, kept: Path) -> float:
    with installation(database, PORCHLIGHT_NOTICE_WINDOW_SECONDS="0") as platform:
        run_module(platform, "bench.asked", "fill", str(OWNERS))
        with sink(platform.smtp_port, OWNERS, kept) as taking:
            platform.start_worker()
            time.sleep(_WARM_UP_S)
            began = float(run_module(platform, "bench.asked", "approve"))
            _wait_until_full(taking)
            # Longer than a batch takes: a mail sent twice would come now.
            time.sleep(2)
            platform.stop()
    moments = [moment for moment, _, _ in pickle.loads(kept.read_bytes())]  # noqa: S301 - the sink wrote it
    return moments[OWNERS - 1] - began


def _check(mails: list[tuple[float, str, bytes]]) -> None:
    """Everybody got one mail, each with an id and a link of its own."""
    heads = [content.partition(b"\r\n\r\n")[0] for _, _, content in mails]
    ids = {line for head in heads for line in head.split(b"\r\n") if line.startswith(b"Message-ID:")}
    assert len(mails) == OWNERS, f"{len(mails)} mails for {OWNERS} owners"
    assert {recipient for _, recipient, _ in mails} == {f"owner{n}@example.org" for n in range(OWNERS)}
    assert len(ids) == OWNERS


def _loop(kept: Path) -> float:
    port = free_port()
    with sink(port, OWNERS, Path("/dev/null")) as taking:
        words = [sys.executable, "-m", "bench.smtp_loop", str(port), str(kept)]
        done = subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        _wait_until_full(taking)
    return float(done.stdout)


@contextmanager
def sink(port: int, expected: int, file: Path) -> Iterator[subprocess.Popen[str]]:
    words = [sys.executable, "-m", "bench.smtp_sink", str(port), str(expected), str(file)]
    with subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdin
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.stdin.close()
            process.wait(60)


def _wait_until_full(taking: subprocess.Popen[str]) -> None:

    assert taking.stdout
    ready, _, _ = select.select([taking.stdout], [], [], _PATIENCE_S)
    assert ready, f"not all mails came within {_PATIENCE_S} s"
    assert taking.stdout.readline() == "full\n"
