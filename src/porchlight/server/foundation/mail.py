"""One mail through the operator's SMTP server. Called by outbox handlers only: nothing leaves before the commit."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from porchlight.server.foundation.mail_form import Form, FormMail

# The server did not take this one mail, and takes others.
REFUSED: Final = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused)


def send(
    *,
    to: str,
    subject: str,
    text: str,
    html: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Hand the mail to the server; raises `smtplib.SMTPException` or `OSError` when it was not taken.

    `headers` may hold a Message-ID, so that a repeated mail is seen as the same one. Replies reach the platform.
    """
    written(to=to, subject=subject, text=text, html=html, headers=headers).send()


def written(
    *,
    to: str,
    subject: str,
    text: str,
    html: str | None = None,
    headers: Mapping[str, str] | None = None,
    form: Form | None = None,
    link: str = "",
) -> EmailMultiAlternatives:
    """The mail that `send` hands over. `form`: where many mails have the same words but for `link`."""
    fields: dict[str, Any] = {
        "subject": " ".join(subject.split()),
        "body": text,
        "from_email": settings.DEFAULT_FROM_EMAIL,
        "to": [to],
        "headers": dict(headers or {}),
    }
    message = EmailMultiAlternatives(**fields) if form is None else FormMail(form, link, **fields)
    if html is not None:
        message.attach_alternative(html, "text/html")
    return message


class Posting:
    """Mails handed to the server one after the other, in a thread of its own: the next is put together meanwhile."""

    def __init__(self, connection: BaseEmailBackend, thread: ThreadPoolExecutor) -> None:
        self._connection, self._thread = connection, thread
        self._broken: BaseException | None = None

    def post(self, message: EmailMultiAlternatives) -> Future[None]:
        """What it ends with is as of `send`. When the server is gone, every later one ends as the first."""
        return self._thread.submit(self._hand_over, message)

    def _hand_over(self, message: EmailMultiAlternatives) -> None:
        if self._broken is not None:
            raise self._broken
        try:
            self._connection.send_messages([message])
        except REFUSED:
            raise
        except BaseException as error:
            self._broken = error
            raise


@contextmanager
def posting() -> Iterator[Posting]:
    """One connection to the server; raises `smtplib.SMTPException` or `OSError` where there is none."""
    connection = get_connection()
    try:
        connection.open()
        with ThreadPoolExecutor(1, thread_name_prefix="posting") as thread:
            yield Posting(connection, thread)
    finally:
        connection.close()
