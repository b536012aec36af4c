"""Every row of every table as lines of JSON, the same whichever database they come from or go to.

The first line of a table names it and its columns. Values are JSON's own, but bytes (base64) and times (text), which the
column's field reads back.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.db import connection, models, transaction

Key = tuple[str, str]
_GROWING = ("footage", "upload")
_CHUNK = 2000
_BATCH = 500


@contextmanager
def one_moment() -> Iterator[None]:
    """Inside, every query sees the database as it was at the first one, while others go on writing."""
    if connection.vendor == "sqlite":
        # Deferred: a reader. Django's own transactions begin as writers here, and would stop all others.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def tables(apps: Apps) -> dict[Key, type[models.Model]]:
    """(app, name) -> model of each table, those between two others included."""
    every = apps.get_models(include_auto_created=True)
    kept = [model for model in every if model._meta.managed and not model._meta.proxy]  # noqa: SLF001
    return {(model._meta.app_label, model._meta.model_name or ""): model for model in kept}  # noqa: SLF001


def lines(apps: Apps) -> Iterator[bytes]:
    """The whole database; to be read inside `one_moment`."""
    for (app, name), model in sorted(tables(apps).items()):
        columns = [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001
        yield _line({"app": app, "model": name, "columns": columns})
        rows = model._base_manager.order_by("pk").values_list(*columns)  # noqa: SLF001
        if (app, name) == _GROWING:
            rows = rows.exclude(used_at=None)  # its sender begins again; what came so far is no whole object
        for row in rows.iterator(chunk_size=_CHUNK):
            yield _line([_plain(value) for value in row])


def load(apps: Apps, source: Iterable[bytes]) -> int:
    """Put the rows into tables that hold none; how many there were. The caller has opened the transaction."""
    known, count = tables(apps), 0
    for each in known.values():
        each._base_manager.all()._raw_delete(connection.alias)  # noqa: SLF001 - what migrations filled in
    model: type[models.Model] | None = None
    fields: list[Any] = []
    waiting: list[models.Model] = []
    for line in source:
        found = json.loads(line)
        if isinstance(found, dict):
            _insert(model, waiting)
            model = known[found["app"], found["model"]]
            by_column = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001
            fields = [by_column[name] for name in found["columns"]]
            continue
        assert model is not None  # noqa: S101 - a table's line comes first
        values = {field.attname: _value(field, value) for field, value in zip(fields, found, strict=True)}
        waiting.append(model(**values))
        count += 1
        if len(waiting) == _BATCH:
            _insert(model, waiting)
    _insert(model, waiting)
    _number_on(known.values())
    return count


def _insert(model: type[models.Model] | None, waiting: list[models.Model]) -> None:
    if model is not None and waiting:
        model._base_manager.bulk_create(waiting, batch_size=_BATCH)  # noqa: SLF001
    waiting.clear()


def _number_on(every: Iterable[type[models.Model]]) -> None:
    """New rows get numbers after those that came in."""
    statements = connection.ops.sequence_reset_sql(_no_style(), list(every))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _no_style() -> Any:
    from django.core.management.color import no_style  # noqa: PLC0415 - a part of Django's command line

    return no_style()


def _value(field: Any, value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    return (field.target_field if field.is_relation else field).to_python(value)


def _plain(value: Any) -> Any:
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
