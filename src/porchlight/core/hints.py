"""What a person should look at again in a request's words: a name, a look, a plate, a school. Never a refusal.

Words cannot be judged by patterns, so a hint asks and nothing more: it changes no check and no number of reviewers. It
is told to who writes and to who reviews.

Every pattern is a plain sequence without nested repetition, and text over its limit is not searched to its end.
"""

from __future__ import annotations

import re
from enum import StrEnum

from porchlight.core.offenses import Concern
from porchlight.core.policy.people import concerns_in

SEARCHED = 5000


class Hint(StrEnum):
    """In the order of the page."""

    NAME = "name"
    LOOKS = "looks"
    PLATE = "plate"
    CARE = "care"


_PERSON = r"(?:man|men|male|males|woman|women|female|females|boys?|girls?|guys?|persons?|people|youths?|suspects?|teen\w*)"
_LOOKS = re.compile(
    rf"\b(?:black|white|brown|native|asian|arab|indian|foreign|young|old|elderly|short|big)[ -]+(?:skinned[ -]+)?{_PERSON}\b"
    r"|\b(?:hispanic|latin[oax]|caucasian|african[ -]american|middle[ -]eastern|asian|(?:dark|light|fair)[ -]skinned)\b"
    r"|\b(?:tall|heavy-?set|stocky|skinny|slim|overweight|bald|bearded|beard|mustache|tattoo\w*|blond\w*|brunette)\b"
    r"|\b(?:hair|hoodie|hooded|wearing|dressed|jacket|jeans|sneakers|backpack|baseball cap|years? old)\b",
    re.IGNORECASE,
)
_PLATE = re.compile(
    r"\b(?:[Ll]icen[sc]e|[Nn]umber|[Rr]egistration) plates?\b|\b[Pp]lates? (?:no\.? ?|number )?(?=[A-Z\d]{2})"
    r"|\b(?!(?:HWY|US|SR|CTH|STH|RT|RTE|CR|SUV)\b)[A-Z]{2,3}[- ]?\d{3,4}\b(?!-)|\b\d{3}[- ]?[A-Z]{3}\b"
)
_CARE = re.compile(
    # Who was hurt and lies in hospital is no place that is asked about.
    r"\b(?:clinics?|(?<!in )(?<!to )(?<!in the )(?<!to the )(?<!to a )hospitals?|doctor's office|pharmacy|shelters?|rehab|counseling|church\w*|mosques?|synagogues?|temples?"
    r"|place of worship|courthouse|polling place|union hall)\b",
    re.IGNORECASE,
)
_TITLED = re.compile(r"\b(?:named|called|known as|alias|aka|Mr\.?|Mrs\.?|Ms\.?|Dr\.?) [A-Z][a-z]")
_CAPITALS = re.compile(
    r"\b[A-Z][a-z'\u2019]{1,30} (?:[A-Z]\. )?[A-Z][a-z'\u2019]{1,30}\b(?: [A-Z][a-z]{1,30}\b)?"
)
_NOT_IN_NAMES = (
    "street st avenue ave road rd lane ln drive dr court ct place pl boulevard blvd way square park highway circle bridge "
    "river creek lake school church hospital clinic store market station police department county city village town north "
    "south east west monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december on in at near the a an from between around behind outside two three "
    "one this that these video please we did if"
)
_NO_PERSON = frozenset(_NOT_IN_NAMES.split())


def hints_in(text: str, *, known: str = "") -> tuple[Hint, ...]:
    """What to look at again, each once. `known`: names that are no person's, as the agency's own with its town."""
    text = text[:SEARCHED]
    found = {
        Hint.NAME: _TITLED.search(text) is not None or _names(text, known),
        Hint.LOOKS: _LOOKS.search(text) is not None,
        Hint.PLATE: _PLATE.search(text) is not None,
        Hint.CARE: _CARE.search(text) is not None,
    }
    return tuple(hint for hint in Hint if found[hint])


def unticked(text: str, ticked: frozenset[Concern]) -> tuple[Concern, ...]:
    """What the words touch though its box is not ticked."""
    return tuple(each for each in Concern if each in concerns_in(text[:SEARCHED]) and each not in ticked)


def _names(text: str, known: str) -> bool:
    """Whether two words stand together as a name does, none of them a street's, a place's or a day's."""
    return any(
        not _NO_PERSON & set(found[0].casefold().replace(".", "").split()) and found[0] not in known
        for found in _CAPITALS.finditer(text)
    )
