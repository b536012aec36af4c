"""What a resident's page says after an act: what it did, what it means, and where to go if a way is lost."""

# ruff: noqa: F811 - pytest gives fixtures by their names

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from tests.server.accounts import people
from tests.server.consent import arrange
from tests.server.consent.fixtures import platform, time  # noqa: F401 - fixtures
from tests.server.footage.vault import Vault
from tests.server.portals.test_resident_pages import asked, client_of

from porchlight.core.errors import Refused
from porchlight.server.accounts.models import User
from porchlight.server.disclosures.access import CustodyLine
from porchlight.server.footage import actions as footage
from porchlight.server.footage.models import Clip, HouseholdKey, KeyDoor
from porchlight.server.households import actions
from porchlight.server.portals.resident.custody_words import looked

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# -- opting out -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", ["/", "/settings/"])
def test_a_home_that_opted_out_is_not_told_that_it_can_be_asked(time, page):
    ana = arrange.home()
    client = client_of(ana)
    assert "Verified. You can be asked for video near it." in text(client.get(page))
    actions.opt_out(by=ana, scope="offense", value="home_burglary")
    assert "but not for what you opted out of" in text(client.get(page))
    actions.opt_out(by=ana, scope="all", value="")
    assert "You opted out of all requests" in text(client.get(page))
    assert "You can be asked" not in text(client.get(page))


def test_after_declining_the_page_says_how_long_the_request_stays_in_the_list(time):
    ana = arrange.home()
    request = asked(ana)
    said = text(client_of(ana).post(f"/requests/{request.pk}/answer/", {"answer": "decline"}))
    assert re.search(r"stays in your list of open requests until \w{3} \d+, 2026", said)


# -- who looked -------------------------------------------------------------------------------------------------------
def line(number: int, event: str, name: str, hour: int) -> CustodyLine:
    at = datetime(2026, 11, 22, hour, 2, tzinfo=UTC)
    return CustodyLine(number, at, event, "officer", name, False, {}, "")


@pytest.fixture
def by_utc():
    with timezone.override(UTC):
        yield


def test_a_saved_copy_is_told_before_an_opening_and_once_for_each_person(by_utc):
    opened = [line(1, "key_opened", "Det. Hale", 3), line(2, "opened", "Det. Hale", 3)]
    assert looked([]) == []
    assert looked(opened) == ["Det. Hale opened it on Nov 22, 2026, 3:02 am UTC."]
    saved = [line(3, "downloaded", "Det. Hale", 4), line(4, "downloaded", "Det. Hale", 5)]
    more = [*opened, *saved, line(5, "downloaded", "Det. Okafor", 6)]
    assert looked(more) == [
        "Det. Hale opened it and saved a copy on Nov 22, 2026, 4:02 am UTC.",
        "Det. Okafor opened it and saved a copy on Nov 22, 2026, 6:02 am UTC.",
    ]


# -- home and people --------------------------------------------------------------------------------------------------
def test_a_change_of_a_proven_home_says_at_the_button_what_it_costs(time):
    client = client_of(arrange.home())
    said = text(client.get("/household/?change"))
    assert said.index("Your home then counts as not proven") < said.index("Save and send a letter")
    assert "5 GB of room" in said
    assert "Your cameras stay where they stand" in said
    assert "Change nothing" in said
    first = text(client_of(arrange.resident("new@example.org")).get("/household/"))
    assert "counts as not proven" not in first
    assert "Change nothing" not in first


def test_a_wrong_address_of_a_guest_stands_in_view_of_its_field(time):
    client = client_of(arrange.home())
    plain = text(client.get("/household/people/"))
    assert plain.index("since") < plain.index("Send the invitation")
    page = client.post("/household/people/invite/", {"email": "nobody"})
    assert page.status_code == 422
    assert text(page).index("Send the invitation") < text(page).index("since")


def test_the_agencys_words_are_said_to_be_its_own_where_the_page_is_in_another_language(time):
    ana = arrange.home()
    request = asked(ana)
    client = client_of(ana)
    page = f"/requests/{request.pk}/"
    assert "do not translate" not in text(client.get(page))
    User.objects.filter(pk=ana.user_id).update(language="es")
    assert "No las traducimos" in text(client_of(ana).get(page))


