"""One mail through the operator's SMTP server. Called by outbox handlers only: nothing leaves before the commit."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import parseaddr
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from porchlight.server.foundation.mail_form import ADDRESS, Form, FormMail

# The server did not take this one mail, and takes others.
REFUSED: Final = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused)
_TAKEN: Final = 250
_TAKEN_IN: Final = (250, 251)
_GO_ON: Final = 354


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


class Handed:
    """A mail that the server has been given and may not have answered for yet."""

    def __init__(self, server: smtplib.SMTP | None, refusal: smtplib.SMTPException | None = None) -> None:
        self._waited_for, self._refusal = server, refusal

    def answered(self) -> bool:
        """Was it taken? Waits for the server's word; raises as `send` where it is gone."""
        if self._waited_for is not None:
            server = self._waited_for
            code, said = server.getreply()
            self._waited_for = None
            if code != _TAKEN:
                self._refusal = smtplib.SMTPDataError(code, said)
                server.rset()
        return self._refusal is None


class Letter:
    """A mail as it goes over the line; `data` is put together when it is first asked for."""

    def __init__(self, message: EmailMultiAlternatives) -> None:
        self.message = message

    @cached_property
    def data(self) -> bytes:
        """With CR LF and the dot at its end."""
        written: Any = self.message.message()
        return _dotted(written.as_bytes(linesep="\r\n"))


class Posting:
    """Mails on one connection. What the caller does meanwhile is done while the server is at a command."""

    def __init__(self, connection: BaseEmailBackend) -> None:
        self._connection = connection
        inside = getattr(connection, "connection", None)
        self._server = inside if isinstance(inside, smtplib.SMTP) else None
        self._sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        self._from = smtplib.quoteaddr(self._sender)
        if self._server is not None:
            self._server.ehlo_or_helo_if_needed()

    def hand(self, letter: Letter, meanwhile: Callable[[], None]) -> Handed:
        """Give the server this mail; the one before must have been answered for. Raises as `send` where it is gone.

        `meanwhile` does a little of the caller's own work; it is called a few times, before the server has this mail.
        """
        server, to = self._server, letter.message.to[0]
        try:
            if server is None or not to.isascii():
                self._connection.send_messages([letter.message])
                return Handed(None)
            self._begin(server, to, len(letter.data), meanwhile)
        except REFUSED as refusal:
            return Handed(None, refusal)
        server.send(letter.data)
        return Handed(server)

    def _begin(self, server: smtplib.SMTP, to: str, size: int, meanwhile: Callable[[], None]) -> None:
        server.putcmd(f"MAIL FROM:{self._from}" + (f" size={size}" if server.has_extn("size") else ""))
        meanwhile()
        code, said = server.getreply()
        if code != _TAKEN:
            server.rset()
            raise smtplib.SMTPSenderRefused(code, said, self._sender)
        # To take an address apart costs more than to send it; almost all are plain.
        server.putcmd(f"RCPT TO:{f'<{to}>' if ADDRESS.fullmatch(to) else smtplib.quoteaddr(to)}")
        meanwhile()
        code, said = server.getreply()
        if code not in _TAKEN_IN:
            server.rset()
            raise smtplib.SMTPRecipientsRefused({to: (code, said)})
        code, said = server.docmd("DATA")
        if code != _GO_ON:
            server.rset()
            raise smtplib.SMTPDataError(code, said)


def _dotted(data: bytes) -> bytes:
    """As it goes over the line (RFC 5321, 4.5.2)."""
    quoted = data.replace(b"\r\n.", b"\r\n..")
    return quoted + (b".\r\n" if quoted.endswith(b"\r\n") else b"\r\n.\r\n")


@contextmanager
def posting() -> Iterator[Posting]:
    """One connection to the server; raises `smtplib.SMTPException` or `OSError` where there is none."""
    connection = get_connection()
    try:
        connection.open()
        yield Posting(connection)
    finally:
        connection.close()
