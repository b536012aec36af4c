"""Sealing and opening a clip in Python, beside the stock `age` command on the same file; memory; other threads' wait.

Ours counts reading, cipher, SHA-256 of plaintext and ciphertext (opening: of the plaintext), writing, and the sync to the
disk. The peer reads, ciphers and writes, and its output is synced too; it hashes nothing. The ratio to an unsynced peer
stands in the details.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import needs
from bench.measured import Figure, in_turns, percentile
from porchlight.seal.keys import Identity, generate_identity
from porchlight.seal.opening import open_file
from porchlight.seal.sealing import seal_file

_MB = 10**6
_SIZE = 300 * _MB
_LARGE = 2000 * _MB
_ROUNDS = 7
_LEAST = 0.65
_MOST_WAIT_MS = 50
_MOST_GROWTH_MB = 32
_PEER = "the age command with its output synced"


def run() -> Iterator[Figure]:
    """Some 60 seconds."""
    age = needs.command("age", "age")
    identity = generate_identity()
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as name:
        directory = Path(name)
        plain = directory / "plain"
        with plain.open("wb") as file:
            for _ in range(_SIZE // _MB):
                file.write(os.urandom(_MB))
        (directory / "key").write_text(identity.secret + "\n")
        seal_file(plain, directory / "sealed", [identity.recipient])
        for opening in (False, True):
            yield _beside_age(directory, age, identity, opening=opening)
        yield _waiting(directory, identity)
    yield _memory()


def _beside_age(directory: Path, age: str, identity: Identity, *, opening: bool) -> Figure:
    words = [age, "-d", "-i", str(directory / "key")] if opening else [age, "-r", identity.recipient]
    source = directory / ("sealed" if opening else "plain")

    def own() -> None:
        _fresh(directory / "own")
        if opening:
            open_file(source, directory / "own", identity)
        else:
            seal_file(source, directory / "own", [identity.recipient])

    def peer(*, synced: bool) -> None:
        _fresh(directory / "peer")
        with source.open("rb") as given, (directory / "peer").open("wb") as made:
            subprocess.run(words, stdin=given, stdout=made, check=True)
            if synced:
                os.fsync(made.fileno())

    took = in_turns([own, lambda: peer(synced=True), lambda: peer(synced=False)], rounds=_ROUNDS)
    value, synced, unsynced = (_SIZE / _MB / statistics.median(each) for each in took)
    details = {
        "unsynced_peer_value": round(unsynced, 1),
        "ratio_to_unsynced_peer": round(value / unsynced, 3),
        "seconds": [[round(second, 3) for second in each] for each in took],
    }
    name = "open" if opening else "seal"
    return Figure(name, "MB/s", value, _PEER, synced, at_least=_LEAST, details=details)


def _fresh(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.sync()


def _waiting(directory: Path, identity: Identity) -> Figure:
    """How late a thread that wants to run each millisecond gets to, while another seals and opens."""

    def work() -> None:
        for _ in range(2):
            seal_file(directory / "plain", directory / "own", [identity.recipient])
            open_file(directory / "own", directory / "peer", identity)

    busy = _lateness(work)
    idle = _lateness(lambda: time.sleep(2))
    details = {
        "idle_p99_ms": round(percentile(idle, 0.99), 2),
        "max_ms": round(max(busy), 1),
        "probes": len(busy),
    }
    return Figure(
        "seal-wait",
        "ms that other threads wait (p99)",
        percentile(busy, 0.99),
        at_most=_MOST_WAIT_MS,
        details=details,
    )


def _lateness(work: Callable[[], None]) -> list[float]:
    late: list[float] = []
    done = threading.Event()

    def probe() -> None:
        while not done.is_set():
            began = time.perf_counter()
            time.sleep(0.001)
            late.append((time.perf_counter() - began) * 1000 - 1)

    thread = threading.Thread(target=probe)
    thread.start()
    try:
        work()
    finally:
        done.set()
        thread.join()
    return late


def _memory() -> Figure:
    """Growth of a fresh process's peak memory while it seals; its libraries were loaded and used before."""
    small, large = _growth(_SIZE), _growth(_LARGE)
    return Figure(
        "seal-memory",
        "MB that 2 GB add to the peak",
        large,
        at_most=_MOST_GROWTH_MB,
        details={"growth_mb_for_300_mb": small},
    )


def _growth(size: int) -> float:
    words = [sys.executable, "-m", "bench.sealing_memory", str(size)]
    return float(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
