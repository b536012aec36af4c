"""Every route of the pages has its operation, or a written reason why it has none; and every operation is of some page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.server.access_matrix.routes import routes
from tests.server.api.test_every_operation import SIDES, operations

FRAME = "a page of links to others; it holds nothing of its own"
FILE = "a file for browsers, the same for everyone"
ON_CALL = "people arrange among themselves who is on call; programs are told by the webhook"
LOOKS = "a second look is one person's, drawn by the log; its result is read from the public record"
CLOCK = "by which clock pages tell a person the time; programs are told moments in UTC"
SIGN_IN = "signing in and second factors are a person's, on the page"
LINK = "whoever holds the mail's link answers there, without an account"
MACHINES = "already in a format for programs (C2SP, JSON lines, JSON), under its own address"
MEMBERS = "who belongs to a household is decided by its people on the page; a program could let a stranger in"
WORDS = "the household's key is unlocked, changed and handed on in a person's browser; programs have what is stored"
COPY = "made in the browser, where the clips are unlocked; programs read each part by its own operation"
SHOWN_ONCE = "a person makes it, right after their second factor, and its secret is shown to them once"

# Route -> operations that do what it does, or in words why there are none.
RESIDENT: dict[str, str | tuple[str, ...]] = {
    "home": FRAME,
    "settings": FRAME,
    "household": ("read_household", "claim_place"),
    "household-code": ("confirm_place",),
    "household-letter": ("request_letter",),
    "cameras": ("list_cameras",),
    "camera-add": ("add_camera",),
    "camera": ("change_camera",),
    "camera-remove": ("remove_camera",),
    "opt-outs": ("list_opt_outs",),
    "opt-out-add": ("opt_out",),
    "opt-out-undo": ("undo_opt_out",),
    "requests": ("list_requests",),
    "request": ("read_request",),
    "request-answer": ("decline_request", "share_video", "opt_out"),
    "request-decline": ("decline_request",),
    "request-key": ("read_request_key",),
    "request-share": ("share_video",),
    "request-report": ("report_request",),
    "shares": ("list_shares",),
    "share": ("read_share",),
    "share-withdraw": ("withdraw_share",),
    "uploads": ("begin_upload",),
    "upload": ("read_upload", "append_part", "drop_upload"),
    "keys": ("read_keys",),
    "own-key": ("read_keys", "store_key"),
    **dict.fromkeys(("household-join", "household-leave", "people", "person-invite"), MEMBERS),
    **dict.fromkeys(("person-holder", "person-remove", "person-withdraw"), MEMBERS),
    **dict.fromkeys(("key-admit", "key-change", "key-change-begin", "key-doors", "key-drop"), WORDS),
    **dict.fromkeys(("key-grants", "key-lost", "key-passkeys", "key-words"), WORDS),
    "mail": "a person's own choice of mail, on the page",
    **dict.fromkeys(("export", "export-data"), COPY),
    **dict.fromkeys(
        ("delete-account", "delete-household", "key-afresh"), "a person proves who they are, right before"
    ),
    "signed-in": "it tells a page's script whether its session goes on; a token has none",
    "clips": ("list_clips",),
    "clip-list": ("list_clips",),
    "clip-keep": ("keep_clip",),
    "clip-sealed": ("fetch_clip",),
    "clip-grant": ("list_clips",),
    "clip-delete": ("delete_clip",),
    "request-link": LINK,
    "one-click": LINK,
    "tokens": ("list_tokens",),
    "token-make": SHOWN_ONCE,
    "token-end": ("revoke_token",),
    "public-agencies": ("list_public_agencies",),
    "public-agency": ("read_public_agency", "list_public_requests"),
    "public-requests": ("list_public_requests",),
    "public-request": ("read_public_request",),
    "public-opening": MACHINES,
    "public-log": ("read_log",),
    "public-desk": "figures drawn from the public record and the log, which programs read themselves",
    "log-checkpoint": MACHINES,
    "log-key": MACHINES,
    "log-entries": MACHINES,
    "log-entry": MACHINES,
    "log-entry-page": "a program reads the entry and its proof as files",
    "log-entry-proof": MACHINES,
    "log-proof": MACHINES,
    "about": FRAME,
    "town-map": FILE,
    "service-worker": FILE,
    "offline": FILE,
    "styleguide": FRAME,
    "language": "a program asks for a language with Accept-Language",
}
AGENCY: dict[str, str | tuple[str, ...]] = {
    "home": FRAME,
    "settings": FRAME,
    "team": ("read_team", "read_agency"),
    "team-invite": ("invite_member",),
    "team-withdraw": ("withdraw_invitation",),
    "team-roles": ("change_roles",),
    "team-remove": ("remove_member",),
    "team-unlock": ("unlock_member",),
    "team-second-step": SIGN_IN,
    "system-add": SHOWN_ONCE,
    "system-token": SHOWN_ONCE,
    "system-token-end": "an administrator ends it on the team page; the system itself by `revoke_token`",
    "keys": ("read_keys",),
    "keys-new": "it asks a person for the second factor",
    "own-key": ("read_keys", "store_key"),
    "requests": ("list_requests",),
    "request-new": ("create_request",),
    "request-check": ("check_request", "read_checks"),
    "request": ("read_request",),
    "request-edit": ("save_request",),
    "request-discard": ("discard_request",),
    "request-keys": ("list_request_keys",),
    "request-submit": ("submit_request",),
    "request-withdraw": ("withdraw_request",),
    "request-sign": ("sign_request",),
    "request-send-back": ("send_back_request",),
    "shared": ("list_shares",),
    "shared-video": ("read_share", "read_custody"),
    "shared-envelope": ("open_share",),
    "shared-sealed": ("fetch_sealed",),
    "shared-events": ("report_event",),
    "tokens": ("list_tokens",),
    "token-make": SHOWN_ONCE,
    "token-end": ("revoke_token",),
    "town-map": FILE,
    "offline": FILE,
    "service-worker": FILE,
    "join": LINK,
    "language": "a program asks for a language with Accept-Language",
}
REVIEW: dict[str, str | tuple[str, ...]] = {
    "requests": ("list_queue",),
    "request": ("read_case",),
    "decide": ("decide_request",),
    "take-back": ("take_back_approval",),
    "reports": ("list_reports",),
    "report-resolve": ("resolve_report",),
    "record": ("list_own_decisions",),
    **dict.fromkeys(("on-call", "on-call-add", "on-call-webhook", "on-call-take-over"), ON_CALL),
    **dict.fromkeys(("on-call-remove", "acknowledge", "hand-on"), ON_CALL),
    **dict.fromkeys(("looks", "look"), LOOKS),
    "settings": CLOCK,
    "service-worker": FILE,
    "offline": FILE,
    "tokens": ("list_tokens",),
    "token-make": SHOWN_ONCE,
    "token-end": ("revoke_token",),
    "town-map": FILE,
    "join": LINK,
    "language": "a program asks for a language with Accept-Language",
}
OPERATOR: dict[str, str | tuple[str, ...]] = {
    "agencies": ("list_agencies",),
    "agency-add": ("add_agency",),
    "agency": ("read_agency",),
    "agency-invite": ("invite_administrator",),
    "agency-jurisdiction": ("set_jurisdiction",),
    "agency-withdraw": ("withdraw_agency_invitation",),
    "people": ("list_people",),
    "settings": CLOCK,
    "on-call": ON_CALL,
    "offline": FILE,
    "people-invite": ("invite_staff",),
    "people-unlock": ("unlock_staff",),
    "people-second-step": SIGN_IN,
    "people-remove": ("remove_staff",),
    "people-withdraw": ("withdraw_staff_invitation",),
    "tokens": ("list_tokens",),
    "token-make": SHOWN_ONCE,
    "token-end": ("revoke_token",),
    "town-map": FILE,
    "service-worker": FILE,
    "join": LINK,
    "language": "a program asks for a language with Accept-Language",
}
TABLES = {"resident": RESIDENT, "agency": AGENCY, "review": REVIEW, "operator": OPERATOR}


def pages(side: str) -> Iterator[str]:
    """The routes that are pages of ours: no sign-in framework, no demo, no API."""
    for name, route in routes(side).items():
        module = route.pattern.callback.__module__
        if not name.startswith(("account_", "mfa_", "api-")) and ".portals.demo." not in module:
            yield name


@pytest.mark.parametrize("side", SIDES)
def test_every_page_has_its_operation_or_a_reason(side: str) -> None:
    assert set(pages(side)) == set(TABLES[side])


@pytest.mark.parametrize("side", SIDES)
def test_the_operations_that_are_named_exist_and_no_other(side: str) -> None:
    named = {each for found in TABLES[side].values() if isinstance(found, tuple) for each in found}
    assert named == set(operations(side))


@pytest.mark.parametrize("side", SIDES)
def test_every_operation_says_what_it_may_answer(side: str) -> None:
    for name, operation in operations(side).items():
        raw = operation.definition.raw
        answers = {str(status) for status in raw["responses"]}
        assert answers & {"200", "201", "204"}, name
        if raw["security"]:
            assert {"401", "403", "404", "429"} <= answers, name
        assert raw["summary"], name


def test_what_needs_a_person_takes_no_token() -> None:
    """The acts of the brief: signing, deciding, roles and people, keys; each is for sessions alone."""
    persons = {
        "agency": {
            "sign_request", "send_back_request", "invite_member", "change_roles", "remove_member",
            "unlock_member", "withdraw_invitation", "store_key", "list_tokens", "revoke_token",
        },
        "review": {
            "decide_request", "take_back_approval", "resolve_report", "list_tokens", "revoke_token",
        },
        "resident": {
            "claim_place", "confirm_place", "request_letter", "store_key", "list_tokens", "revoke_token",
        },
    }  # fmt: skip
    for side, expected in persons.items():
        found = {
            name
            for name, operation in operations(side).items()
            if operation.definition.raw["security"] == [{"session": []}]
        }
        assert found == expected, side
    console = {
        name
        for name, operation in operations("operator").items()
        if operation.definition.raw["security"] == [{"session": []}]
    }
    assert {"list_agencies", "read_agency", "list_people"}.isdisjoint(console)
