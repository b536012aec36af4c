"""Who joins an agency, as what, and how they leave."""

from uuid import uuid4

import pytest
from django.core import mail
from tests.server.accounts.people import OPERATOR, PASSWORD, browser, log_in, resident, signed_in, staff
from tests.server.agencies.teams import ARMOR, actor_of, agency, officer, path_to_join, recipient

from porchlight.core.errors import NotFound, Refused
from porchlight.core.visibility import Side
from porchlight.server.accounts.models import User
from porchlight.server.agencies import access, actions
from porchlight.server.agencies.models import Invitation, Officer
from porchlight.server.foundation import clock, outbox
from porchlight.server.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db
GIVEN = {"name": "Dana Ruiz", "password": PASSWORD}


def codes(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in caught.value.reasons]


def test_joining_from_the_mail_to_the_key_page(now):
    home = agency()
    path = path_to_join(home.id, "dana@alderfalls.example", is_supervisor=True)
    outbox.run_once(clock.now())
    assert mail.outbox[0].to == ["dana@alderfalls.example"]
    assert path in mail.outbox[0].body
    assert home.name in mail.outbox[0].body
    client = browser(Side.AGENCY)
    assert "supervisor: signs requests of others" in client.get(path).content.decode()
    assert client.post(path, GIVEN)["Location"] == "/account/second-step/"
    user = User.objects.get(email="dana@alderfalls.example")
    assert (user.side, user.timezone) == ("agency", "America/Chicago")
    assert actor_of(user).agency_id == str(home.id)
    assert client.get("/")["Location"] == "/account/second-step/"
    from tests.server.accounts.people import SECRET

    from porchlight.server.accounts.second_factor import add_authenticator_app

    add_authenticator_app(user, SECRET)
    assert signed_in(user).get("/")["Location"] == "/keys/"


def test_links_work_once_and_not_when_replaced_withdrawn_or_old(now):
    home = agency()
    used, replaced = (
        path_to_join(home.id, "a@alderfalls.example"),
        path_to_join(home.id, "b@alderfalls.example"),
    )
    browser(Side.AGENCY).post(used, GIVEN)
    fresh = path_to_join(home.id, "b@alderfalls.example")
    for path in (used, replaced):
        assert browser(Side.AGENCY).post(path, GIVEN).status_code == 404
    now.forward(days=7)
    assert browser(Side.AGENCY).post(fresh, GIVEN).status_code == 404
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "email", ["x@elsewhere.example", "x@notalderfalls.example", "x@alderfalls.example.evil.example"]
)
def test_only_the_agencys_own_addresses_are_invited(email):
    home = agency()
    with pytest.raises(Refused) as caught:
        path_to_join(home.id, email)
    assert codes(caught) == ["mail_address_elsewhere"]
    assert path_to_join(home.id, "x@detectives.alderfalls.example")
    assert path_to_join(agency("WI0020200", mail_domain="").id, "x@anywhere.example")


def test_everything_that_is_wrong_is_said_at_once():
    home = agency()
    with pytest.raises(Refused) as caught:
        actions.invite_officer(agency_id=home.id, email="no", name="a\u202eb", title="x" * 61, by=None)
    assert codes(caught) == ["text_direction_controls", "text_too_long", "mail_address_malformed"]


def test_inviting_says_nothing_about_residents():
    home = agency(mail_domain="")
    resident("ann@home.example")
    boss = officer_with_domainless(home)
    while outbox.run_once(clock.now()):
        pass
    answers, mails = [], []
    for email in ("ann@home.example", "bob@home.example"):
        answer = signed_in(boss).post("/team/invite/", {"name": "Ann", "email": email})
        outbox.run_once(clock.now())
        answers.append((answer.status_code, answer["Location"], answer.content))
        mails.append((mail.outbox[-1].subject, len(mail.outbox[-1].body)))
    assert answers[0] == answers[1]
    assert mails[0] == mails[1]


