"""Doctor, second half: objects against rows, the public log, the mail server."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator

from django.core.mail import get_connection
from django.db import DatabaseError

from porchlight.core.errors import NotFound
from porchlight.server.disclosures import access as disclosures
from porchlight.server.footage import access as footage
from porchlight.server.foundation.objects import object_store
from porchlight.server.operations.findings import Finding, ill, well
from porchlight.server.operations.readiness import trouble_with_objects
from porchlight.server.transparency.access import checking

_PROBE = b"porchlight doctor"
_SHOWN = 3


def objects_can_be_kept() -> Iterator[Finding]:
    """Write one, read it, delete it."""
    trouble = trouble_with_objects()
    if trouble:
        yield ill("objects", trouble, "check PORCHLIGHT_STORAGE_URL and what this user may do there")
        return
    store = object_store()
    name = store.create()
    try:
        store.append(name, 0, [_PROBE], len(_PROBE))
        same = b"".join(store.read(name, 0, len(_PROBE))) == _PROBE
    finally:
        store.delete(name)
    if same:
        yield well("objects", "written, read and deleted one")
    else:
        yield ill("objects", "what was read is not what was written", "do not use this store")


def objects_and_rows_agree() -> Iterator[Finding]:
    """Every row's object is there, and every object has its row."""
    before = set(object_store().names())
    rows = referenced_objects()
    there = set(object_store().names())
    # Looked at before and after the rows, so that what comes or goes meanwhile counts for neither.
    lacking = sorted(name for name in rows - there if _is_gone(name))
    nameless = sorted((before & there) - rows - referenced_objects())
    if lacking:
        yield ill(
            "rows",
            f"{len(lacking)} have lost their object ({', '.join(lacking[:_SHOWN])})",
            "restore these objects from a backup",
        )
    else:
        yield well("rows", f"{len(rows)} have their objects")
    if nameless:
        yield ill(
            "store",
            f"{len(nameless)} objects belong to no row ({', '.join(nameless[:_SHOWN])})",
            "run: porchlight doctor --remove-nameless",
        )
    else:
        yield well("store", "every object belongs to a row")


def remove_nameless() -> int:
    """Delete the objects that no row names: left by a process that was killed between the two. How many there were."""
    before = set(object_store().names())
    nameless = before - referenced_objects()
    for name in nameless:
        object_store().delete(name)
    return len(nameless)


def referenced_objects() -> set[str]:
    """The name of every object that a row points to."""
    return footage.object_names() | disclosures.object_names()


def log_is_whole() -> Iterator[Finding]:
    """The public log from its first entry: each hash, the tree's root, the newest signature."""
    try:
        size = checking.check()
    except checking.LogDamaged as damage:
        yield ill("log", str(damage), "stop the platform and restore the newest backup that is whole")
    except DatabaseError as error:
        yield ill("log", f"cannot be read ({type(error).__name__})", "run: porchlight migrate")
    else:
        yield well("log", f"{size} entries, whole and signed")


def mail_server_answers() -> Iterator[Finding]:
    """Connect and sign in; nothing is sent."""
    connection = get_connection()
    try:
        connection.open()
        connection.close()
    except (smtplib.SMTPException, OSError) as error:
        yield ill("mail", f"the server does not answer ({type(error).__name__})", "check PORCHLIGHT_SMTP_URL")
    else:
        yield well("mail", "the server answers")


def _is_gone(name: str) -> bool:
    try:
        object_store().size(name)
    except NotFound:
        return name in referenced_objects()
    return False
