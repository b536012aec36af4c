"""Taking a backup into an installation that holds nothing, on whichever database and object store that is.

The tables are made as they were when the backup was taken, filled, and then brought to this version.
"""

from __future__ import annotations

import base64
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from porchlight.backup import layout, rows, sealing
from porchlight.backup.layout import BackupError
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.objects import DirectoryStore, object_store

Tell = Callable[[str], None]
_MADE_AT_START = frozenset({"secret.key"})  # by this very command, and nothing is signed with it yet


def restore(source: Path, *, identity: Path | None, tell: Tell) -> None:
    """Check all of the backup first, then take it in. Raises BackupError; after one, empty the target before trying again."""
    manifest = _manifest(source)
    keys = sealing.identities(identity) if identity else []
    layout.check_sums(source)
    tell("all sums are right")
    files: dict[str, str] = json.loads(b"".join(sealing.read(source / layout.FILES, keys)))
    _check_target(files)
    targets = _targets(manifest)
    names = [path.name for path in sorted((source / layout.OBJECTS).glob("*/*"))]
    for name in names:
        _place(layout.object_path(source, name))
    tell(f"{len(names)} objects")
    state = MigrationExecutor(connection).migrate(targets)
    with housekeeping("backup.restore"), transaction.atomic():
        count = rows.load(state.apps, sealing.read(source / layout.ROWS, keys))
    tell(f"{count} rows")
    for name, content in files.items():
        _write_file(settings.PORCHLIGHT.data_dir / name, io.BytesIO(base64.b64decode(content)))
    tell(f"{len(files)} files of the data directory")
    # A process of its own: the agency side's role follows from the secret key that was just put back.
    if subprocess.run([sys.executable, "-m", "porchlight", "migrate"], check=False).returncode:
        raise BackupError("all is restored, but the database could not be brought to this version: see above")


def _manifest(source: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((source / layout.MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        raise BackupError(
            f"{source} is no backup: name a directory like porchlight-20260321T040000Z"
        ) from error
    if found.get("format") != layout.FORMAT:
        raise BackupError(
            f"{source} has a form that this version does not know: install the one that took it"
        )
    return found


def _check_target(files: dict[str, str]) -> None:
    if any(Path(name).name != name for name in files):
        raise BackupError("the backup names a file outside the data directory")
    if connection.introspection.table_names():
        raise BackupError("the database is not empty: name a fresh one in PORCHLIGHT_DATABASE_URL")
    if next(iter(object_store().names()), None) is not None:
        raise BackupError("the object store is not empty: name a fresh one in PORCHLIGHT_STORAGE_URL")
    root: Path = settings.PORCHLIGHT.data_dir
    for name in files.keys() - _MADE_AT_START:
        if (root / name).exists():
            raise BackupError(f"{root / name} exists: name an empty PORCHLIGHT_DATA_DIR")


def _targets(manifest: dict[str, Any]) -> list[tuple[str, str]]:
    """The newest migrations of the backup's state."""
    applied = {(app, name) for app, name in manifest["migrations"]}
    graph = MigrationExecutor(connection).loader.graph
    if unknown := sorted(applied - graph.nodes.keys()):
        raise BackupError(
            f"the backup is of a newer version ({unknown[0][0]}.{unknown[0][1]}): install that one first"
        )
    return sorted(
        node for node in applied if not any(child.key in applied for child in graph.node_map[node].children)
    )


def _place(path: Path) -> None:
    """The object under the name it had."""
    store = object_store()
    if isinstance(store, DirectoryStore):
        target = store.path(path.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as source:
            _write_file(target, source)
        return
    from porchlight.server.foundation.objects.s3 import BucketStore  # noqa: PLC0415 - only where it is used

    assert isinstance(store, BucketStore)  # noqa: S101 - there are two
    key = store.shelf.key(path.name)
    store.bucket.client.upload_file(str(path), key["Bucket"], key["Key"])


def _write_file(target: Path, source: IO[bytes]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.restoring")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        shutil.copyfileobj(source, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