def officer_with_domainless(home):
    token = path_to_join(home.id, "boss@anywhere.example", is_admin=True).split("/")[2]
    from tests.server.accounts.people import SECRET

    from porchlight.server.accounts.passwords import chosen
    from porchlight.server.accounts.second_factor import add_authenticator_app

    password = chosen(PASSWORD, email="boss@anywhere.example", name="Boss")
    user = actions.accept_invitation(token=token, name="Boss", password=password, by=None)
    add_authenticator_app(user, SECRET)
    return user


def test_an_address_with_another_account_is_refused_to_its_owner(now):
    home, other = agency(mail_domain=""), agency("WI0020200", mail_domain="")
    resident("ann@home.example")
    for home_, email in ((home, "ann@home.example"), (other, "boss@anywhere.example")):
        if email.startswith("boss"):
            officer_with_domainless(home)
        answer = browser(Side.AGENCY).post(path_to_join(home_.id, email), GIVEN)
        assert answer.status_code == 422
        assert b"belongs to an account" in answer.content


def test_removal_ends_sessions_sign_in_and_keys(now):
    home = agency()
    boss, dana = officer(home, "Boss", is_admin=True), officer(home, "Dana", is_custodian=True)
    actions.store_key(recipient=recipient(), wrapped=ARMOR, by=actor_of(dana))
    client = signed_in(dana)
    assert client.get("/team/").status_code == 200
    member = Officer.objects.get(user=dana)
    assert signed_in(boss).post(f"/team/{member.pk}/remove/").status_code == 302
    assert client.get("/team/").status_code == 302
    assert log_in(browser(Side.AGENCY), dana.email, PASSWORD).status_code == 200
    assert access.agency_facts(home.id).custodians_with_keys == 0
    assert AuditEntry.objects.filter(action="officer.remove", agency_id=home.id).exists()
    with pytest.raises(NotFound):
        actions.remove_officer(officer_id=member.pk, by=actor_of(boss))


def test_whoever_left_can_come_back_to_the_same_agency(now):
    home, other = agency(), agency("WI0020200", name="Birch Police")
    boss, dana = officer(home, "Boss", is_admin=True), officer(home, "Dana", is_custodian=True)
    old = signed_in(dana)
    actions.remove_officer(officer_id=Officer.objects.get(user=dana).pk, by=actor_of(boss))
    elsewhere = browser(Side.AGENCY).post(path_to_join(other.id, dana.email), GIVEN)
    assert elsewhere.status_code == 422
    client = browser(Side.AGENCY)
    assert client.post(path_to_join(home.id, dana.email), GIVEN).status_code == 302
    assert client.get("/team/")["Location"] == "/account/second-step/", "the old second factor is gone"
    assert old.get("/team/").status_code == 302
    member = Officer.objects.get(user=dana)
    assert (member.left_at, member.is_custodian) == (None, False)


