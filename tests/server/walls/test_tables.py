"""Which tables are walled follows from the app registry."""

from django.apps import apps

from porchlight.server.foundation.walls import open_tables, walled_tables
from porchlight.server.foundation.walls.tables import OPEN_APPS, Right

OWNERS = ("households", "footage", "consent", "notifications")


def test_every_table_of_the_owners_is_walled() -> None:
    for label in OWNERS:
        tables = {
            model._meta.db_table for model in apps.get_app_config(label).get_models(include_auto_created=True)
        }
        assert tables
        assert tables <= walled_tables()
        assert not tables & open_tables().keys()


def test_an_app_that_nobody_named_is_walled() -> None:
    """What is open is listed, so an app that is added tomorrow stands behind the wall."""
    assert not OPEN_APPS & set(OWNERS)
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        assert (table in walled_tables()) != (model._meta.app_label in OPEN_APPS), table


def test_what_every_side_writes_can_only_be_added_to() -> None:
    assert {table for table, right in open_tables().items() if right is Right.ADD} == {
        "foundation_auditentry",
        "foundation_outboxevent",
    }


def test_no_constraint_leads_from_a_walled_table_to_an_open_one() -> None:
    """SQLite would look through the wall on behalf of whoever adds a row to the open one."""
    across = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if model._meta.db_table in walled_tables()
        and field.is_relation
        and field.db_constraint
        and field.related_model._meta.db_table in open_tables()
    ]
    assert across == []
