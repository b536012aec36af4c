"""An entry of the public log as a person reads it: what happened, whose it is, and where more stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from porchlight.core.log_entries import EntryKind
from porchlight.server.agencies.access import agency_names, agency_names_by_ori
from porchlight.server.transparency.access import Entry
from porchlight.server.ui.words import entry_label
from porchlight.server.video_requests.access import on_record


@dataclass(frozen=True)
class LogRow:
    """`agency`: how its page is asked for; empty, as `agency_name` is, where the entry names none that is known.

    `request_id` only where the request stands on the public record.
    """

    index: int
    at: datetime
    what: str
    agency: str
    agency_name: str
    request_id: UUID | None


def rows_of(entries: Sequence[Entry]) -> list[LogRow]:
    """One row for each, in their order."""
    read = [(entry, entry.fields) for entry in entries]
    public = on_record([e.subject_id for e in entries if e.subject_id and _noun(e) == "request"])
    oris = agency_names_by_ori({_ori(entry, fields) for entry, fields in read} | set(public.values()))
    joined = agency_names([e.subject_id for e in entries if e.subject_id and _noun(e) == "agency"])
    names = {**oris, **{str(key): name for key, name in joined.items()}}
    rows = []
    for entry, fields in read:
        # A second look's entry names its request alone.
        agency = (
            _ori(entry, fields)
            or (entry.subject_id and public.get(entry.subject_id))
            or str(entry.subject_id)
        )
        known = agency in names
        rows.append(
            LogRow(
                index=entry.index,
                at=entry.created_at,
                what=entry_label(entry.kind, str(fields.get("verdict", ""))),
                agency=agency if known else "",
                agency_name=names[agency] if known else "",
                request_id=entry.subject_id if entry.subject_id in public else None,
            )
        )
    return rows


def is_about_request(entry: Entry) -> bool:
    """Whether its subject is a request, public or not yet."""
    return _noun(entry) == EntryKind.REQUEST_SUBMITTED.noun


def _noun(entry: Entry) -> str:
    return entry.kind.partition(".")[0]


def _ori(entry: Entry, fields: dict[str, object]) -> str:
    return str(fields.get("agency", "")) if _noun(entry) == "request" else ""
