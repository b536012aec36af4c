"""The sign-in framework's forms, where a side or an equal answer needs more than it does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SignupForm,
    UserTokenForm,
)
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from porchlight.core.visibility import Side
from porchlight.server.accounts import actions
from porchlight.server.accounts.models import User
from porchlight.server.accounts.passwords import MOST_CHARACTERS

PASSWORD = _("Type your password.")
OLD_PASSWORD = _("Type the password that you have now.")
NEW_PASSWORD = _("Choose a password.")
AGAIN = _("Type the new password once more.")
NOT_THE_SAME = _("This is not the same as above. Type the new password once more.")
ADDRESS = _("Type your email address.")
WHOLE_ADDRESS = _("Write the whole address, like name@example.org.")
CODE = _("Type the six digits that your app shows, or a recovery code.")
NEW_CODE = _("Type the six digits that your app shows.")
PASSKEY = _("No passkey was used. Press the button again, then do what your device asks.")
NEW_PASSKEY = _("No passkey was made. Press the button again, then do what your device asks.")
PASSKEY_NAME = _("Give it a name, for example: my phone.")


class OurWords:
    """A form of the framework that says at each field what to do; mixed in before it.

    `missing`: a sentence for each field that must be filled in. An address that is none has its own sentence.
    """

    missing: ClassVar[dict[str, Promise]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]  # of the form beside this
        for name, field in fields.items():
            # Labels say what a field is for; text inside it goes away when one types.
            field.widget.attrs.pop("placeholder", None)
            if name in self.missing:
                field.error_messages["required"] = self.missing[name]
            if name == "credential":
                # What the browser's script puts in is no field to a person, and has no name.
                field.label = ""
                field.error_messages["invalid"] = self.missing[name]
            if isinstance(field, forms.EmailField):
                field.label = _("Email address")
                field.error_messages["invalid"] = WHOLE_ADDRESS


class TwiceTheSame(OurWords):
    """A new password that is typed twice."""

    missing: ClassVar[dict[str, Promise]] = {"password1": NEW_PASSWORD, "password2": AGAIN}

    def clean(self) -> dict[str, Any]:
        """What was typed, with our sentence where the two differ."""
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]  # as above
        one, two = cleaned.get("password1"), self.data.get("password2")  # type: ignore[attr-defined]  # as above
        if one and two and one != two:
            self.errors["password2"] = self.error_class([NOT_THE_SAME])  # type: ignore[attr-defined]  # as above
        return cleaned


class SideLoginForm(OurWords, LoginForm):  # type: ignore[misc]  # allauth carries no types
    """Sign in."""

    missing = {"login": ADDRESS, "password": PASSWORD}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].max_length = MOST_CHARACTERS

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Residents stay signed in on their device; a staff session goes with the browser window."""
        answer: HttpResponse = super().login(request, redirect_url=redirect_url)
        if self.user is not None and self.user.side != Side.RESIDENT.value:
            request.session.set_expiry(0)
        return answer


