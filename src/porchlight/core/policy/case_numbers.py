"""Case numbers, and the pattern in which an agency registers how its own look.

A pattern is a template, not a regular expression: `#` stands for a digit, `@` for a letter, anything else for
itself. `AF-##-#####` matches AF-26-01734. So nobody can register a pattern that takes for ever to match, or one that
matches everything, and the page can show an example of it.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

from porchlight.core.errors import Refused
from porchlight.core.reasons import reason

DIGIT, LETTER = "#", "@"
MOST_CHARACTERS = 40
LEAST_PLACEHOLDERS = 3
"""Fewer could not tell one case from another."""
_LITERALS = frozenset(string.ascii_letters + string.digits + "-/._ ")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class CasePattern:
    """Make one through `read_case_pattern`. `template` is in capitals."""

    template: str

    def matches(self, case_number: str) -> bool:
        """Whether the case number, in its canonical form, fits the template character by character."""
        given = canonical_case_number(case_number)
        return len(given) == len(self.template) and all(
            _fits(wanted, character) for wanted, character in zip(self.template, given, strict=True)
        )

    def example(self) -> str:
        """A case number that fits, for a hint on a page."""
        digits = "26017345890"
        found = []
        for index, wanted in enumerate(self.template):
            found.append({DIGIT: digits[index % len(digits)], LETTER: "A"}.get(wanted, wanted))
        return "".join(found)


def read_case_pattern(text: str) -> CasePattern:
    """The pattern. Raises Refused if it is too long, holds other characters, or has under 3 placeholders."""
    template = canonical_case_number(text) if len(text) <= MOST_CHARACTERS else text
    objections = []
    if len(template) > MOST_CHARACTERS:
        objections.append(reason("case_pattern_too_long", characters=len(template), most=MOST_CHARACTERS))
    if any(each not in _LITERALS and each not in {DIGIT, LETTER} for each in template[:MOST_CHARACTERS]):
        objections.append(reason("case_pattern_characters"))
    placeholders = template.count(DIGIT) + template.count(LETTER)
    if placeholders < LEAST_PLACEHOLDERS:
        objections.append(
            reason("case_pattern_too_loose", placeholders=placeholders, least=LEAST_PLACEHOLDERS)
        )
    if objections:
        raise Refused(tuple(objections))
    return CasePattern(template)


def canonical_case_number(text: str) -> str:
    """Capitals, single blanks, none at the ends: one text for one case, so that limits count it as one."""
    return _BLANKS.sub(" ", text.strip()).upper()


def _fits(wanted: str, character: str) -> bool:
    if wanted == DIGIT:
        return character in string.digits
    if wanted == LETTER:
        return character in string.ascii_uppercase
    return wanted == character
