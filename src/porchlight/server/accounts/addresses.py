"""Mail addresses and names as people type them: one form for one address, nothing invisible."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from porchlight.core.errors import Refused
from porchlight.core.reasons import Reason, reason
from porchlight.core.wording import TextRule, text_reasons, tidy

MOST_ADDRESS = 254
NAME = TextRule("name", least=1, most=80)


def clean_address(text: str) -> str:
    """The address in lower case. Raises Refused("mail_address_malformed") unless it is plain ASCII and well-formed."""
    address = text.strip().lower()
    try:
        if len(address) > MOST_ADDRESS or not address.isascii():
            raise Refused((reason("mail_address_malformed"),))
        validate_email(address)
    except ValidationError as error:
        raise Refused((reason("mail_address_malformed"),)) from error
    return address


def line_reasons(text: str, rule: TextRule) -> tuple[Reason, ...]:
    """What is wrong with a name, a title or another single line."""
    return text_reasons(text, rule)


def clean_line(text: str, rule: TextRule = NAME) -> str:
    """The text without blanks at its ends. Raises Refused with everything that is wrong with it."""
    reasons = line_reasons(text, rule)
    if reasons:
        raise Refused(reasons)
    return tidy(text)


def in_domain(address: str, domain: str) -> bool:
    """Whether a clean address lies in `domain` or below it; an empty domain holds every address."""
    host = address.rpartition("@")[2]
    wanted = domain.lower().lstrip("@.")
    return not wanted or host == wanted or host.endswith(f".{wanted}")
