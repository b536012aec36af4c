"""Moving house and deleting: what goes, what stays, and that an agency sees nothing of it."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core import mail
from tests.server.accounts import people
from tests.server.consent import arrange
from tests.server.footage.vault import Vault

from porchlight.core.errors import NotFound, Refused
from porchlight.core.visibility import Actor
from porchlight.server.accounts.models import User
from porchlight.server.consent import access, actions, tasks
from porchlight.server.consent.models import Invitation, OwnShare
from porchlight.server.footage.models import Clip, Upload
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.objects import object_store
from porchlight.server.households import access as households
from porchlight.server.households import actions as household_actions
from porchlight.server.households.models import Camera, Household, OptOut
from porchlight.server.notifications import actions as notices
from porchlight.server.notifications.models import Notice
from porchlight.server.notifications.tasks import send_due
from porchlight.server.video_requests.access import open_request
from porchlight.server.video_requests.models import VideoRequest

pytestmark = pytest.mark.django_db
FAR = (arrange.CENTRE[0] + 0.05, arrange.CENTRE[1])
NEAR = (arrange.CENTRE[0] + 0.001, arrange.CENTRE[1])


@pytest.fixture
def ana(db: None, time: arrange.Time) -> Actor:
    return arrange.home("ana@example.org")


def asked(**more: object) -> VideoRequest:
    request = arrange.approved(by_agency=arrange.agency(), **more)
    tasks.ask_some(open_request(request.pk), None)
    return request


def move(by: Actor, place: tuple[float, float]) -> None:
    actions.move_house(by=by, address="9 Far Street, Elsewhere", lat=place[0], lon=place[1])


# -- moving -----------------------------------------------------------------------------------------------------------
def test_a_move_ends_the_old_cameras_requests_and_proof_and_keeps_the_opt_outs(ana: Actor) -> None:
    request = asked()
    household_actions.opt_out(by=ana, scope="offense", value="home_burglary")
    assert households.move_to(ana, *FAR) == households.Move(cameras=1)
    move(ana, FAR)
    assert not Camera.objects.filter(household_id=ana.household_id).exists()
    assert not Invitation.objects.filter(household_id=ana.household_id).exists()
    assert not Notice.objects.filter(household_id=ana.household_id).exists()
    assert OptOut.objects.filter(household_id=ana.household_id).count() == 1
    assert households.place_state(ana).state == "letter_waits"
    with pytest.raises(NotFound):
        access.request_for(ana, request.pk)


def test_a_correction_of_the_pin_ends_no_request(ana: Actor) -> None:
    request = asked()
    assert households.move_to(ana, *NEAR) is None
    move(ana, NEAR)
    assert access.request_for(ana, request.pk).open
    assert Camera.objects.filter(household_id=ana.household_id).count() == 1


def test_what_was_shared_stays_after_a_move(ana: Actor) -> None:
    with housekeeping("test"):
        OwnShare.objects.create(share_id=UUID(int=5), request_id=UUID(int=6), household_id=ana.household_id)
    move(ana, FAR)
    assert OwnShare.objects.filter(household_id=ana.household_id).exists()


def test_the_page_says_what_a_move_does_before_it_is_done(ana: Actor) -> None:
    asked()
    client = people.signed_in(User.objects.get(pk=ana.user_id), factor=False)
    given = {"address": "9 Far Street, Elsewhere", "place_lat": FAR[0], "place_lon": FAR[1]}
    page = client.post("/household/", given).content.decode()
    assert "One camera of the old home" in page
    assert "One open request" in page
    assert Camera.objects.filter(household_id=ana.household_id).exists()
    assert client.post("/household/", {**given, "sure": "yes"}).status_code == 302
    assert not Camera.objects.filter(household_id=ana.household_id).exists()


def test_a_new_address_with_the_pin_at_the_old_is_asked_about_first(ana: Actor) -> None:
    client = people.signed_in(User.objects.get(pk=ana.user_id), factor=False)
    home = Household.objects.get(pk=ana.household_id)
    given = {"address": "99 Far Road, Other Town", "place_lat": home.latitude, "place_lon": home.longitude}
    page = client.post("/household/", given).content.decode()
    assert "Is the lamp still at your home?" in page
    assert home.address in page
    assert "99 Far Road, Other Town" in page
    # Back to the form, with what was typed; nothing is saved.
    form = client.post("/household/", {**given, "back": "yes"})
    assert form.status_code == 200
    assert 'value="99 Far Road, Other Town"' in form.content.decode()
    kept = Household.objects.get(pk=ana.household_id)
    assert (kept.address, kept.place_verified_at) == (home.address, home.place_verified_at)
    assert kept.place_verified_at is not None
    # The same home: saved, and proven anew.
    assert client.post("/household/", {**given, "sure": "yes"}).status_code == 302
    kept.refresh_from_db()
    assert (kept.address, kept.place_verified_at) == ("99 Far Road, Other Town", None)


def test_a_correction_of_both_or_of_capitals_alone_is_not_asked_about(ana: Actor) -> None:
    client = people.signed_in(User.objects.get(pk=ana.user_id), factor=False)
    home = Household.objects.get(pk=ana.household_id)
    for address, north in ((home.address.upper() + " ", 0), ("16 Mill Street, Alder Falls", 0.0002)):
        given = {"address": address, "place_lat": home.latitude + north, "place_lon": home.longitude}
        assert client.post("/household/", given).status_code == 302


# -- deleting ---------------------------------------------------------------------------------------------------------
def test_the_last_person_deletes_all_of_the_household_with_its_bytes(
    ana: Actor, django_capture_on_commit_callbacks: object
) -> None:
    vault = Vault()
    vault.make(ana, "ana@example.org")
    vault.keep(ana)
    vault.begin_change(ana)
    asked()
    name = Clip.objects.get().object_name
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.delete_account(by=ana, take_back=False)
    assert not Household.objects.filter(pk=ana.household_id).exists()
    assert not User.objects.filter(pk=ana.user_id).exists()
    assert not Clip.objects.exists()
    assert not Upload.objects.exists()
    assert not Notice.objects.exists()
    assert not Invitation.objects.exists()
    with pytest.raises(NotFound):
        object_store().size(name)


def test_one_of_several_goes_alone(ana: Actor) -> None:
    bo = arrange.join(household_id=ana.household_id, email="bo@example.org")
    household_actions.opt_out(by=bo, scope="all")
    actions.delete_account(by=bo, take_back=True)
    assert not User.objects.filter(pk=bo.user_id).exists()
    assert Household.objects.filter(pk=ana.household_id).exists()
    assert OptOut.objects.filter(household_id=ana.household_id).exists()


def test_a_household_with_others_in_it_is_not_deleted(ana: Actor) -> None:
    arrange.join(household_id=ana.household_id, email="bo@example.org")
    with pytest.raises(Refused) as refused:
        actions.delete_household(by=ana, take_back=False)
    assert [each.code for each in refused.value.reasons] == ["not_alone"]


def test_somebody_without_a_home_deletes_the_account(db: None, time: arrange.Time) -> None:
    eve = arrange.resident("eve@example.org")
    actions.delete_account(by=eve, take_back=False)
    assert not User.objects.filter(pk=eve.user_id).exists()


def test_the_page_asks_who_it_is_and_whether_one_is_sure(ana: Actor) -> None:
    user = User.objects.get(pk=ana.user_id)
    user.set_password(people.PASSWORD)
    user.save()
    client = people.signed_in(user, factor=False)
    assert "reauthenticate" in client.get("/settings/delete/").headers["Location"]
    assert "reauthenticate" in client.post("/settings/delete/", {"sure": "yes"}).headers["Location"]
    assert User.objects.filter(pk=ana.user_id).exists()


# -- which mail -------------------------------------------------------------------------------------------------------
def test_no_mail_is_not_an_opt_out(ana: Actor, time: arrange.Time) -> None:
    bo = arrange.join(household_id=ana.household_id, email="bo@example.org")
    notices.choose_mail(by=bo, requests=False, shares=True)
    request = asked()
    time.pass_(minutes=20)
    while send_due(time()):
        pass
    assert [each.to for each in mail.outbox] == [["ana@example.org"]]
    assert access.request_for(bo, request.pk).open
    assert not OptOut.objects.exists()
