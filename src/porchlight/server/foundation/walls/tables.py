"""Which tables stand on which side of the wall. An app is walled unless it is named here, so a new one is walled too."""

from __future__ import annotations

from enum import Enum, auto
from functools import cache

from django.apps import apps
from django.db import models

OPEN_APPS = frozenset(
    {
        "accounts",
        "agencies",
        "video_requests",
        "disclosures",
        "transparency",
        "foundation",
        "tokens",
        # The framework's: sign-in, sessions.
        "auth",
        "contenttypes",
        "sessions",
        "account",
        "mfa",
    }
)
# Counts of tries and spent codes; it belongs to no app.
CACHE_TABLE = "web_cache"
# Every side writes into these; what another side wrote there is not for the agency's eyes.
_WRITE_ONLY = frozenset({"foundation.auditentry", "foundation.outboxevent"})


class Right(Enum):
    """What the agency side may do with one table."""

    ALL = auto()
    ADD = auto()  # add rows and learn their own numbers, no more


@cache
def open_tables() -> dict[str, Right]:
    """The tables that the agency side may reach, from the app registry."""
    found = {
        model._meta.db_table: Right.ADD if model._meta.label_lower in _WRITE_ONLY else Right.ALL  # noqa: SLF001
        for model in _models()
        if model._meta.app_label in OPEN_APPS  # noqa: SLF001
    }
    found[CACHE_TABLE] = Right.ALL
    return found


def walled_tables() -> frozenset[str]:
    """Every other table of the installed apps."""
    return frozenset(model._meta.db_table for model in _models()) - open_tables().keys()  # noqa: SLF001


def primary_keys() -> dict[str, str]:
    """Table -> the column of its primary key: what the database hands back for a row that was added."""
    return {model._meta.db_table: str(model._meta.pk.column) for model in _models()}  # noqa: SLF001


def _models() -> list[type[models.Model]]:
    every = apps.get_models(include_auto_created=True, include_swapped=False)
    return [model for model in every if model._meta.managed and not model._meta.proxy]  # noqa: SLF001
