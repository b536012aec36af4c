"""The sign-in framework's forms, where a side or an equal answer needs more than it does."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm, SignupForm, UserTokenForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from porchlight.core.visibility import Side
from porchlight.server.accounts import actions
from porchlight.server.accounts.models import User
from porchlight.server.accounts.passwords import MOST_CHARACTERS


class SideLoginForm(LoginForm):  # type: ignore[misc]  # allauth carries no types
    """Sign in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Email address")
        self.fields["password"].max_length = MOST_CHARACTERS
        _plain(self)

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Residents stay signed in on their device; a staff session goes with the browser window."""
        answer: HttpResponse = super().login(request, redirect_url=redirect_url)
        if self.user is not None and self.user.side != Side.RESIDENT.value:
            request.session.set_expiry(0)
        return answer


class ResidentSignupForm(SignupForm):  # type: ignore[misc]  # as above
    """Sign up. An address that has an account gets the same page in the same time, and a mail that says so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Email address")
        self.fields["password1"].help_text = _("At least 12 characters. A few words are easy to remember.")
        _plain(self)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """The new account, or the answer that looks like one."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return saved


class SideResetPasswordForm(ResetPasswordForm):  # type: ignore[misc]  # as above
    """Ask for a mail to choose a new password. Accounts of another side do not exist here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Email address")
        _plain(self)

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


class CodeForm(_CountedCode, AuthenticateForm):  # type: ignore[misc]  # as above
    """The second step while signing in."""


class CodeAgainForm(_CountedCode, ReauthenticateForm):  # type: ignore[misc]  # as above
    """The second step once more, before an act."""


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # as above
    """Add a passkey. Unless the person says otherwise it signs in alone, as people expect of one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].label = _("Sign in with this key alone, without the password")
        self.fields["passwordless"].help_text = _(
            "The key then asks for a finger, a face or a PIN each time."
        )
        self.fields["name"].max_length = 60


def _plain(form: Any) -> None:
    """Labels say what a field is for; text inside it goes away when one types."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
