"""Who asks: a person in one role on one side."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Each side has its own host, session and cookie; a session of one says nothing on another."""

    RESIDENT = "resident"
    AGENCY = "agency"
    REVIEW = "review"
    OPERATOR = "operator"


class Role(StrEnum):
    """`LINK`: who holds a signed link to one household's invitation, signed in or not."""

    ANYONE = "anyone"
    RESIDENT = "resident"
    LINK = "link"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    CUSTODIAN = "custodian"
    AGENCY_ADMIN = "agency_admin"
    REVIEWER = "reviewer"
    OPERATOR = "operator"


Identity = str
"""Ids are compared as text; give a UUID as `str(uuid)`."""


@dataclass(frozen=True)
class Actor:
    """One person, or nobody known, on one side. Every id is text.

    `role` is what the person foremost is, `also` what else: a supervisor may be custodian and admin too.
    `invitation_id` is set for `Role.LINK` alone. `second_factor`: this session passed one. `fresh_factor`: it was
    passed again just now, for this act. `token_id`: a program acts with this API token, and no person is there.
    """

    side: Side
    role: Role
    user_id: Identity | None = None
    agency_id: Identity | None = None
    household_id: Identity | None = None
    invitation_id: Identity | None = None
    second_factor: bool = False
    fresh_factor: bool = False
    also: frozenset[Role] = frozenset()
    token_id: Identity | None = None

    @property
    def roles(self) -> frozenset[Role]:
        return self.also | {self.role}


ANYONE = Actor(Side.RESIDENT, Role.ANYONE)
