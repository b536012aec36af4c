"""The album is whole: each page of the resolver has its picture, each picture its text, and all of them are small."""

from __future__ import annotations

import re

import pytest
from tests.browser.every_page.visits import ROUTES, visits
from tests.browser.pictures.album import ALBUM, DESK, INDEX, PHONE

MOST_BYTES = 8_000_000
ELSEWHERE = {
    "agency": "the sign-in pages of the residents' side, in this frame",
    "review": "the sign-in pages of the agency's side, in this frame",
    "operator": "the sign-in pages of the agency's side, in this frame",
}
PROGRAMS = re.compile(
    r"api-(?!docs)|log-|key-(doors|grants)|(clip|shared)-(grant|list|sealed)|export-data|own-key|request-keys?|public-opening"
    r"|service-worker|town-map"
)
"""What these answer with is for a program: no page."""
NOT_PICTURED = {
    "api-docs": "the framework's own page, with our operations in it",
    "household-join": "only behind the link of an invitation, which is good for one person",
    "look": "only where an approval was drawn that is not the reviewer's own",
    "person-remove": "only in a home of two",
    "signed-in": "closes itself",
    "account_inactive": "only for an account that was closed",
    "account_reset_password_from_key": "only behind a link that is spent when it is opened",
    "account_reset_password_from_key_done": "one sentence",
    "account_reauthenticate": "the page that asks for a code, with a password",
    "account_reset_password_done": "the page that says to look in the mail",
    "mfa_edit_webauthn": "needs a key that is plugged in",
    "mfa_remove_webauthn": "needs a key that is plugged in",
    "mfa_list_webauthn": "empty without a key that is plugged in",
    "mfa_generate_recovery_codes": "one question and a button",
}


def pictured(side: str) -> set[str]:
    return {path.name for path in ALBUM.glob(f"{side}-*.webp")}


@pytest.mark.parametrize("side", ROUTES)
def test_each_page_has_its_picture(side: str) -> None:
    found, missing = pictured(side), []
    for name in sorted({visit.route.name for visit in visits(side)} - set(NOT_PICTURED)):
        if PROGRAMS.match(name) or (side in ELSEWHERE and name.startswith(("account_", "mfa_"))):
            continue
        stem = f"{side}-{name.replace('_', '-')}"
        if not any(
            re.fullmatch(rf"{stem}(-new|-error|-change|-moved)?-{width}\.webp", each)
            for each in found
            for width in (PHONE, DESK)
        ):
            missing.append(name)
    assert missing == [], (
        "run `make pictures`, and see that a link leads to the page or that it is among `by_hand`"
    )


def test_the_index_shows_every_picture_with_a_text() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", INDEX.read_text())
    assert {name for _, name in shown} == {path.name for path in ALBUM.glob("*.webp")}
    assert [name for text, name in shown if len(text) < 20] == []


def test_the_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in ALBUM.glob("*.webp")) < MOST_BYTES
