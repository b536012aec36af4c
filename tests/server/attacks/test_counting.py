"""Numbers, times and queues from which an officer, or an officer's private account, could count what others do."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.signing import BadSignature, Signer, loads
from django.urls import reverse
from tests.server.accounts.people import PASSWORD, browser, resident, signed_in, staff
from tests.server.consent import arrange
from tests.server.portals.test_resident_pages import client_of

from porchlight.core.visibility import Side
from porchlight.server.consent import tasks as asking
from porchlight.server.foundation import clock, outbox
from porchlight.server.foundation.actions import action, emit
from porchlight.server.households.actions import opt_out
from porchlight.server.notifications import tasks as sending
from porchlight.server.video_requests.access import open_request

pytestmark = pytest.mark.django_db
REVIEW_URLS = "porchlight.server.portals.review.urls"


def test_an_opt_out_tells_nothing_of_how_many_others_opted_out(time):
    officer_at_home = arrange.home("private@home.example")
    opt_out(by=officer_at_home, scope="offense", value="arson")
    page = client_of(officer_at_home).get("/opt-outs/").content.decode()
    (said,) = re.findall(r"/opt-outs/([^/]+)/undo/", page)
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", said)


def passkey(user, number: int) -> Authenticator:
    data = {"name": f"Key {number}", "credential": {}}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)


def test_a_passkeys_address_tells_nothing_of_how_many_passkeys_there_are(now):
    for number in range(3):
        passkey(resident(f"r{number}@home.example"), number)
    key = passkey(staff("rae@desk.example"), 9)
    address = reverse("mfa_edit_webauthn", args=[key.pk], urlconf=REVIEW_URLS)
    assert re.fullmatch(r"/account/second-step/webauthn/keys/[0-9a-f]{32}/edit/", address)
    following = reverse("mfa_edit_webauthn", args=[key.pk + 1], urlconf=REVIEW_URLS)
    assert sum(one != other for one, other in zip(address, following, strict=True)) > 16


def test_a_passkeys_address_opens_for_its_owner_alone(now):
    rae, ray = staff("rae@desk.example"), staff("ray@desk.example")
    rae_key = passkey(rae, 1)
    address = reverse("mfa_edit_webauthn", args=[rae_key.pk], urlconf=REVIEW_URLS)
    assert signed_in(rae, confirmed=True).get(address).status_code in {200, 302}
    foreign = signed_in(ray, confirmed=True).get(address)
    forged = signed_in(ray, confirmed=True).get(re.sub(r"[0-9a-f]{32}", "0" * 32, address))
    numbered = signed_in(rae, confirmed=True).get(f"/account/second-step/webauthn/keys/{rae_key.pk}/edit/")
    assert foreign.status_code in {302, 404}
    assert {forged.status_code, numbered.status_code} <= {302, 404}


def test_the_link_that_proves_an_address_tells_nothing_of_how_many_accounts_there_are(
    now, django_capture_on_commit_callbacks
):
    for number in range(3):
        resident(f"r{number}@home.example")
    client = browser(Side.RESIDENT)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/signup/", {"email": "new@home.example", "password1": PASSWORD})
    (key,) = re.findall(r"/account/confirm-email/([^/\s]+)/", mail.outbox[-1].body)
    with pytest.raises(BadSignature):
        loads(key, salt="account")
    for part in key.split(":"):
        assert not re.fullmatch(r"[A-Za-z0-9_-]{1,6}", part)
    assert client.post(f"/account/confirm-email/{key}/").status_code == 302
    assert EmailAddress.objects.get(email="new@home.example").verified


def test_a_mails_link_does_not_tell_when_the_mail_was_due(time):
    ana = arrange.home()
    request = arrange.approved(by_agency=arrange.agency())
    asking.ask_some(open_request(request.pk), None)
    time.pass_(minutes=20)
    sending.send_due(clock.now())
    (token,) = set(re.findall(r"/r/([^/]+)/", mail.outbox[-1].body))
    seconds = int(Signer(salt="porchlight.link.request", sep=".").unsign(token).partition("-")[2], 16)
    # What it holds is known to everybody it could tell: when the request was approved.
    assert seconds == int(open_request(request.pk).approved_at.timestamp())
    assert ana.household_id not in token


def test_mail_to_an_agency_does_not_wait_until_every_owner_is_asked(time, monkeypatch):
    done: list[str] = []

    def many_parts(event, _now):
        done.append("part")
        return done.count("part") == 40

    monkeypatch.setitem(outbox._handlers, "test.fan_out", many_parts)
    monkeypatch.setitem(outbox._handlers, "test.mail", lambda _event, _now: not done.append("mail"))

    @action("test.approve")
    def approve():
        emit("test.fan_out")

    @action("test.share")
    def share():
        emit("test.mail")

    approve()
    outbox.run_once(clock.now())
    time.pass_(seconds=1)
    share()
    for _round in range(3):
        time.pass_(milliseconds=100)
        outbox.run_once(clock.now())
    assert done.index("mail") <= 2, done
    time.pass_(minutes=1)
    while outbox.run_once(clock.now()):
        time.pass_(milliseconds=10)
    assert done.count("part") == 40
