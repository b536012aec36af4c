"""Agencies from a CSV table: every fault with its line, and all or nothing."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

from porchlight.core.errors import PorchlightError, Refused
from porchlight.server.agencies.access import registered_oris
from porchlight.server.agencies.access.details import OPTIONAL, REQUIRED, Details, read_details
from porchlight.server.ui.reasons import text_of

_MOST_FAULTS = 20


class BadTable(PorchlightError):
    """The table cannot be imported. The message names the lines and what to change, on one line."""


@dataclass(frozen=True)
class Line:
    """One agency and the line it stands on; the heading is line 1."""

    number: int
    details: Details


def read_table(text: str) -> list[Line]:
    """All lines of a CSV text with a heading. Raises BadTable with the first faults if there is any."""
    if "\0" in text:
        raise BadTable("this is not a text file")
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    lines: list[Line] = []
    faults: list[str] = []
    try:
        _check_heading([name.strip() for name in reader.fieldnames or []])
        known = dict.fromkeys(registered_oris(), "is in the register already")
        for row in reader:
            if not any(isinstance(value, str) and value.strip() for value in row.values()):
                continue
            try:
                line = _line(row, reader.line_num)
            except BadTable as fault:
                faults.append(f"line {reader.line_num}: {fault}")
                continue
            if line.details.ori in known:
                faults.append(f"line {line.number}: {line.details.ori} {known[line.details.ori]}")
            known.setdefault(line.details.ori, f"stands on line {line.number} too")
            lines.append(line)
    except csv.Error as error:
        raise BadTable(f"line {reader.line_num}: this is not CSV ({error})") from error
    if faults:
        more = f" … and {len(faults) - _MOST_FAULTS} more" if len(faults) > _MOST_FAULTS else ""
        raise BadTable("; ".join(faults[:_MOST_FAULTS]) + more)
    if not lines:
        raise BadTable("there is no agency in it")
    return lines


def _check_heading(names: list[str]) -> None:
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise BadTable(f"line 1: the heading lacks {', '.join(missing)}")
    unknown = [name for name in names if name not in {*REQUIRED, *OPTIONAL}]
    if unknown:
        raise BadTable(
            f"line 1: unknown columns {', '.join(unknown)}; known are {', '.join((*REQUIRED, *OPTIONAL))}"
        )
    if len(set(names)) != len(names):
        raise BadTable("line 1: a column stands there twice")


def _line(row: dict[str | Any, str | Any], number: int) -> Line:
    if None in row:
        raise BadTable("more values than columns; put text with commas in quotes")
    if any(value is None for value in row.values()):
        raise BadTable("fewer values than columns")
    try:
        return Line(number, read_details({name.strip(): value for name, value in row.items()}))
    except Refused as refusal:
        raise BadTable(" ".join(text_of(each) for each in refusal.reasons)) from refusal
