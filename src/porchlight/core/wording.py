"""What an agency may write in a request: words about what happened, and no way round the platform.

Contact comes from the register and replies go to the platform, so links, mail addresses and phone numbers have no
place; and what is read must be what was written, so nothing invisible. An ordinary number is fine: a case number, a
time, a date, a street number.

Every pattern is a plain sequence without nested repetition, and text over its limit is not searched at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from porchlight.core.reasons import Reason, reason


@dataclass(frozen=True)
class TextRule:
    """Lengths in characters, after `tidy`. `lines`: whether the text may have more than one."""

    field: str
    least: int
    most: int
    lines: bool = False


FACTUAL_BASIS = TextRule("factual_basis", least=20, most=1200, lines=True)
PUBLIC_SUMMARY = TextRule("public_summary", least=10, most=280)
DANGER_REASON = TextRule("danger_reason", least=20, most=400)

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN_CATEGORIES = frozenset({"Cf", "Co", "Cs", "Cn"})
_UNSEEN_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")

_TOP_LEVEL = (
    "com|org|net|edu|gov|mil|int|info|biz|name|pro|io|ai|app|dev|xyz|site|online|link|shop|club|store|news|live|"
    "page|blog|cloud|tech|media|email|chat|social|video|tv|cc|ly|gl|gg|tk|ws|uk|ca|de|fr|mx|eu|ru|cn"
)
_LINK = re.compile(
    rf"[a-z][a-z0-9+.-]{{1,20}}://|\bwww\.|\b[\w-]{{1,63}}\.(?:{_TOP_LEVEL})\b|\b[a-z0-9-]{{2,63}}\.[a-z]{{2,10}}/[^\s]"
    rf"|\b\w{{1,63}} ?[(\[]? ?dot ?[)\]]? ?(?:com|org|net|gov|us)\b|(?<![\d.])\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?![\d.])",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[^\s@]{1,64}@[^\s@]|\b\w{1,64} ?[(\[] ?at ?[)\]] ?\w", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\S)@\w")
_SEPARATOR = r"[ .\-\u2010-\u2015/]{0,3}"
_PHONE = re.compile(
    # ten digits in the North American grouping, with or without country code
    rf"(?<![\w\-])(?:\+?1{_SEPARATOR})?\(?[2-9]\d{{2}}\)?{_SEPARATOR}[2-9]\d{{2}}{_SEPARATOR}\d{{4}}(?![\w])"
    # anything international
    r"|\+\d(?:[ .()\-]?\d){6,14}(?!\d)"
    # seven digits, 555-0123, unless it is a block or a time
    r"|(?<![\w\-.])[2-9]\d{2}[\-.\u2010-\u2015]\d{4}(?![\w\-])(?!\s*(?:block|hours?|hrs?|h)\b)",
    re.IGNORECASE,
)
_NUMBER_OF_SOMETHING = re.compile(
    r"(?:case|report|incident|plate|unit|file|vin|no\.|#)[ :#]{0,3}$", re.IGNORECASE
)
MOST_CASE_NUMBER = 40
_BEFORE = 16
_LOCAL_DIGITS = 7


def tidy(text: str) -> str:
    """One kind of line ending, no blanks at the ends. Apply before storing; the rules measure this form."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def text_reasons(text: str, rule: TextRule, *, case_number: str = "") -> tuple[Reason, ...]:
    """Everything that is wrong with the text, once each, every reason with `field`.

    `case_number` is the request's own and never counts as a phone number.
    """
    if len(text) > rule.most + 2 * rule.most:
        # Not worth tidying, and a megabyte is not worth searching.
        return (reason("text_too_long", field=rule.field, characters=len(text), most=rule.most),)
    return tuple(_reasons(tidy(text), rule, case_number))


def _reasons(text: str, rule: TextRule, case_number: str) -> Iterator[Reason]:
    if len(text) > rule.most:
        yield reason("text_too_long", field=rule.field, characters=len(text), most=rule.most)
        return
    if not text:
        yield reason("text_missing", field=rule.field, least=rule.least)
        return
    if len(text) < rule.least:
        yield reason("text_too_short", field=rule.field, characters=len(text), least=rule.least)
    yield from _unseen(text, rule)
    plain = unicodedata.normalize("NFKC", text).replace("\u3002", ".")
    yield from _ways_round(plain, rule.field, case_number)


def _unseen(text: str, rule: TextRule) -> Iterator[Reason]:
    if any(unicodedata.category(each) == "Cc" and each != "\n" for each in text):
        yield reason("text_control_characters", field=rule.field)
    if "\n" in text and not rule.lines:
        yield reason("text_more_than_one_line", field=rule.field)
    if any(each in _BIDI for each in text):
        yield reason("text_direction_controls", field=rule.field)
    if any(_is_unseen(each) for each in text):
        yield reason("text_invisible_characters", field=rule.field)


def _is_unseen(character: str) -> bool:
    if character in _BIDI:
        return False
    return character in _UNSEEN_FILLERS or unicodedata.category(character) in _UNSEEN_CATEGORIES


def _ways_round(text: str, field: str, case_number: str) -> Iterator[Reason]:
    if _MAIL.search(text):
        yield reason("text_mail_address", field=field)
    # The part after an @ is no second fault.
    if _LINK.search(re.sub(r"@\S+", "@", text)):
        yield reason("text_link", field=field)
    if _HANDLE.search(text):
        yield reason("text_handle", field=field)
    cases = _places_of(case_number, text)
    if any(_is_phone(text, match, cases) for match in _PHONE.finditer(text)):
        yield reason("text_phone_number", field=field)


def _places_of(case_number: str, text: str) -> list[range]:
    """Where the case number stands by itself; inside a longer number it is no case number."""
    if not 0 < len(case_number) <= MOST_CASE_NUMBER:
        return []
    alone = re.compile(rf"(?<!\w){re.escape(case_number)}(?!\w)", re.IGNORECASE)
    return [range(found.start(), found.end() + 1) for found in alone.finditer(text)]


def _is_phone(text: str, match: re.Match[str], cases: list[range]) -> bool:
    """Right after "case" or "plate", one run of digits or seven digits are the number of that."""
    if any(match.start() in place and match.end() in place for place in cases):
        return False
    named = _NUMBER_OF_SOMETHING.search(text[max(0, match.start() - _BEFORE) : match.start()])
    digits = re.sub(r"\D", "", match[0])
    return not (named and (digits == match[0] or len(digits) == _LOCAL_DIGITS))
