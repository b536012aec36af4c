"""One line of `porchlight doctor`: what was looked at, and what to do where it is not well."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`todo` is empty where all is well."""

    name: str
    text: str
    todo: str = ""

    @property
    def ok(self) -> bool:
        return not self.todo


def well(name: str, text: str) -> Finding:
    """Nothing to do."""
    return Finding(name, text)


def ill(name: str, text: str, todo: str) -> Finding:
    """Something to do."""
    return Finding(name, text, todo)