class ResidentSignupForm(OurWords, SignupForm):  # type: ignore[misc]  # as above
    """Sign up. An address that has an account gets the same page in the same time, and a mail that says so."""

    missing = {"email": ADDRESS, "password1": NEW_PASSWORD}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _("At least 12 characters. A few words are easy to remember.")

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """The new account, or the answer that looks like one."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return saved


class SideResetPasswordForm(OurWords, ResetPasswordForm):  # type: ignore[misc]  # as above
    """Ask for a mail to choose a new password. Accounts of another side do not exist here."""

    missing = {"email": ADDRESS}

    def clean_email(self) -> str:
        """The address as typed; `users` are those of this side."""
        email: str = super().clean_email()
        side = context.request.side.value
        self.users: list[User] = [user for user in self.users if user.side == side]
        return email


class SideUserTokenForm(UserTokenForm):  # type: ignore[misc]  # as above
    """The link of that mail."""

    def _get_user(self, uidb36: str) -> User | None:
        user: User | None = super()._get_user(uidb36)
        return user if user is not None and user.side == context.request.side.value else None


class _CountedCode:
    """A wrong code counts like a wrong password: the fifth within fifteen minutes locks a staff account.

    A locked account refuses its right code too, with the same words; a passkey passes, as it does in place of a
    password: it cannot be guessed.
    """

    user: User

    def clean_code(self) -> str:
        """The code. Raises ValidationError."""
        side = Side(self.user.side)
        if side is Side.RESIDENT:
            return self._right_code()
        locked = User.objects.filter(pk=self.user.pk, locked_at__isnull=False).exists()
        try:
            code = self._right_code()
        except ValidationError as error:
            actions.note_wrong_password(side=side, email=self.user.email, what=actions.CODE, by=None)
            raise get_adapter().validation_error("staff_code") from error
        if locked:
            raise get_adapter().validation_error("staff_code")
        actions.forget_wrong_passwords(side=side, email=self.user.email, what=actions.CODE, by=None)
        return code

    def _right_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # of the framework's form beside this
        return code


class NewPasswordForm(TwiceTheSame, ResetPasswordKeyForm):  # type: ignore[misc]  # as above
    """Choose a new password behind the link of the mail."""


class OtherPasswordForm(TwiceTheSame, ChangePasswordForm):  # type: ignore[misc]  # as above
    """Choose a new password while one knows the old."""

    missing = {**TwiceTheSame.missing, "oldpassword": OLD_PASSWORD}


class PasswordAgainForm(OurWords, ReauthenticateForm):  # type: ignore[misc]  # as above
    """The password once more, before an act."""

    missing = {"password": PASSWORD}


class AddressForm(OurWords, AddEmailForm):  # type: ignore[misc]  # as above
    """Another address of a resident."""

    missing = {"email": ADDRESS}


class CodeForm(OurWords, _CountedCode, AuthenticateForm):  # type: ignore[misc]  # as above
    """The second step while signing in."""

    missing = {"code": CODE}


class CodeAgainForm(OurWords, _CountedCode, ReauthenticateCodeForm):  # type: ignore[misc]  # as above
    """The second step once more, before an act."""

    missing = {"code": CODE}


class NewAppForm(OurWords, ActivateTOTPForm):  # type: ignore[misc]  # as above
    """Add an authenticator app."""

    missing = {"code": NEW_CODE}


@contextmanager
def _understood() -> Iterator[None]:
    """What is no passkey's answer is a wrong one: the framework's reader trips over some of what can be posted."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise get_adapter().validation_error("incorrect_code") from error


class _AnyCredential:
    def clean_credential(self) -> Any:
        """The passkey. Raises ValidationError."""
        with _understood():
            return super().clean_credential()  # type: ignore[misc]  # of the framework's form beside this


class UsePasskeyForm(OurWords, _AnyCredential, AuthenticateWebAuthnForm):  # type: ignore[misc]  # as above
    """A passkey as the second step while signing in."""

    missing = {"credential": PASSKEY}


class UsePasskeyAgainForm(OurWords, _AnyCredential, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # as above
    """A passkey once more, before an act."""

    missing = {"credential": PASSKEY}


class PasskeyLoginForm(OurWords, _AnyCredential, LoginWebAuthnForm):  # type: ignore[misc]  # as above
    """Sign in with a passkey alone."""

    missing = {"credential": PASSKEY}


class PasskeyNameForm(OurWords, EditWebAuthnForm):  # type: ignore[misc]  # as above
    """Another name for a passkey."""

    missing = {"name": PASSKEY_NAME}


class PasskeyForm(OurWords, AddWebAuthnForm):  # type: ignore[misc]  # as above
    """Add a passkey. Unless the person says otherwise it signs in alone, as people expect of one."""

    missing = {"credential": NEW_PASSKEY}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].label = _("Sign in with this key alone, without the password")
        self.fields["passwordless"].help_text = _(
            "The key then asks for a finger, a face or a PIN each time."
        )
        self.fields["name"].max_length = 60

    def clean(self) -> dict[str, Any]:
        """The new passkey. Raises ValidationError."""
        with _understood():
            cleaned: dict[str, Any] = super().clean()
        return cleaned
