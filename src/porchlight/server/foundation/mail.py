"""One mail through the operator's SMTP server. Called by outbox handlers only: nothing leaves before the commit."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import parseaddr
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from porchlight.server.foundation.mail_form import Form, FormMail

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


class Posting:
    """Mails on one connection. The next may be put together before the server answered for the last."""

    def __init__(self, connection: BaseEmailBackend) -> None:
        self._connection = connection
        inside = getattr(connection, "connection", None)
        self._server = inside if isinstance(inside, smtplib.SMTP) else None
        self._sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        if self._server is not None:
            self._server.ehlo_or_helo_if_needed()

    def hand(self, message: EmailMultiAlternatives) -> Handed:
        """Give the server this mail; the one before must have been answered for. Raises as `send` where it is gone."""
        server, to = self._server, message.to[0]
        try:
            if server is None or not to.isascii():
                self._connection.send_messages([message])
                return Handed(None)
            written: Any = message.message()
            data = _dotted(written.as_bytes(linesep="\r\n"))
            self._begin(server, to, len(data))
        except REFUSED as refusal:
            return Handed(None, refusal)
        server.send(data)
        return Handed(server)

    def _begin(self, server: smtplib.SMTP, to: str, size: int) -> None:
        code, said = server.mail(self._sender, [f"size={size}"] if server.has_extn("size") else [])
        if code != _TAKEN:
            server.rset()
            raise smtplib.SMTPSenderRefused(code, said, self._sender)
        code, said = server.rcpt(to)
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