def test_somebody_always_administers():
    home = agency()
    boss = officer(home, "Boss", is_admin=True)
    member = Officer.objects.get(user=boss)
    for act in (
        lambda: actions.remove_officer(officer_id=member.pk, by=actor_of(boss)),
        lambda: actions.change_roles(
            officer_id=member.pk,
            is_supervisor=True,
            is_custodian=True,
            is_admin=False,
            by=actor_of(boss, fresh=True),
        ),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert codes(caught) == ["agency_needs_administrator"]
    client = signed_in(boss, confirmed=True)
    assert client.post(f"/team/{member.pk}/roles/", {"is_supervisor": "on"}).status_code == 422
    assert (
        client.post(f"/team/{member.pk}/roles/", {"is_admin": "on", "is_custodian": "on"}).status_code == 302
    )
    member.refresh_from_db()
    assert (member.is_supervisor, member.is_custodian) == (False, True)


def test_only_administrators_of_the_same_agency_unlock(now):
    home = agency()
    other = agency("WI0020200", name="Birch Police", mail_domain="birch.example")
    boss, second = officer(home, "Boss", is_admin=True), officer(home, "Second", is_admin=True)
    dana = officer(home, "Dana", is_supervisor=True)
    stranger = officer(other, "Stranger", is_admin=True)
    member = Officer.objects.get(user=dana)
    User.objects.filter(pk=dana.pk).update(locked_at=now.now)
    for by in (actor_of(dana), actor_of(stranger), OPERATOR):
        with pytest.raises(NotFound):
            actions.unlock_officer(officer_id=member.pk, by=by)
    assert signed_in(boss).post(f"/team/{member.pk}/unlock/").status_code == 302
    dana.refresh_from_db()
    assert dana.locked_at is None
    own = Officer.objects.get(user=boss)
    with pytest.raises(Refused):
        actions.unlock_officer(officer_id=own.pk, by=actor_of(boss))
    actions.unlock_officer(officer_id=own.pk, by=actor_of(second))


def test_another_agencys_people_do_not_exist():
    home = agency()
    other = agency("WI0020200", name="Birch Police", mail_domain="birch.example")
    boss, stranger = officer(home, "Boss", is_admin=True), officer(other, "Stranger", is_admin=True)
    theirs = Officer.objects.get(user=stranger)
    path_to_join(other.id, "x@birch.example")
    invitation = Invitation.objects.get(email="x@birch.example")
    client = signed_in(boss, confirmed=True)
    for path in (
        f"/team/{theirs.pk}/remove/",
        f"/team/{theirs.pk}/unlock/",
        f"/team/{theirs.pk}/roles/",
        f"/team/invitations/{invitation.pk}/withdraw/",
        f"/team/{uuid4()}/remove/",
        f"/team/invitations/{uuid4()}/withdraw/",
    ):
        answers = client.post(path, {})
        assert answers.status_code == 404, path
    for act in (actions.remove_officer, actions.unlock_officer):
        with pytest.raises(NotFound):
            act(officer_id=theirs.pk, by=actor_of(boss))
    with pytest.raises(NotFound):
        path_to_join(other.id, "y@birch.example", by=actor_of(boss))
    assert b"Stranger" not in client.get("/team/").content


@pytest.mark.parametrize(
    "path",
    [
        "/team/invite/",
        "/team/{}/roles/",
        "/team/{}/remove/",
        "/team/{}/unlock/",
        "/team/invitations/{}/withdraw/",
    ],
)
def test_members_without_the_role_find_nothing(path):
    home = agency()
    officer(home, "Boss", is_admin=True)
    dana = officer(home, "Dana", is_supervisor=True, is_custodian=True)
    member = Officer.objects.get(user=dana)
    client = signed_in(dana)
    assert client.get(path.format(member.pk)).status_code == 404
    assert client.post(path.format(member.pk)).status_code == 404
    assert client.get("/team/").status_code == 200
    assert b"Invite somebody" not in client.get("/team/").content


def test_operators_invite_administrators_only():
    home = agency()
    assert path_to_join(home.id, "a@alderfalls.example", by=OPERATOR, is_admin=True)
    with pytest.raises(NotFound):
        path_to_join(home.id, "b@alderfalls.example", by=OPERATOR, is_supervisor=True)


def test_the_team_page_says_what_is_missing():
    home = agency()
    boss = officer(home, "Boss", is_admin=True)
    assert [reason.code for reason in access.team_needs(home.id)] == [
        "team_needs_custodians",
        "team_needs_supervisor",
        "team_needs_people",
    ]
    for name, letter in (("Cleo", "q"), ("Dee", "p")):
        member = officer(home, name, is_custodian=True, is_supervisor=True)
        actions.store_key(recipient=recipient(letter), wrapped=ARMOR, by=actor_of(member))
    assert access.team_needs(home.id) == ()
    assert b"The team is complete" in signed_in(boss).get("/team/").content


def test_a_megabyte_in_every_field_is_refused():
    home = agency()
    boss = officer(home, "Boss", is_admin=True)
    big = "x" * 1_000_000
    for field in ("name", "email", "title"):
        given = {"name": "Ann", "email": "ann@alderfalls.example", "title": ""} | {field: big}
        assert signed_in(boss).post("/team/invite/", given).status_code == 422
    assert not Invitation.objects.filter(accepted_at=None).exists()


def test_staff_of_other_sides_are_no_officers():
    from porchlight.server.agencies.access.actor import officer_actor

    assert officer_actor(staff("rae@desk.example")) is None
