"""The album is whole: each page of the resolver has its picture, each picture its text, and all of them are small."""

from __future__ import annotations

import re

import pytest
from tests.browser.every_page.visits import ROUTES, visits
from tests.browser.pictures.album import ALBUM, DESK, INDEX, PHONE

pytestmark = pytest.mark.skipif(not INDEX.exists(), reason="no album here yet: `make pictures` takes it")
MOST_BYTES = 8_000_000
ELSEWHERE = {
    "agency": "the sign-in pages of the residents' side, in this frame",
    "review": "the sign-in pages of the agency's side, in this frame",
    "operator": "the sign-in pages of the agency's side, in this frame",
}
NOT_PICTURED = {
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
    return {path.name for path in ALBUM.glob(f"{side}-*.png")}


@pytest.mark.parametrize("side", ROUTES)
def test_each_page_has_its_picture(side: str) -> None:
    found, missing = pictured(side), []
    for name in sorted({visit.route.name for visit in visits(side)} - set(NOT_PICTURED)):
        if side in ELSEWHERE and name.startswith(("account_", "mfa_")):
            continue
        stem = f"{side}-{name.replace('_', '-')}"
        if not any(
            re.fullmatch(rf"{stem}(-new|-error|-change)?-{width}\.png", each)
            for each in found
            for width in (PHONE, DESK)
        ):
            missing.append(name)
    assert missing == [], (
        "run `make pictures`, and see that a link leads to the page or that it is among `by_hand`"
    )


def test_the_index_shows_every_picture_with_a_text() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", INDEX.read_text())
    assert {name for _, name in shown} == {path.name for path in ALBUM.glob("*.png")}
    assert [name for text, name in shown if len(text) < 20] == []


def test_the_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in ALBUM.glob("*.png")) < MOST_BYTES
