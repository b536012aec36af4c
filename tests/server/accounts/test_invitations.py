"""A staff account begins with an invitation, and only with an open one."""

import re

import pytest
from django.core import mail
from django.core.signing import Signer
from tests.server.accounts.people import OPERATOR, PASSWORD, browser, resident, signed_in, staff

from porchlight.core.errors import NotFound, Refused
from porchlight.core.visibility import Side
from porchlight.server.accounts import actions, invitations
from porchlight.server.accounts.models import StaffInvitation, User
from porchlight.server.foundation import clock, outbox
from porchlight.server.foundation.models import OutboxEvent

pytestmark = pytest.mark.django_db
GIVEN = {"name": "Rae Viewer", "password": PASSWORD}


def invite(email: str = "rae@desk.example", side: Side = Side.REVIEW) -> str:
    """The path of a fresh link."""
    link = actions.invite_staff(email=email, side=side, display_name="Rae", by=OPERATOR)
    return link.split("localhost:8000")[1]


def test_the_link_comes_by_mail_and_stands_nowhere_else(now):
    path = invite()
    token = path.split("/")[2]
    assert token not in str(list(OutboxEvent.objects.values()) + list(StaffInvitation.objects.values()))
    outbox.run_once(clock.now())
    assert mail.outbox[0].to == ["rae@desk.example"]
    assert f"http://review.localhost:8000{path}" in mail.outbox[0].body
    assert "{" not in mail.outbox[0].body
    assert "review desk" in mail.outbox[0].body


def test_accepting_makes_a_verified_account_that_needs_a_second_factor(now):
    client, path = browser(Side.REVIEW), invite()
    page = client.get(path)
    assert page.status_code == 200
    assert "rae@desk.example" in page.content.decode()
    answer = client.post(path, GIVEN)
    assert (answer.status_code, answer["Location"]) == (302, "/account/second-step/")
    user = User.objects.get(email="rae@desk.example")
    assert (user.side, user.display_name) == ("review", "Rae Viewer")
    assert user.emailaddress_set.get().verified
    assert client.get("/account/second-step/totp/activate/").status_code == 200


def test_looking_at_the_link_uses_nothing(now):
    path = invite()
    for _ in range(3):
        assert browser(Side.REVIEW).get(path).status_code == 200
    assert not User.objects.exists()


def gone(path: str, side: Side = Side.REVIEW) -> bytes:
    seen = [browser(side).get(path), browser(side).post(path, GIVEN)]
    assert {answer.status_code for answer in seen} == {404}
    assert not User.objects.filter(email="rae@desk.example", display_name="Second").exists()
    return re.sub(rb"\s+", b" ", seen[1].content)


def test_links_that_open_nothing_are_one_page(now):
    used, replaced, withdrawn, expired = (
        invite(),
        invite("b@desk.example"),
        invite("c@desk.example"),
        invite("d@desk.example"),
    )
    browser(Side.REVIEW).post(used, GIVEN)
    invite("b@desk.example")
    invitation = StaffInvitation.objects.get(email="c@desk.example")
    actions.withdraw_staff_invitation(invitation_id=invitation.pk, by=OPERATOR)
    pages = [gone(used), gone(replaced), gone(withdrawn)]
    now.forward(days=7)
    pages += [gone(expired), gone("/join/nothing/"), gone(f"/join/{'x' * 5000}/")]
    assert len(set(pages)) == 1


def test_a_link_works_until_its_seventh_day_ends(now):
    path = invite()
    now.forward(days=6, hours=23)
    assert browser(Side.REVIEW).post(path, GIVEN).status_code == 302


def test_forged_and_misplaced_links_open_nothing(now):
    path = invite()
    invitation = StaffInvitation.objects.get()
    other_kind = invitations.token_of("agency", invitation.pk)
    other_salt = Signer(salt="else", sep=".").sign(invitation.pk.hex)
    token = path.split("/")[2]
    changed = token[:-1] + ("Q" if token.endswith("A") else "A")
    for token in (other_kind, other_salt, changed, invitation.pk.hex, f"{invitation.pk.hex}."):
        gone(f"/join/{token}/")
    gone(path, Side.OPERATOR)
    gone(path, Side.AGENCY)


def test_a_signed_token_of_another_row_opens_nothing(now):
    path = invite()
    from porchlight.server.foundation.actions import housekeeping

    with housekeeping("test"):
        StaffInvitation.objects.update(token_hash="0" * 64)
    gone(path)


def test_an_address_with_an_account_elsewhere_is_told_to_its_owner_alone(now):
    resident("rae@desk.example")
    path = invite()  # answers as always
    answer = browser(Side.REVIEW).post(path, GIVEN)
    assert answer.status_code == 422
    assert "belongs to an account on another side" in answer.content.decode()
    assert User.objects.get(email="rae@desk.example").side == "resident"


def test_a_weak_password_keeps_the_invitation_open(now):
    path = invite()
    for password in ("short", "password1234", "x" * 257, "rae@desk.example"):
        answer = browser(Side.REVIEW).post(path, {"name": "Rae", "password": password})
        assert answer.status_code == 422
        assert f'value="{password}"'.encode() not in answer.content
    assert browser(Side.REVIEW).post(path, GIVEN).status_code == 302


@pytest.mark.parametrize(
    "name", ["", "a\u202eb", "a\u0000b", "x" * 81, "a\nb", "see www.evil.example", "\u200b"]
)
def test_names_are_plain(now, name):
    path = invite()
    answer = browser(Side.REVIEW).post(path, {"name": name, "password": PASSWORD})
    assert answer.status_code == 422
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "email",
    [
        "",
        "rae",
        "rae@",
        "rae@desk",
        "ra\u202ee@desk.example",
        "x" * 300 + "@desk.example",
        "a@b.example\nBcc: c@d.example",
    ],
)
def test_addresses_are_plain(email):
    with pytest.raises(Refused):
        actions.invite_staff(email=email, side=Side.REVIEW, display_name="Rae", by=OPERATOR)


def test_members_are_not_invited_again():
    staff("rae@desk.example")
    with pytest.raises(Refused):
        invite()


@pytest.mark.parametrize("side", [Side.RESIDENT, Side.AGENCY])
def test_operators_invite_to_their_own_sides_only(side):
    with pytest.raises(NotFound):
        actions.invite_staff(email="x@desk.example", side=side, display_name="X", by=OPERATOR)


def test_the_console_invites_unlocks_and_removes(now):
    olga, rae = staff("olga@console.example", Side.OPERATOR, name="Olga"), staff("rae@desk.example")
    User.objects.filter(pk=rae.pk).update(locked_at=now.now)
    client = signed_in(olga)
    assert "Locked" in client.get("/people/").content.decode()
    assert client.post(f"/people/{rae.pk}/unlock/").status_code == 302
    given = {"side": "review", "display_name": "New", "email": "new@desk.example"}
    assert client.post("/people/invite/", given).status_code == 302
    assert client.post("/people/invite/", {**given, "email": "no"}).status_code == 422
    open_one = StaffInvitation.objects.get(email="new@desk.example")
    assert client.post(f"/people/invitations/{open_one.pk}/withdraw/").status_code == 302
    assert client.post(f"/people/{rae.pk}/remove/").status_code == 302
    assert client.post(f"/people/{olga.pk}/remove/", follow=True).status_code == 200
    rae.refresh_from_db()
    assert (rae.locked_at, rae.is_active) == (None, False)
    olga.refresh_from_db()
    assert olga.is_active
