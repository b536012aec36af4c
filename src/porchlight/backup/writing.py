"""Taking a backup of a running installation.

Objects first, then the rows as of one moment, then the objects that those rows name and that came meanwhile: so no row
points to an object that is not there. What was deleted in between is left out at the end.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from porchlight.backup import layout, rows, sealing
from porchlight.backup.layout import BackupError
from porchlight.core.errors import NotFound
from porchlight.server.footage.access import uploads_growing
from porchlight.server.foundation.objects import object_store
from porchlight.server.operations.contents import referenced_objects
from porchlight.server.operations.readiness import missing_migrations

_LOCK = ".porchlight-backup.lock"
_LEFT_OUT = (".sqlite3", ".sqlite3-wal", ".sqlite3-shm", ".lock", ".log")
_ROUNDS = 12
_LEAST_FREE = 64 * 1024**2

Tell = Callable[[str], None]


def write(target: Path, *, now: datetime, to: str | None, keep: int | None, tell: Tell) -> Path:
    """Make one backup below `target`; returns its directory. Raises BackupError."""
    if missing := missing_migrations():
        raise BackupError(f"the database lacks {len(missing)} migrations: run porchlight migrate first")
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(target):
        for left in target.glob(f"{layout.PARTIAL}*"):
            shutil.rmtree(left)  # of a backup that was killed
        final = target / f"porchlight-{now:%Y%m%dT%H%M%SZ}"
        if final.exists():
            raise BackupError(f"{final} exists already: wait a second")
        draft = target / f"{layout.PARTIAL}{os.getpid()}"
        draft.mkdir(mode=0o700)
        try:
            _fill(draft, now, sealing.recipient(to) if to else None, tell)
            layout.sync_tree(draft)
            draft.rename(final)
            layout.sync_tree(target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)  # it has its final name, or is worth nothing
        if keep is not None:
            _forget_old(target, keep, tell)
    return final


def _fill(draft: Path, now: datetime, to: Any | None, tell: Tell) -> None:
    sums: dict[str, str] = {}
    (draft / layout.OBJECTS).mkdir(mode=0o700)
    for round_ in range(_ROUNDS):
        # Most is copied before the moment, so that what must be copied inside it is little and soon done.
        for name in sorted(referenced_objects() - uploads_growing()):
            if _key(name) not in sums:
                _copy(draft, name, sums)
        if round_ == 0:
            tell(f"{len(sums)} objects")
        with rows.one_moment():
            growing = uploads_growing()
            wanted = referenced_objects() - growing
            # What came since; at once, before one of them is deleted again.
            lacking = {name for name in wanted if _key(name) not in sums and not _copy(draft, name, sums)}
            migrations = sorted(MigrationRecorder(connection).applied_migrations())
            path, digest = sealing.write(draft / layout.ROWS, rows.lines(apps), to)
        sums[path.name] = digest
        if lacking <= referenced_objects():
            break  # the store itself has lost these: `porchlight doctor` says so
        path.unlink()  # some were deleted just then; look at a later moment
    else:
        raise BackupError("too much is being deleted at this moment: try again")
    tell("rows")
    for name in {path.name for path in (draft / layout.OBJECTS).glob("*/*")} - wanted:
        layout.object_path(draft, name).unlink()
        del sums[_key(name)]
    path, digest = sealing.write(draft / layout.FILES, [json.dumps(_files()).encode()], to)
    sums[path.name] = digest
    manifest = {
        "format": layout.FORMAT,
        "porchlight": version("porchlight"),
        "taken_at": now.isoformat(),
        "base_url": settings.PORCHLIGHT.base_url,
        "migrations": migrations,
        "objects": len(wanted - lacking),
        "rows_without_object": sorted(lacking),
        "uploads_left_out": len(growing),
        "sealed": to is not None,
    }
    layout.write_synced(draft / layout.MANIFEST, json.dumps(manifest, indent=1).encode())
    layout.write_sums(draft, sums)


def _copy(draft: Path, name: str, sums: dict[str, str]) -> bool:
    """Copy one object; False where the store has none (any more)."""
    store, path = object_store(), layout.object_path(draft, name)
    try:
        size = store.size(name)
        pieces = store.read(name, 0, size)
    except NotFound:
        return False
    path.parent.mkdir(exist_ok=True, mode=0o700)
    if shutil.disk_usage(path.parent).free < size + _LEAST_FREE:
        raise BackupError(f"{draft.parent} has no room: make some, or keep fewer backups")
    found, written = hashlib.sha256(), 0
    with path.open("xb") as file:
        for piece in pieces:
            found.update(piece)
            written += file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if written != size:
        path.unlink()
        return False
    sums[_key(name)] = found.hexdigest()
    return True


def _files() -> dict[str, str]:
    """What lies in the data directory beside database, objects and logs: keys, the register of addresses, the map."""
    found: dict[str, str] = {}
    root: Path = settings.PORCHLIGHT.data_dir
    database = str(connection.settings_dict["NAME"])
    for path in sorted(root.iterdir()) if root.exists() else []:
        if path.is_file() and not path.name.endswith(_LEFT_OUT) and not str(path).startswith(database):
            found[path.name] = base64.b64encode(path.read_bytes()).decode()
    return found


def _forget_old(target: Path, keep: int, tell: Tell) -> None:
    whole = sorted(path for path in target.iterdir() if layout.NAME.fullmatch(path.name))
    for old in whole[:-keep]:
        gone = old.with_name(f"{layout.PARTIAL}{old.name}")
        old.rename(gone)  # half a backup never bears a backup's name
        shutil.rmtree(gone)
        tell(f"removed {old.name}")


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    with (target / _LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError(f"another backup into {target} is running") from error
        yield


def _key(name: str) -> str:
    return f"{layout.OBJECTS}/{name[:2]}/{name}"
