"""The fill: everybody and everything is there, in every state, made through the domains' own rules."""

import json
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import override_settings
from tests.demo.filled import Filled, town  # noqa: F401 - a fixture

from porchlight.core.on_call import gaps
from porchlight.core.places import ExactPlace, contains, read_area
from porchlight.core.second_look import is_drawn
from porchlight.demo import place
from porchlight.demo.load import cases
from porchlight.demo.load.filling import OnlyInDemo, fill
from porchlight.demo.people import CAST, INES, MAYA, OFFICERS, RESIDENTS, ROBIN, THEO
from porchlight.instance.mailbox import mails
from porchlight.seal import opening
from porchlight.server.accounts.access import has_second_factor
from porchlight.server.accounts.models import User
from porchlight.server.agencies.models import Agency, OfficerKey
from porchlight.server.consent.models import Invitation
from porchlight.server.disclosures.models import Share
from porchlight.server.footage.models import Clip, HouseholdKey
from porchlight.server.foundation import clock
from porchlight.server.foundation.models import OutboxEvent
from porchlight.server.households.models import Camera, Household
from porchlight.server.notifications.models import Notice
from porchlight.server.on_call.access.rota import duty
from porchlight.server.on_call.models import Page, Shift
from porchlight.server.transparency.access import root_at
from porchlight.server.transparency.models import LogEntry
from porchlight.server.video_requests.models import KeyWrap, SecondLook, VideoRequest

pytestmark = pytest.mark.django_db


def account(someone) -> User:
    return User.objects.get(email=someone.email)


def request_of(case) -> VideoRequest:
    return VideoRequest.objects.get(case_number__endswith=f"-{case.number:05}")


def test_three_hundred_homes_can_be_asked_and_nobody_can_sign_in_for_them(town: Filled):  # noqa: F811
    assert Household.objects.exclude(place_verified_at=None).count() == 300
    assert Camera.objects.values("household").distinct().count() == 300
    others = User.objects.filter(side="resident").exclude(email__in=[each.email for each in RESIDENTS])
    assert others.count() == 298
    assert not any(user.has_usable_password() for user in others)
    assert all(user.email.endswith(".example") for user in User.objects.all())


def test_everybody_of_the_cast_has_an_account_and_is_known_by_key(town: Filled):  # noqa: F811
    assert town.note.people == {someone.key: str(account(someone).pk) for someone in CAST}
    for someone in CAST:
        user = account(someone)
        assert user.check_password(town.note.password)
        assert has_second_factor(user) == (someone.side != "resident")
        assert user.display_name.endswith("(demo)")


def test_the_password_is_this_directorys_own(town: Filled, tmp_path):  # noqa: F811
    other = place.begin(tmp_path)
    assert other.password != town.note.password
    assert (town.data_dir / place.NOTE).stat().st_mode & 0o077 == 0


def test_each_officer_opens_their_key_with_their_words(town: Filled):  # noqa: F811
    keys = {key.officer.user.email: key for key in OfficerKey.objects.select_related("officer__user")}
    assert set(keys) == {officer.email for officer in OFFICERS}
    key = keys[ROBIN.email]
    opened = opening.unwrap_with_passphrase(key.wrapped_by_passphrase, ROBIN.passphrase)
    assert opened.recipient == key.recipient


def test_somebody_is_on_call_and_one_approval_was_really_drawn(town: Filled):  # noqa: F811
    look = SecondLook.objects.get(request=request_of(cases.SHARED))
    assert (look.state, look.result) == ("done", "agreed")
    assert is_drawn(root_at(look.log_index + 1), look.request_id)
    assert not Page.objects.filter(acknowledged_at=None).exists()
    duties = [duty(each) for each in Shift.objects.all()]
    assert not gaps(duties, clock.now(), clock.now() + timedelta(days=5))


def test_every_state_of_a_request_is_there(town: Filled):  # noqa: F811
    states = Counter(VideoRequest.objects.values_list("state", flat=True))
    assert states == {
        "approved": 2,
        "signed": 1,
        "submitted": 1,
        "returned": 1,
        "rejected": 1,
        "draft": 1,
        "withdrawn": 1,
    }
    assert Agency.objects.count() == 1
    urgent = request_of(cases.URGENT)
    assert (urgent.state, urgent.danger_found, urgent.danger_reason) == (
        "withdrawn",
        "given",
        cases.URGENT.danger,
    )
    assert urgent.decided_at - urgent.signed_at < timedelta(minutes=30)
    assert urgent.signed_at > urgent.ends_at
    asked = request_of(cases.OPEN)
    assert KeyWrap.objects.filter(request=asked).count() == 3
    assert asked.signed_by == account(INES)


def test_the_open_request_asked_maya_and_theo_and_only_homes_inside(town: Filled):  # noqa: F811
    request = request_of(cases.OPEN)
    asked = {
        str(each)
        for each in Invitation.objects.filter(request_id=request.pk).values_list("household_id", flat=True)
    }
    for someone in (MAYA, THEO):
        assert str(account(someone).membership.household_id) in asked
    area = read_area(request.area)
    for camera in Camera.objects.filter(household_id__in=asked):
        inside = [
            contains(area, ExactPlace(each.latitude, each.longitude))
            for each in camera.household.cameras.all()
        ]
        assert any(inside)


def test_mayas_clips_are_sealed_and_three_are_from_the_time_asked_about(town: Filled):  # noqa: F811
    household = account(MAYA).membership.household
    key = HouseholdKey.objects.get()
    assert key.household == household
    own = opening.unwrap_with_passphrase(key.wrapped_by_passphrase, MAYA.passphrase)
    request, clips = request_of(cases.OPEN), list(Clip.objects.filter(household=household))
    assert len(clips) == Clip.objects.count() == 4
    grants = [opening.open_grant(bytes(clip.grant), own) for clip in clips]
    starts = [grant.manifest.starts_at for grant in grants]
    assert sum(request.starts_at <= at <= request.ends_at for at in starts) == 3


def test_one_video_was_shared_and_the_officers_were_told(town: Filled):  # noqa: F811
    share = Share.objects.get()
    assert share.request_id == request_of(cases.SHARED).pk
    told = [
        each
        for each in mails(town.data_dir / place.MAIL, ROBIN.email)
        if "shared" in str(each.message["Subject"]).lower()
    ]
    assert told


def test_the_mail_to_maya_is_there_and_nothing_is_left_to_do(town: Filled):  # noqa: F811
    subjects = [str(each.message["Subject"]) for each in mails(town.data_dir / place.MAIL, MAYA.email)]
    assert any("voluntary" in subject for subject in subjects)
    assert not OutboxEvent.objects.filter(done_at=None).exclude(topic="video_request.mail").exists()
    assert not Notice.objects.filter(sent_at=None).exists()
    assert not LogEntry.objects.filter(index=None).exists()


def test_the_map_is_public_and_knows_no_cameras(town: Filled):  # noqa: F811
    text = (town.data_dir / "map.geojson").read_text()
    assert len(json.loads(text)["features"]) > 2000
    assert "camera" not in text


def test_outside_demo_mode_nothing_is_filled(town: Filled, tmp_path):  # noqa: F811
    from dataclasses import replace

    real = replace(settings.PORCHLIGHT, demo=False)
    with override_settings(PORCHLIGHT=real), pytest.raises(OnlyInDemo):
        fill(tmp_path, place.begin(tmp_path), None, print)
