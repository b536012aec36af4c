"""Custody as it goes out, to the agency and to the owner alike."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema


class CustodyLineOut(Schema):
    """One act. `actor`: officer, owner or platform. `seen_by_server`: else whoever did it says so. `hash` covers all before."""

    number: int
    at: datetime
    event: str
    actor: str
    name: str
    seen_by_server: bool
    facts: dict[str, str | int | float | bool | None]
    hash: str


class CustodyOut(Schema):
    """All acts, oldest first. `unbroken`: each entry carries the fingerprint of the one before."""

    unbroken: bool
    lines: list[CustodyLineOut]
