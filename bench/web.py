"""200 people at once on PostgreSQL, two web and two worker processes; in the middle one of each is killed.

`bench.web_load` says what the people do. The processes are those of `porchlight web` and `porchlight worker`; a supervisor would
start a killed one again, and so does the bench after five seconds. The load's own process runs on the same cores.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

from bench.fanout import sink
from bench.installation import ROOT, installation, run_module
from bench.measured import Figure, percentile
from porchlight.instance.platform import Platform, free_port

SECONDS = float(os.environ.get("BENCH_WEB_SECONDS", "300"))
PEOPLE = 200
_MOST_P95_MS = 500
_MOST_GROWTH = 1.1
_RESTART_S = 5
_AUDITED = (
    "lost",
    "on_one_side_only",
    "doubled_objects",
    "objects_of_another_size",
    "shares_without_custody",
    "doubled_notices",
    "doubled_invitations",
    "unsent_notices",
    "undone_events",
)


@dataclass
class _Running:
    """One process of the platform, with all its children; memory sampled every two seconds."""

    platform: Platform
    words: list[str]
    log: Path
    process: subprocess.Popen[bytes] = field(init=False)
    memory: list[tuple[float, float]] = field(default_factory=list)  # (moment, MB)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "porchlight", *self.words],
                env=self.platform.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                process_group=0,
            )

    def kill(self, number: int = signal.SIGKILL) -> None:
        """The process and what it started; nothing else is in its group."""
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return
        self.process.wait(60)

    def sample(self) -> None:
        pages = 0
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = entry.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == self.process.pid:  # the process group
                pages += int(fields[21])
        self.memory.append((time.time(), pages * os.sysconf("SC_PAGE_SIZE") / 1e6))


def run() -> Iterator[Figure]:
    """Six and a half minutes; BENCH_WEB_SECONDS=30 tries it."""
    with (
        tempfile.TemporaryDirectory() as name,
        installation("postgresql", PORCHLIGHT_NOTICE_WINDOW_SECONDS="0") as platform,
    ):
        directory = Path(name)
        run_module(platform, "bench.asked", "fill", str(PEOPLE))
        with sink(platform.smtp_port, PEOPLE, directory / "mails"):
            yield from _measured(platform, directory)
        mails = pickle.loads((directory / "mails").read_bytes())  # noqa: S301 - the sink wrote it
    to_owners = [
        recipient for _, recipient, content in mails if recipient.startswith("owner") and b"/r/" in content
    ]
    yield Figure(
        "web-repeated-mails", "mails that owners got twice", len(to_owners) - len(set(to_owners)), at_most=0
    )


def _measured(platform: Platform, directory: Path) -> Iterator[Figure]:
    ports = [free_port(), free_port()]
    webs = [_Running(platform, ["web", "--port", str(port)], directory / f"web{port}.log") for port in ports]
    workers = [_Running(platform, ["worker"], directory / f"worker{number}.log") for number in range(2)]
    everything = [*webs, *workers]
    done = threading.Event()
    try:
        for each in everything:
            each.start()
        for port in ports:
            _wait_for(port)
        run_module(platform, "bench.asked", "approve")
        people = _signed_in(platform)
        sampler = threading.Thread(target=_sample, args=(everything, done))
        sampler.start()
        began = time.time()
        load = _start_load(people, ports, directory / "load.json")
        time.sleep(SECONDS / 2)
        for victim in (webs[0], workers[0]):
            victim.kill()
        time.sleep(_RESTART_S)
        for victim in (webs[0], workers[0]):
            victim.start()
        assert load.wait(SECONDS + 120) == 0, "the load did not end well"
        result = json.loads((directory / "load.json").read_text())
        done.set()
        sampler.join()
        audit = json.loads(_piped(platform, "bench.web_audit", json.dumps(result["acknowledged"])))
    finally:
        done.set()
        for each in everything:
            each.kill(signal.SIGTERM)
    yield from _figures(result, audit, everything, began)


def _figures(result: dict, audit: dict, everything: list[_Running], began: float) -> Iterator[Figure]:  # type: ignore[type-arg]
    everyone = [seconds * 1000 for kind in result["taken"].values() for _, seconds in kind]
    details = {
        "people": PEOPLE,
        "seconds": SECONDS,
        "requests": len(everyone),
        "cut_connections": result["cuts"],
        "p50_ms": round(percentile(everyone, 0.5), 1),
        "p99_ms": round(percentile(everyone, 0.99), 1),
        "by_kind_ms": {
            kind: {
                f"p{part}": round(percentile([s * 1000 for _, s in taken], part / 100), 1)
                for part in (50, 95, 99)
            }
            for kind, taken in result["taken"].items()
        },
        "generator_cpu_s": round(result["generator_cpu_s"], 1),
    }
    yield Figure(
        "web-p95", "ms to answer (p95)", percentile(everyone, 0.95), at_most=_MOST_P95_MS, details=details
    )
    yield Figure(
        "web-errors", "errors", len(result["errors"]), at_most=0, details={"first": result["errors"][:10]}
    )
    wrong = sum(audit[name] for name in _AUDITED)
    yield Figure("web-audit", "rows lost or doubled after the kills", wrong, at_most=0, details=audit)
    growth = {}
    for each in everything[1::2]:  # those that were not killed
        early = [mb for moment, mb in each.memory if SECONDS / 5 <= moment - began < 2 * SECONDS / 5]
        late = [mb for moment, mb in each.memory if 4 * SECONDS / 5 <= moment - began < SECONDS]
        growth[each.words[0]] = (statistics.mean(early), statistics.mean(late))
    for name, (early_mb, late_mb) in growth.items():
        yield Figure(
            f"web-memory-{name}",
            "MB in the last fifth",
            late_mb,
            "the second fifth",
            early_mb,
            at_most=_MOST_GROWTH,
        )


def _signed_in(platform: Platform) -> list[dict[str, str]]:
    """After the workers wrote everybody's notice."""
    deadline = time.monotonic() + 60
    while True:
        try:
            people: list[dict[str, str]] = json.loads(
                run_module(platform, "bench.asked", "sign-in", str(PEOPLE))
            )
        except subprocess.CalledProcessError:
            if time.monotonic() > deadline:
                raise
            time.sleep(1)
        else:
            return people


def _start_load(people: list[dict[str, str]], ports: list[int], out: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "bench.web_load", str(SECONDS), *map(str, ports), str(out)]
    load = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, text=True)
    assert load.stdin
    load.stdin.write(json.dumps(people))
    load.stdin.close()
    return load


def _piped(platform: Platform, module: str, text: str) -> str:
    environment = {**platform.environment, "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-m", module]
    return subprocess.run(
        words, env=environment, cwd=ROOT, input=text, stdout=subprocess.PIPE, text=True, check=True
    ).stdout


def _sample(everything: list[_Running], done: threading.Event) -> None:
    while not done.wait(2):
        for each in everything:
            each.sample()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 90
    while True:
        try:
            with urlopen(f"http://localhost:{port}/account/login/", timeout=5):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
