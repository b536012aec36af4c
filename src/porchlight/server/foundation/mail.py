"""One mail through the operator's SMTP server. Called by outbox handlers only: nothing leaves before the commit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from porchlight.server.foundation.mail_form import Form, FormMail


def send(
    *,
    to: str,
    subject: str,
    text: str,
    html: str | None = None,
    headers: Mapping[str, str] | None = None,
    connection: BaseEmailBackend | None = None,
    form: Form | None = None,
    link: str = "",
) -> None:
    """Hand the mail to the server; raises `smtplib.SMTPException` or `OSError` when it was not taken.

    `headers` may hold a Message-ID, so that a repeated mail is seen as the same one. Replies reach the platform.
    `form`: where many mails have the same words but for `link`.
    """
    fields: dict[str, Any] = {
        "subject": " ".join(subject.split()),
        "body": text,
        "from_email": settings.DEFAULT_FROM_EMAIL,
        "to": [to],
        "headers": dict(headers or {}),
        "connection": connection,
    }
    message = EmailMultiAlternatives(**fields) if form is None else FormMail(form, link, **fields)
    if html is not None:
        message.attach_alternative(html, "text/html")
    message.send()
