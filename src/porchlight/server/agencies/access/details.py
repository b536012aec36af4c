"""What is written down of an agency, checked: from a form, a command or a line of a table alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from porchlight.core.errors import Refused
from porchlight.core.localtime import time_zones
from porchlight.core.policy import read_case_pattern
from porchlight.core.reasons import Reason, reason
from porchlight.core.wording import TextRule, text_reasons, tidy
from porchlight.server.agencies.access.states import STATES

_ORI = re.compile(r"^[A-Z]{2}[A-Z0-9]{7}$")
_DOMAIN = re.compile(r"^(?=.{4,120}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$")
_PHONE = re.compile(r"^\+?[0-9][0-9 ().-]{5,38}[0-9]$")
_FIPS = re.compile(r"^[0-9]{5}$")
_NAME: Final = TextRule("name", least=3, most=120)
_SHORT_NAME: Final = TextRule("short_name", least=2, most=60)
_MOST_PEOPLE = 100_000_000
OPTIONAL: Final = (
    "short_name",
    "county_fips",
    "population",
    "mail_domain",
    "phone",
    "case_template",
    "timezone",
    "joined_on",
)
REQUIRED: Final = ("ori", "name", "state")


@dataclass(frozen=True)
class Details:
    """An agency's entry in the register. `joined_on` is None for today."""

    ori: str
    name: str
    state: str
    short_name: str = ""
    county_fips: str = ""
    population: int | None = None
    mail_domain: str = ""
    phone: str = ""
    case_template: str = ""
    timezone: str = "UTC"
    joined_on: date | None = None


def read_details(given: Mapping[str, str]) -> Details:
    """The details behind texts named as in `Details`; what is missing or blank takes its default.

    The time zone defaults to the one most of the state lives in. Raises Refused with everything that is wrong.
    """
    text = {name: str(given.get(name) or "").strip() for name in (*REQUIRED, *OPTIONAL)}
    text["ori"], text["state"] = text["ori"].upper(), text["state"].upper()
    text["mail_domain"] = text["mail_domain"].lower().lstrip("@")
    text["timezone"] = text["timezone"] or STATES.get(text["state"], "UTC")
    reasons = tuple(_reasons(text))
    if reasons:
        raise Refused(reasons)
    pattern = read_case_pattern(text["case_template"]).template if text["case_template"] else ""
    return Details(
        ori=text["ori"],
        name=tidy(text["name"]),
        state=text["state"],
        short_name=tidy(text["short_name"]),
        county_fips=text["county_fips"],
        population=int(text["population"]) if text["population"] else None,
        mail_domain=text["mail_domain"],
        phone=text["phone"],
        case_template=pattern,
        timezone=text["timezone"],
        joined_on=date.fromisoformat(text["joined_on"]) if text["joined_on"] else None,
    )


def _reasons(text: Mapping[str, str]) -> Iterator[Reason]:
    if not _ORI.match(text["ori"]):
        yield reason("ori_malformed")
    yield from text_reasons(text["name"], _NAME)
    if text["short_name"]:
        yield from text_reasons(text["short_name"], _SHORT_NAME)
    if text["state"] not in STATES:
        yield reason("state_unknown")
    if text["county_fips"] and not _FIPS.match(text["county_fips"]):
        yield reason("county_fips_malformed")
    if text["population"] and not (_is_count(text["population"]) and int(text["population"]) <= _MOST_PEOPLE):
        yield reason("population_malformed")
    if text["mail_domain"] and not _DOMAIN.match(text["mail_domain"]):
        yield reason("mail_domain_malformed")
    if text["phone"] and not _PHONE.match(text["phone"]):
        yield reason("phone_malformed")
    if text["timezone"] not in time_zones():
        yield reason("timezone_unknown")
    if text["joined_on"] and not _is_date(text["joined_on"]):
        yield reason("joined_on_malformed")
    yield from _case_reasons(text["case_template"])


def _case_reasons(template: str) -> tuple[Reason, ...]:
    if not template:
        return ()
    try:
        read_case_pattern(template)
    except Refused as refusal:
        return refusal.reasons
    return ()


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < len(str(_MOST_PEOPLE)) + 1


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
