"""An officer's evidence key."""

import json
import time

import pytest
from tests.server.accounts.people import signed_in
from tests.server.agencies.teams import ARMOR, actor_of, agency, officer, recipient

from porchlight.core.errors import NotFound, Refused
from porchlight.core.visibility import Actor, Role, Side
from porchlight.server.agencies import access, actions
from porchlight.server.agencies.models import OfficerKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return agency()


def post(client, **given):
    return client.post(
        "/keys/own.json",
        json.dumps(given),
        content_type="application/json",
        headers={"accept": "application/json"},
    )


def test_the_first_key_is_stored_and_read_back(home):
    client = signed_in(officer(home, "Dana"))
    assert client.get("/keys/own.json").json() == {}
    assert post(client, recipient=recipient(), wrapped=ARMOR).status_code == 201
    answer = client.get("/keys/own.json").json()
    assert answer["recipient"] == recipient()
    assert answer["wrapped"] == ARMOR.strip()
    assert answer["former"] == []
    assert b"Make a new key" in client.get("/keys/").content


def test_a_key_in_use_is_replaced_only_after_the_second_step_again(home, now):
    dana = officer(home, "Dana")
    post(signed_in(dana), recipient=recipient(), wrapped=ARMOR)
    assert post(signed_in(dana), recipient=recipient("p"), wrapped=ARMOR).status_code == 422
    assert access.current_key(actor_of(dana)).recipient == recipient()
    answer = signed_in(dana).post("/keys/new/")
    assert answer["Location"] == "/account/second-step/reauthenticate/?next=%2Fkeys%2Fnew%2F"
    client = signed_in(dana, confirmed=True)
    assert client.post("/keys/new/")["Location"] == "/keys/?new=1"
    assert b"Make my key" in client.get("/keys/?new=1").content
    assert post(client, recipient=recipient("p"), wrapped=ARMOR).status_code == 201
    answer = client.get("/keys/own.json").json()
    assert answer["recipient"] == recipient("p")
    assert [each["recipient"] for each in answer["former"]] == [recipient()]


def test_the_second_step_again_holds_five_minutes(home, now):
    dana = officer(home, "Dana")
    post(signed_in(dana), recipient=recipient(), wrapped=ARMOR)
    client = signed_in(dana, confirmed=True)
    now.forward(minutes=4, seconds=59)
    assert client.post("/keys/new/")["Location"] == "/keys/?new=1"
    now.forward(seconds=1)
    assert "reauthenticate" in client.post("/keys/new/")["Location"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"recipient": "age1short", "wrapped": ARMOR}, "key_recipient_malformed"),
        ({"recipient": recipient().upper(), "wrapped": ARMOR}, "key_recipient_malformed"),
        ({"recipient": recipient(), "wrapped": "AGE-SECRET-KEY-1QQQ"}, "wrapped_key_malformed"),
        ({"recipient": recipient(), "wrapped": ARMOR + "x"}, "wrapped_key_malformed"),
        ({"recipient": recipient(), "wrapped": ARMOR.replace("YW", "x" * 5000)}, "wrapped_key_malformed"),
        ({"recipient": recipient()}, "wrapped_key_malformed"),
        ({"recipient": ["a"], "wrapped": ARMOR}, "wrapped_key_malformed"),
    ],
)
def test_what_is_no_locked_key_is_refused(home, given, code):
    answer = post(signed_in(officer(home, "Dana")), **given)
    assert answer.status_code == 422
    assert code in [reason["code"] for reason in answer.json()["refused"]]
    assert not OfficerKey.objects.exists()


@pytest.mark.parametrize("body", ["", "[", "[]", "null", "x" * 20_000, "[" * 100_000])
def test_what_is_no_json_is_refused(home, body):
    client = signed_in(officer(home, "Dana"))
    answer = client.post("/keys/own.json", body, content_type="application/json")
    assert answer.status_code in {400, 422}


def test_a_request_is_wrapped_to_its_writer_and_all_custodians(home):
    dana, cleo, dee = (
        officer(home, "Dana"),
        officer(home, "Cleo", is_custodian=True),
        officer(home, "Dee", is_custodian=True),
    )
    other = agency("WI0020200", name="Birch Police", mail_domain="birch.example")
    theirs = officer(other, "Theo", is_custodian=True)
    for letter, user in zip("qpzr", (dana, cleo, dee, theirs), strict=True):
        actions.store_key(recipient=recipient(letter), wrapped=ARMOR, by=actor_of(user))
    found = access.key_recipients_for_request(actor_of(dana))
    assert [(each.officer_name, each.role) for each in found] == [
        ("Cleo", "custodian"),
        ("Dana", "requester"),
        ("Dee", "custodian"),
    ]
    assert [each.role for each in access.key_recipients_for_request(actor_of(cleo))] == [
        "requester",
        "custodian",
    ]


def test_keys_are_for_officers_who_passed_the_second_step(home):
    dana = officer(home, "Dana")
    plain = Actor(Side.AGENCY, Role.OFFICER, user_id=str(dana.pk), agency_id=str(home.id))
    resident = Actor(Side.RESIDENT, Role.RESIDENT, user_id=str(dana.pk), second_factor=True)
    for by in (plain, resident):
        with pytest.raises(NotFound):
            actions.store_key(recipient=recipient(), wrapped=ARMOR, by=by)
        with pytest.raises(NotFound):
            access.current_key(by)
        with pytest.raises(NotFound):
            access.key_recipients_for_request(by)


def test_one_key_is_not_stored_twice(home):
    dana, cleo = officer(home, "Dana"), officer(home, "Cleo")
    actions.store_key(recipient=recipient(), wrapped=ARMOR, by=actor_of(dana))
    with pytest.raises(Refused):
        actions.store_key(recipient=recipient(), wrapped=ARMOR, by=actor_of(cleo))


def test_what_was_sent_is_done_after_the_second_step_again(home):
    from tests.server.accounts.people import SECRET

    from porchlight.server.accounts.second_factor import code_at

    dana = officer(home, "Dana")
    client = signed_in(dana)
    post(client, recipient=recipient(), wrapped=ARMOR)
    where = client.post("/keys/new/")["Location"]
    assert client.post(where, {"code": "000000", "next": "/keys/new/"}).status_code == 200
    assert client.get("/keys/?new=1").content.count(b"Make my key") == 0
    answer = client.post(where, {"code": code_at(SECRET, time.time()), "next": "/keys/new/"})
    assert answer["Location"] == "/keys/?new=1"
    assert b"Make my key" in client.get("/keys/?new=1").content
