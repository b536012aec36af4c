"""A private PostgreSQL cluster in a temporary directory, reached over a socket there."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import needs

_BIN = "/usr/lib/postgresql"
_OPTIONS = ("-c listen_addresses=''", "-c shared_buffers=256MB", "-c work_mem=16MB", "-c max_wal_size=4GB")


def program(name: str) -> str:
    """The path of one of PostgreSQL's own programs; installs the server where that is possible."""
    found = sorted(Path(_BIN).glob(f"*/bin/{name}"))
    if not found:
        needs.debian("postgresql")
        found = sorted(Path(_BIN).glob(f"*/bin/{name}"))
    if not found:
        raise needs.Missing(f"PostgreSQL's {name} is missing: apt-get install postgresql")
    return str(found[-1])


@contextmanager
def cluster(*, parallel: bool = True) -> Iterator[str]:
    """A running cluster with its usual, durable settings; yields the address of an empty database."""
    initdb, control = program("initdb"), program("pg_ctl")
    # PostgreSQL refuses to run as root.
    user: dict[str, Any] = (
        {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    )
    directory = Path(tempfile.mkdtemp(prefix="bench-pg-", dir=os.environ.get("BENCH_DIR")))
    if user:
        shutil.chown(directory, "postgres", "postgres")
    options = [*_OPTIONS, f"-c unix_socket_directories={directory}"]
    if not parallel:
        options.append("-c max_parallel_workers_per_gather=0")

    def run(*words: str) -> None:
        subprocess.run(words, check=True, cwd=directory, stdout=subprocess.DEVNULL, **user)

    data = str(directory / "data")
    try:
        run(
            initdb, "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"
        )
        run(control, "-D", data, "-w", "-l", str(directory / "log"), "-o", " ".join(options), "start")
        try:
            yield f"postgresql://postgres@/postgres?host={directory}"
        finally:
            run(control, "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(directory, ignore_errors=True)
