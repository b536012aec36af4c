"""People who sign in. One account belongs to one side; an officer's private account is another one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from porchlight.core.visibility import Side
from porchlight.server.foundation import clock, randomness


class UserManager(BaseUserManager["User"]):
    """Makes accounts with a normalised mail address."""

    def create_user(self, email: str, side: Side, password: str | None = None, **fields: Any) -> User:
        """An account without a usable password when `password` is None."""
        user = self.model(email=self.normalize_email(email).lower(), side=side.value, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """An account. `side` never changes after it was made."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    email = models.EmailField(unique=True)
    side = models.CharField(max_length=16, choices=[(side.value, side.value) for side in Side])
    display_name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=10, default="en-us")
    timezone = models.CharField(max_length=64, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)
    # Set by five wrong passwords in fifteen minutes; the agency's admin (or the operator) clears it.
    locked_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    # Django's own permission system is not used: `core.visibility` decides.
    is_staff = False
    is_superuser = False

    def __str__(self) -> str:
        return str(self.id)

    @property
    def name(self) -> str:
        """What the person is called on a page: the name they gave, else their address."""
        return self.display_name or self.email


class SignIn(models.Model):
    """One browser in which the account is signed in. The session ends when its row is gone."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    # What the browser said of itself, as two names: "Firefox", "Android". Empty where it said nothing we know.
    browser = models.CharField(max_length=40, blank=True)
    system = models.CharField(max_length=40, blank=True)
    began_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)


class FailedSignIn(models.Model):
    """A wrong password on a staff side; only the last fifteen minutes count.

    Kept by the address that was typed, whether or not an account has it, so that both cost the same.
    """

    address_hash = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(default=clock.now)


class StaffInvitation(models.Model):
    """An invitation to be a reviewer or an operator. Only the token's hash is kept."""

    id = models.UUIDField(primary_key=True, default=randomness.uuid4)
    email = models.EmailField()
    side = models.CharField(max_length=16)
    display_name = models.CharField(max_length=80, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
