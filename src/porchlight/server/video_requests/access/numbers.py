"""The policy numbers in force: the defaults, tightened by the operator's file. Read here and nowhere else."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings

from porchlight.core.errors import Refused
from porchlight.core.policy import PolicyNumbers
from porchlight.server.config.errors import SettingError


def policy_numbers() -> PolicyNumbers:
    """The numbers of PORCHLIGHT_POLICY_FILE (a TOML table of those that are tighter), or the defaults.

    Raises SettingError when the file cannot be read, names an unknown number, or loosens one.
    """
    return _read(settings.PORCHLIGHT.policy_file)


@cache
def _read(path: Path | None) -> PolicyNumbers:
    if path is None:
        return PolicyNumbers()
    try:
        changes = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingError(f"PORCHLIGHT_POLICY_FILE cannot be read as TOML: {error}") from error
    try:
        return PolicyNumbers().tightened(changes)
    except Refused as refused:
        faults = "; ".join(f"{each.code} {dict(each.params)}" for each in refused.reasons)
        raise SettingError(f"PORCHLIGHT_POLICY_FILE: {faults}") from refused
