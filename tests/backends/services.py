"""A private PostgreSQL and a private S3 for one run of the tests. Run as a program: `python services.py`.

Prints one line of JSON with where they are, then waits for the end of its standard input and stops both. So they end
with the run however it ends, by Ctrl-C or `kill -9`.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BUCKET = "porchlight-tests"
_UNSAFE_BUT_FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "listen_addresses": "''",
    "shared_buffers": "128MB",
    "max_wal_size": "2GB",
}


def binaries() -> Path:
    """Where the newest installed PostgreSQL keeps its programs."""
    on_path = shutil.which("initdb")
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parents[1].name)
    )
    if not found and on_path is None:
        raise SystemExit("PostgreSQL is not installed: `make debian-packages` does it (package postgresql)")
    return found[-1].parent if found else Path(str(on_path)).parent


@contextmanager
def postgres(**settings: str) -> Iterator[str]:
    """A cluster of its own on a socket of its own; gives its address without a database's name.

    PostgreSQL refuses to run as root, so root runs it as the account `postgres`.
    """
    programs, owner = binaries(), "postgres" if os.geteuid() == 0 else None
    directory = Path(tempfile.mkdtemp(prefix="porchlight-pg-"))
    if owner:
        account = pwd.getpwnam(owner)
        os.chown(directory, account.pw_uid, account.pw_gid)
    as_owner: dict[str, Any] = {"user": owner, "group": owner, "extra_groups": []} if owner else {}

    def run(program: str, *words: str) -> None:
        subprocess.run(
            [programs / program, "-D", directory / "data", *words],
            check=True,
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            timeout=120,
            **as_owner,
        )

    try:
        run("initdb", "-A", "trust", "-U", "porchlight", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        own = _UNSAFE_BUT_FAST | {"unix_socket_directories": f"'{directory}'"} | settings
        with (directory / "data" / "postgresql.conf").open("a") as file:
            file.writelines(f"{key} = {value}\n" for key, value in own.items())
        run("pg_ctl", "-w", "-l", str(directory / "log"), "start")
        try:
            yield f"postgresql://porchlight@/%s?host={directory}"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def directory_of(cluster: str) -> Path:
    """Where the files of a cluster that `postgres` gave lie."""
    return Path(cluster.partition("?host=")[2])


@contextmanager
def object_storage() -> Iterator[str]:
    """An S3 that keeps everything in memory, with one bucket; gives its address."""
    import logging

    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="tests",
        aws_secret_access_key="tests",
    )
    client.create_bucket(Bucket=BUCKET)
    try:
        yield f"s3://{BUCKET}?endpoint={endpoint}&region=us-east-1&key=tests&secret=tests"
    finally:
        server.stop()


def main() -> None:
    with postgres() as cluster, object_storage() as storage:
        print(json.dumps({"cluster": cluster, "storage": storage}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
