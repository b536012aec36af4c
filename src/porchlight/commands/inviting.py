"""What the commands that invite people share."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable

from django.db.utils import OperationalError

from porchlight.cli import CommandError
from porchlight.core.errors import Refused
from porchlight.server.agencies.access import registered_oris
from porchlight.server.ui.reasons import text_of

NOT_MIGRATED = "the database is not ready: run “porchlight migrate” first"


def reasons_in_words(refusal: Refused) -> str:
    """All reasons in one line."""
    return " ".join(text_of(each) for each in refusal.reasons)


def token_in(link: str) -> str:
    """The token at the end of an invitation's link."""
    return link.rstrip("/").rpartition("/")[2]


def mailed(send: Callable[[], None]) -> str:
    """Try to mail; says in one line whether the server took it."""
    try:
        send()
    except (smtplib.SMTPException, OSError) as error:
        logging.getLogger(__name__).debug("no mail", exc_info=True)
        return f"It could not be mailed ({error}). Hand it over yourself."
    return "It was mailed as well."


def ready_database() -> None:
    """Raises CommandError where the tables are missing."""
    try:
        registered_oris()
    except OperationalError as error:
        raise CommandError(NOT_MIGRATED) from error
