"""How the sign-in framework behaves here: on which side, in which words, how often, and how its mail leaves."""

from __future__ import annotations

import logging
import smtplib
from email.utils import make_msgid
from functools import partial
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from porchlight.core.errors import Refused
from porchlight.core.visibility import Side
from porchlight.server.accounts import access, addresses, languages
from porchlight.server.accounts.models import User
from porchlight.server.accounts.passwords import MOST_CHARACTERS

_RESIDENT_LIMIT = {"login_failed": "10/m/ip,5/300s/key"}
_STAFF_LIMIT = {"login_failed": "10/m/ip"}
_WAYS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code"),
    "mfa_reauthenticate:webauthn": _("Use your passkey"),
}
# Shown for a new account and not for one that exists: the page itself says that a mail is on its way.
_TELLING_MESSAGES = frozenset({"account/messages/email_confirmation_sent.txt"})
_log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Accounts and passwords.

    Wrong passwords: residents are slowed down (five in five minutes for an address), staff accounts are locked by
    `actions.note_wrong_password`. The answer to a wrong password and to a locked account is one text, which tells a
    person who is locked out what to do; that it happened goes by mail to the account's own address.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The email address or the password is not right."),
        "too_many_login_attempts": _("There were too many tries. Wait five minutes, then try again."),
        "incorrect_password": _("The password is not right."),
        "rate_limited": _("There were too many tries. Wait a minute, then try again."),
        "staff_mismatch": _(
            "The email address or the password is not right, or the account is locked. Five wrong passwords in 15 "
            "minutes lock it. Then we write to its address, and your administrator can unlock it. A passkey works "
            "all the while."
        ),
        "enter_current_password": _("That is not the password you have now. Type it again."),
        "duplicate_email": _("This address is on your account already."),
        "max_email_addresses": _("You can have %d addresses. Remove one first."),
        "invalid_password_reset": _("This link does not work any more. Ask for a new one."),
        "mail_address_malformed": _("Write the address in plain letters, like name@example.org."),
        "password_too_long": _("Choose a password of at most 256 characters."),
    }

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """The text for a code; on a staff side a wrong password says what to do about a lock."""
        if code in {"email_password_mismatch", "incorrect_password"} and _side() is not Side.RESIDENT:
            code = "staff_mismatch"
        error: ValidationError = super().validation_error(code, *args)
        return error

    # -- which side ------------------------------------------------------------------------------------------------
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Residents sign up; everybody else is invited."""
        return _side() is Side.RESIDENT

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Stops a passkey of another side, as if it were unknown."""
        if user.side != _side().value or not user.is_active:
            messages.error(request, gettext("That did not work. Try again."))
            return HttpResponseRedirect(reverse("account_login"))
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """A link opens only on the side of its account."""
        return bool(
            email_address.user.side == _side().value and super().confirm_email(request, email_address)
        )

    def is_safe_url(self, url: str) -> bool:
        """Only ways on this side's own host."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts={context.request.get_host()})

    def new_user(self, request: HttpRequest) -> User:  # noqa: ARG002 - allauth's signature
        """Whoever signs up is a resident, and reads on in the language of the page."""
        return User(side=Side.RESIDENT.value, language=languages.current())

    # -- what is accepted --------------------------------------------------------------------------------------------
    def clean_email(self, email: str) -> str:
        """One plain form for one address."""
        try:
            return addresses.clean_address(email)
        except Refused as refusal:
            raise self.validation_error("mail_address_malformed") from refusal

    def clean_password(self, password: str, user: Any = None) -> str:
        """Length and strength."""
        if len(password) > MOST_CHARACTERS:
            raise self.validation_error("password_too_long")
        cleaned: str = super().clean_password(password, user=user)
        return cleaned

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts tries: per address on the residents' side, per computer on every side."""
        limit = _RESIDENT_LIMIT if _side() is Side.RESIDENT else _STAFF_LIMIT
        self._login_failed_rl_usage = ratelimit.consume(
            request,
            app="allauth.account",
            action="login_failed",
            config=limit,
            key=self._get_login_attempts_cache_key(request, **credentials),
        )
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Somebody who has no second factor yet and signed in just now may set one up without typing it all again."""
        from porchlight.server.accounts import sessions  # noqa: PLC0415 - the middleware module needs this one

        request = context.request
        if app == "allauth.mfa" and sessions.is_new(request) and not access.has_second_factor(request.user):
            return False
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """The framework's messages but those that would tell whether an address has an account."""
        if message_template not in _TELLING_MESSAGES:
            super().add_message(request, level, message_template, *args, **kwargs)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """How somebody proves again who they are. With a second factor, staff do it with that and not the password."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if user.is_authenticated and user.side != Side.RESIDENT.value and access.has_second_factor(user):
            methods = [each for each in methods if each["id"] != "reauthenticate"]
        return [each | {"description": _WAYS[each["id"]]} for each in methods]

    # -- mail --------------------------------------------------------------------------------------------------------
    def format_email_subject(self, subject: str) -> str:
        """As written in the template."""
        return " ".join(subject.split())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hands the mail over in the request, after the commit.

        It is not put into the outbox: it holds a secret link or names an address that no table has, and the outbox
        holds ids only. Whether an account exists makes no difference: one mail goes in either case.
        """
        request = self.request
        given = {"request": request, "email": email, "side": _side().value, **context}
        message = self.render_mail(template_prefix, email, given)
        message.extra_headers["Message-ID"] = make_msgid(domain=settings.PORCHLIGHT.host)
        transaction.on_commit(partial(_hand_over, message, request))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # as above
    """Authenticator apps, passkeys and recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code or key did not work. Try again."),
        "staff_code": _(
            "That code did not work, or the account is locked. Five wrong codes in 15 minutes lock it. Then we write "
            "to its address, and your administrator can unlock it. A passkey works all the while."
        ),
        "unverified_email": _("Open the link that we sent to your address first, then add a second step."),
        "add_email_blocked": _("Turn off your second step first, then add the address and turn it on again."),
        "cannot_generate_recovery_codes": _(
            "Add an authenticator app or a passkey first: recovery codes stand in for one."
        ),
        "cannot_delete_authenticator": _("Add another second step first: your account needs one."),
    }

    def get_totp_label(self, user: User) -> str:
        """Names the side too: an officer's app may hold a private account beside it."""
        return user.email if user.side == Side.RESIDENT.value else f"{user.email} ({user.side})"

    def _get_site_name(self) -> str:
        return "Porchlight"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """A staff account keeps one at least."""
        user = authenticator.user
        if user.side == Side.RESIDENT.value:
            return True
        others = Authenticator.objects.filter(user=user, type__in=access.SECOND_FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 - allauth's signature
        """What a new passkey is called until its owner names it."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """What the person's own device shows beside the key."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": user.name}


def _side() -> Side:
    side: Side = context.request.side
    return side


def _hand_over(message: EmailMessage, request: HttpRequest) -> None:
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as error:
        # Its text may hold the address.
        _log.error("the mail server did not take a mail about an account: %s", type(error).__name__)
        said = gettext(
            "A mail to you could not be sent just now. If you wait for it, ask again in a few minutes."
        )
        messages.error(request, said)
