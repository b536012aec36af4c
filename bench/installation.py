"""A migrated installation in a temporary directory, on SQLite or on a PostgreSQL cluster of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.cluster import cluster
from porchlight.instance.platform import Platform, free_port

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def installation(database: str, **settings: str) -> Iterator[Platform]:
    """`database` is "sqlite" or "postgresql". Stops what was started on it."""
    with ExitStack() as stack:
        given = dict(settings)
        if database == "postgresql":
            given["PORCHLIGHT_DATABASE_URL"] = stack.enter_context(cluster())
        name = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="bench-", dir=os.environ.get("BENCH_DIR"))
        )
        platform = Platform(Path(name) / "data", free_port(), free_port(), given)
        platform.command("migrate")
        stack.callback(platform.stop)
        yield platform


def run_module(platform: Platform, module: str, *words: str) -> str:
    """Run one of the bench's programs in the installation's own environment; returns what it printed."""
    environment = {**platform.environment, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        env=environment,
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout
