"""What an owner is told of what they shared: what, to whom, when, until when; and what is asked before it is taken back."""

# ruff: noqa: F811 - pytest gives fixtures by their names

import base64
import re
from uuid import uuid4

import pytest
from tests.server.consent import arrange
from tests.server.consent.fixtures import platform, time  # noqa: F401 - fixtures
from tests.server.portals.test_resident_pages import client_of
from tests.server.portals.test_resident_sharing import (  # noqa: F401 - fixtures
    Sealed,
    ana,
    client,
    key_of,
    request_,
    share,
    uploaded,
)

from porchlight.seal.keys import generate_identity
from porchlight.seal.sealing import seal_bytes
from porchlight.server.consent.models import OwnShare
from porchlight.server.consent.tasks import ask_some
from porchlight.server.disclosures.actions import expire
from porchlight.server.disclosures.models import Share
from porchlight.server.footage.models import Clip
from porchlight.server.foundation import clock
from porchlight.server.video_requests.access import open_request

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def send(client, request, *, size: int = 120_000, days: int = 90, keep: bool = False) -> Share:
    video = Sealed(b"v" * size)
    grant = base64.b64encode(seal_bytes(b"g" * 4096, [generate_identity().recipient])).decode()
    more = {"keep": {"grant": grant}} if keep else {}
    body = video.body(upload_id=uploaded(client, video.data, request), expires_days=days, **more)
    answer = share(client, request, body)
    assert answer.status_code == 201, answer.content
    return Share.objects.get(pk=answer.json()["share_id"])


def test_two_videos_of_one_case_can_be_told_apart(time, ana, client, request_):
    send(client, request_, size=120_000, days=90)
    time.pass_(hours=1)
    send(client, request_, size=2_400_000, days=30)
    page = client.get("/shares/")
    said = text(page)
    assert "Video 1 of 2" in said
    assert "Video 2 of 2" in said
    assert said.index("Video 2 of 2") < said.index("Video 1 of 2"), "the newest stands first"
    assert "120 kB" in said
    assert "2.4 MB" in said
    assert "Kept at most until Jun 12, 2026" in said
    assert "Kept at most until Apr 13, 2026" in said
    assert said.count(request_.case_number) == 1, "the case is the heading over both"
    rows = re.findall(r'class="row-link".*?</a>', page.content.decode(), re.DOTALL)
    assert len({re.sub(r'href="[^"]*"', "", row) for row in rows}) == 2


def test_a_kept_clip_is_named_by_the_browser_alone(ana, client, request_):
    key_of(client)
    send(client, request_, keep=True)
    clip = Clip.objects.get()
    page = client.get("/shares/").content.decode()
    assert f'data-clip-name="{clip.pk}"' in page
    assert 'data-list="/clips/list.json"' in page
    assert f'data-shared-clips="{clip.pk}"' in client.get(f"/requests/{request_.pk}/share/").content.decode()
    client.post(f"/shares/{OwnShare.objects.get().share_id}/withdraw/")
    assert 'data-shared-clips=""' in client.get(f"/requests/{request_.pk}/share/").content.decode()


def test_after_several_videos_the_page_says_what_was_shared(time, ana, client, request_):
    first = send(client, request_)
    time.pass_(minutes=1)
    send(client, request_, size=90_000)
    other = arrange.approved(by_agency=arrange.agency(ori="WI0430000"))
    ask_some(open_request(other.pk), None)
    send(client, other)
    said = text(client.get(f"/shares/?new={request_.pk}"))
    assert "Your videos are shared" in said
    assert "is told that videos were shared" in said
    assert "Video 2 of 2" in said
    assert other.agency.name not in said
    client.post(f"/shares/{first.pk}/withdraw/")
    assert "Video 1 of 2" not in text(client.get(f"/shares/?new={request_.pk}"))
    for nothing in (uuid4(), "nonsense"):
        assert "Your videos are shared" not in text(client.get(f"/shares/?new={nothing}"))


def test_taking_back_asks_first(time, ana, client, request_):
    kept = send(client, request_)
    path = f"/shares/{kept.pk}/withdraw/"
    assert f'href="{path}"' in client.get(f"/shares/{kept.pk}/").content.decode()
    asks = text(client.get(path))
    assert "Take this video back?" in asks
    assert request_.case_number in asks
    assert "nobody can open it here again" in asks
    kept.refresh_from_db()
    assert kept.state == "active"
    client.post(path)
    kept.refresh_from_db()
    assert kept.state == "withdrawn"
    assert client.get(path)["Location"] == f"/shares/{kept.pk}/"
    assert "You took it back" in text(client.get("/shares/"))


def test_what_ran_out_is_said_and_cannot_be_taken_back(time, ana, client, request_):
    kept = send(client, request_, days=1)
    time.pass_(days=2)
    expire(now=clock.now())
    fresh = client_of(ana)
    said = text(fresh.get(f"/shares/{kept.pk}/"))
    assert "Its time here is over" in said
    assert "Take this video back" not in said


def test_deleting_a_clip_asks_first(ana, client, request_):
    key_of(client)
    send(client, request_, keep=True)
    clip = Clip.objects.get()
    listed = client.get("/clips/").content.decode()
    path = f"/clips/{clip.pk}/delete/"
    assert f'href="{path}"' in listed
    assert "Locked clip 1" in listed
    asks = text(client.get(path))
    assert "Delete this clip here?" in asks
    assert "stays shared until you take it back" in asks
    assert Clip.objects.exists()
    client.post(path)
    assert not Clip.objects.exists()
    assert client_of(arrange.home("ben@example.org")).get(path).status_code == 404
