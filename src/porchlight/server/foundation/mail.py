"""One mail through the operator's SMTP server. Called by outbox handlers only: nothing leaves before the commit."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend


def send(
    *,
    to: str,
    subject: str,
    text: str,
    html: str | None = None,
    headers: Mapping[str, str] | None = None,
    connection: BaseEmailBackend | None = None,
) -> None:
    """Hand the mail to the server; raises `smtplib.SMTPException` or `OSError` when it was not taken.

    `headers` may hold a Message-ID, so that a repeated mail is seen as the same one. Replies reach the platform.
    """
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        headers=dict(headers or {}),
        connection=connection,
    )
    if html is not None:
        message.attach_alternative(html, "text/html")
    message.send()
