"""The version before goes on running while a migration is applied, and after: so migrations only add.

Looked at is every migration after an app's first. A later release may remove what no running version uses any more; then
the operation stands in ALLOWED with the reason.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

# (app, migration, what the finding says) -> why it breaks nothing that runs.
_COLUMN = "which code that does not know it cannot leave out: give it a db_default, or let it be null"
ALLOWED: dict[tuple[str, str, str], str] = {
    ("accounts", "0002_cache_table", "RunPython on the database"): "makes a table that was not there",
    (
        "video_requests",
        "0002_danger_to_life",
        "RunPython on the database",
    ): "fills columns that it has just added",
    ("households", "0002_members", f"adds membership.role, {_COLUMN}"): "0005 gave it one before any release",
    (
        "households",
        "0004_camera_in_cell",
        "builds an index on camera while everybody waits",
    ): "two seconds for a million cameras, which are written to seldom; no release holds that many yet",
    (
        "footage",
        "0002_doors_to_the_key",
        f"adds householdkey.wrapped_previous, {_COLUMN}",
    ): "0004 gave it one before any release",
}
# Tables that grow without end, or with the people: an index on them is built while everybody waits.
BIG = frozenset(
    {"auditentry", "outboxevent", "logentry", "lognode", "notice", "invitation", "custodyentry", "camera"}
    | {"clip", "household", "membership", "user"}
)
ONLY_ADDING = (migrations.CreateModel, migrations.AlterModelOptions, migrations.AlterModelManagers)


def objections(operation: Operation, made_here: set[str]) -> Iterator[str]:
    """Why code that knows nothing of this operation could break on it, or have to wait for it."""
    name = getattr(operation, "model_name_lower", getattr(operation, "name_lower", ""))
    if isinstance(operation, ONLY_ADDING) or name in made_here:
        return
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        for each in operation.database_operations:
            yield from objections(each, made_here)
    elif isinstance(operation, migrations.AddField):
        yield from _of_new_field(operation.field, f"{name}.{operation.name}")
    elif isinstance(operation, migrations.AlterField):
        field = operation.field
        loosened = isinstance(field, models.ForeignKey) and not getattr(field, "db_constraint", True)
        if not field.null and field.db_default is models.NOT_PROVIDED and not loosened:
            yield f"alters {name}.{operation.name} to a column that must be given"
    elif isinstance(operation, migrations.AddIndex):
        if name in BIG:
            yield f"builds an index on {name} while everybody waits"
    else:
        yield f"{type(operation).__name__} on {name or 'the database'}"


def _of_new_field(field: Any, name: str) -> Iterator[str]:
    if isinstance(field, models.ManyToManyField):
        return
    if not field.null and field.db_default is models.NOT_PROVIDED:
        yield f"adds {name}, which code that does not know it cannot leave out: give it a db_default, or let it be null"
    if field.unique:
        yield f"adds {name}, whose values must differ, to rows that are there"


def found() -> Iterator[tuple[str, str, str]]:
    loader = MigrationLoader(None)
    for (app, migration_name), migration in sorted(loader.disk_migrations.items()):
        if not type(migration).__module__.startswith("porchlight.") or migration_name.startswith("0001_"):
            continue
        made_here: set[str] = set()
        for operation in migration.operations:
            for objection in objections(operation, made_here):
                yield app, migration_name, objection
            if isinstance(operation, migrations.CreateModel):
                made_here.add(operation.name_lower)


def test_no_migration_breaks_the_version_that_runs() -> None:
    assert set(found()) - set(ALLOWED) == set()


def test_no_permission_outlives_its_migration() -> None:
    assert set(ALLOWED) - set(found()) == set()
    assert all(ALLOWED.values())


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RemoveField("agency", "phone"),
        migrations.RenameField("agency", "phone", "telephone"),
        migrations.DeleteModel("Agency"),
        migrations.RenameModel("Agency", "Police"),
        migrations.AlterModelTable("Agency", "police"),
        migrations.AddField("agency", "rank", models.IntegerField(default=0)),
        migrations.AddField("agency", "rank", models.IntegerField(null=True, unique=True)),
        migrations.AlterField("agency", "phone", models.CharField(max_length=5)),
        migrations.AddIndex("notice", models.Index(fields=["send_at"], name="x")),
        migrations.AddConstraint(
            "agency", models.CheckConstraint(condition=models.Q(population__gt=0), name="x")
        ),
        migrations.RunSQL("DROP TABLE agencies_agency"),
        migrations.RunPython(migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState([migrations.DeleteModel("Agency")], []),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_breaks_is_seen(operation: Operation) -> None:
    assert list(objections(operation, set()))


@pytest.mark.parametrize(
    "operation",
    [
        migrations.CreateModel("Rank", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddField("agency", "rank", models.IntegerField(null=True)),
        migrations.AddField("agency", "rank", models.IntegerField(default=0, db_default=0)),
        migrations.AddIndex("agency", models.Index(fields=["name"], name="x")),
    ],
    ids=["CreateModel", "nullable", "db_default", "small index"],
)
def test_what_only_adds_is_let_through(operation: Operation) -> None:
    assert list(objections(operation, set())) == []
