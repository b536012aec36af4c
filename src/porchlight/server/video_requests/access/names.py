"""The closed list of offense types in words."""

from __future__ import annotations

from porchlight.core.offenses import offense_type
from porchlight.server.ui import words


def offense_name(code: str) -> str:
    """The offense type in words; a code that is not on the list stands for itself."""
    return words.offense_label(code)


def offense_group(code: str) -> str:
    """The code of the group that an offense type belongs to; empty if it is not on the list."""
    found = offense_type(code)
    return found.group.value if found else ""


def group_name(group: str) -> str:
    """A group of offense types in words."""
    return str(words.GROUP_LABELS.get(group, group))


def offense_choices(least_seriousness: int = 1) -> list[tuple[str, list[tuple[str, str]]]]:
    """(group, [(code, name)]) in the order of the list, without types below the minimum."""
    return words.offense_choices(least_seriousness)