# -- lost words -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", ["/keys/", "/keys/words/", "/keys/change/"])
def test_who_lost_the_words_finds_a_way_on_wherever_they_are_asked_for(time, page):
    ana = arrange.home()
    Vault().make(ana, "ana@example.org")
    client = client_of(ana)
    assert 'href="/keys/lost/"' in client.get(page).content.decode()
    said = text(client.get("/keys/lost/"))
    assert "Your recovery sheet" in said
    assert "not even we" in said
    assert "Your passkey for the clips" not in said
    assert "Somebody of your household" not in said


def test_a_way_is_named_only_where_it_exists(time):
    ana = arrange.home()
    vault = Vault()
    vault.make(ana, "ana@example.org")
    vault.put(ana, "ana@example.org", kind="passkey")
    bo = arrange.join(household_id=ana.household_id, email="bo@example.org")
    actions.name_holder(by=ana, user_id=UUID(bo.user_id), holder=False)
    vault.put(bo, "bo@example.org", let_in=False)
    said = text(client_of(ana).get("/keys/lost/"))
    assert "Your passkey for the clips" in said
    assert "Somebody of your household" not in said, "Bo cannot open it either"
    assert "Somebody of your household" in text(client_of(bo).get("/keys/lost/"))
    assert "A holder of your household can delete" in text(client_of(bo).get("/keys/lost/"))


def test_a_new_beginning_takes_the_key_and_its_clips_and_nothing_else(time):
    ana, other = arrange.home(), arrange.home("ben@example.org")
    for each in (ana, other):
        vault = Vault()
        vault.make(each, "somebody@example.org")
        vault.keep(each)
    user = User.objects.get(pk=ana.user_id)
    user.set_password(people.PASSWORD)
    user.save()
    client = people.signed_in(user, factor=False)
    assert "reauthenticate" in client.get("/keys/afresh/").headers["Location"]
    assert "reauthenticate" in client.post("/keys/afresh/", {"sure": "yes"}).headers["Location"]
    assert Clip.objects.count() == 2
    client.post("/account/reauthenticate/", {"password": people.PASSWORD})
    assert "1 clip." in text(client.get("/keys/afresh/"))
    unsure = client.post("/keys/afresh/")
    assert unsure.status_code == 422
    assert Clip.objects.count() == 2
    assert client.post("/keys/afresh/", {"sure": "yes"}).headers["Location"] == "/keys/"
    assert [str(each.household_id) for each in Clip.objects.all()] == [other.household_id]
    assert [str(each.household_id) for each in HouseholdKey.objects.all()] == [other.household_id]
    assert [str(each.household_id) for each in KeyDoor.objects.all()] == [other.household_id]
    assert "Make my key" in text(client.get("/keys/"))


def test_only_a_holder_begins_afresh(time):
    ana = arrange.home()
    Vault().make(ana, "ana@example.org")
    bo = arrange.join(household_id=ana.household_id, email="bo@example.org")
    actions.name_holder(by=ana, user_id=UUID(bo.user_id), holder=False)
    with pytest.raises(Refused) as refused:
        footage.begin_afresh(by=bo)
    assert [each.code for each in refused.value.reasons] == ["only_a_holder"]
    assert HouseholdKey.objects.exists()


def test_a_clip_is_kept_since_the_day_at_home(time):
    """The test's clock stands at 15:00 UTC: on Kiritimati, 14 hours ahead, the next day has begun."""
    ana = arrange.home(timezone="Pacific/Kiritimati")
    vault = Vault()
    vault.make(ana, "ana@example.org")
    vault.keep(ana)
    clip = Clip.objects.get()
    assert (clip.uploaded_on - time().date()).days == 1
    assert (clip.expires_on - time().date()).days == 30


# -- on the way in ----------------------------------------------------------------------------------------------------
def test_who_signs_in_to_share_is_told_where_it_leads(time):
    visitor = Client(HTTP_HOST="localhost")
    there = visitor.get("/account/login/?next=/requests/0b0e7b0e-0000-4000-8000-000000000000/")
    assert "Then you see the video request" in text(there)
    assert "Then you see the video request" not in text(visitor.get("/account/login/?next=/shares/"))


def test_a_visitor_finds_the_buttons_before_the_explanation():
    said = text(Client(HTTP_HOST="localhost").get("/"))
    assert said.index("Make an account") < said.index("How it works")
