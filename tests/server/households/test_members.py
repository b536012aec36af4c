"""Coming into a household, going, and being removed."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core import mail
from tests.server.accounts import people
from tests.server.consent import arrange

from porchlight.core.errors import NotFound, Refused
from porchlight.core.visibility import Actor
from porchlight.server.accounts.models import SignIn, User
from porchlight.server.foundation import outbox
from porchlight.server.households import access, actions
from porchlight.server.households.models import MemberInvitation, Membership, OptOut

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db: None, time: arrange.Time) -> Actor:
    return arrange.home("ana@example.org")


def token_of(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.reasons]


def joined(ana: Actor, email: str = "bo@example.org") -> Actor:
    bo = arrange.resident(email)
    actions.join_household(by=bo, token=token_of(actions.invite_member(by=ana, email=email)))
    return arrange.again(bo)


def test_who_comes_in_by_the_link_sees_what_the_others_see(ana: Actor) -> None:
    actions.opt_out(by=ana, scope="all")
    bo = joined(ana)
    assert bo.household_id == ana.household_id
    assert [each.name for each in access.cameras(bo)] == ["Front door"]
    assert access.opt_outs(bo).count() == 1
    assert [each.holder for each in access.housemates(ana)] == [True, False]


def test_the_mail_holds_the_link_and_not_the_address_of_the_home(ana: Actor, time: arrange.Time) -> None:
    link = actions.invite_member(by=ana, email="Bo@Example.org")
    while outbox.run_once(time()):
        pass
    [sent] = [each for each in mail.outbox if each.to == ["bo@example.org"]]
    assert link in sent.body
    assert "Mill Street" not in sent.body


def test_a_link_opens_once(ana: Actor) -> None:
    token = token_of(actions.invite_member(by=ana, email="bo@example.org"))
    actions.join_household(by=arrange.resident("bo@example.org"), token=token)
    with pytest.raises(NotFound):
        actions.join_household(by=arrange.resident("cy@example.org"), token=token)


def test_a_link_ends_after_a_week_and_when_withdrawn(ana: Actor, time: arrange.Time) -> None:
    first = token_of(actions.invite_member(by=ana, email="bo@example.org"))
    actions.withdraw_member_invitation(by=ana, invitation_id=MemberInvitation.objects.get().pk)
    second = token_of(actions.invite_member(by=ana, email="bo@example.org"))
    time.pass_(days=7, seconds=1)
    for token in (first, second, "forged"):
        with pytest.raises(NotFound):
            access.member_invitation(token)


def test_an_earlier_link_of_the_address_ends(ana: Actor) -> None:
    first = token_of(actions.invite_member(by=ana, email="bo@example.org"))
    actions.invite_member(by=ana, email="bo@example.org")
    with pytest.raises(NotFound):
        access.member_invitation(first)


def test_a_token_of_another_kind_opens_nothing(ana: Actor) -> None:
    from porchlight.server.accounts import invitations

    actions.invite_member(by=ana, email="bo@example.org")
    forged = invitations.token_of("staff", MemberInvitation.objects.get().pk)
    with pytest.raises(NotFound):
        access.member_invitation(forged)


def test_who_belongs_elsewhere_is_told_to_leave_first_and_the_link_stays_good(ana: Actor) -> None:
    token = token_of(actions.invite_member(by=ana, email="cy@example.org"))
    cy = arrange.home("cy@example.org")
    with pytest.raises(Refused) as refused:
        actions.join_household(by=cy, token=token)
    assert codes(refused) == ["household_already"]
    assert access.member_invitation(token).household_id == UUID(ana.household_id)


def test_everybody_of_the_household_is_told_who_came(ana: Actor, time: arrange.Time) -> None:
    joined(ana)
    while outbox.run_once(time()):
        pass
    [told] = [each for each in mail.outbox if each.to == ["ana@example.org"]]
    assert "bo@example.org" in told.body


def test_who_is_removed_is_out_and_signed_out_at_once(ana: Actor) -> None:
    bo = joined(ana)
    client = people.signed_in(User.objects.get(pk=bo.user_id), factor=False)
    assert client.get("/cameras/").status_code == 200
    actions.remove_member(by=ana, user_id=UUID(bo.user_id))
    assert client.get("/cameras/").status_code == 302
    assert not SignIn.objects.filter(user_id=bo.user_id).exists()
    assert access.own_household(arrange.again(bo)) is None


def test_only_a_holder_invites_and_removes(ana: Actor) -> None:
    bo = joined(ana)
    for act in (
        lambda: actions.invite_member(by=bo, email="cy@example.org"),
        lambda: actions.remove_member(by=bo, user_id=UUID(ana.user_id)),
        lambda: actions.name_holder(by=bo, user_id=UUID(bo.user_id), holder=True),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["only_a_holder"]
    actions.name_holder(by=ana, user_id=UUID(bo.user_id), holder=True)
    actions.remove_member(by=bo, user_id=UUID(ana.user_id))
    assert [each.email for each in access.housemates(bo)] == ["bo@example.org"]


def test_nobody_removes_somebody_of_another_household(ana: Actor) -> None:
    eve = arrange.home("eve@example.org")
    with pytest.raises(NotFound):
        actions.remove_member(by=ana, user_id=UUID(eve.user_id))


def test_the_last_holder_stays_one(ana: Actor) -> None:
    bo = joined(ana)
    with pytest.raises(Refused) as refused:
        actions.name_holder(by=ana, user_id=UUID(ana.user_id), holder=False)
    assert codes(refused) == ["household_needs_holder"]
    actions.leave_household(by=ana)
    assert access.me(bo).holder, "where no holder is left, who came first becomes one"
    with pytest.raises(Refused) as refused:
        actions.leave_household(by=bo)
    assert codes(refused) == ["last_member"]


def test_an_opt_out_of_who_left_stands_for_the_household(ana: Actor) -> None:
    bo = joined(ana)
    actions.opt_out(by=bo, scope="all")
    actions.remove_member(by=ana, user_id=UUID(bo.user_id))
    assert OptOut.objects.filter(household_id=ana.household_id, scope="all").exists()


def test_a_household_holds_twelve(ana: Actor) -> None:
    for number in range(11):
        arrange.join(household_id=ana.household_id, email=f"m{number}@example.org")
    assert Membership.objects.count() == 12
    with pytest.raises(Refused) as refused:
        actions.invite_member(by=ana, email="bo@example.org")
    assert codes(refused) == ["too_many_members"]
