"""From the first sealed byte to the agency's copy, and back: what arrives is what was sent, or it is refused."""

# ruff: noqa: F811 - pytest gives fixtures by their names

import base64
import hashlib
import io
import json
import os
from uuid import UUID, uuid4

import pytest
from tests.server.consent import arrange
from tests.server.consent.fixtures import platform, time  # noqa: F401 - fixtures
from tests.server.portals.test_resident_pages import client_of

from porchlight.core.errors import NotFound
from porchlight.seal.keys import generate_identity
from porchlight.seal.sealing import seal_bytes, seal_stream
from porchlight.server.consent import access
from porchlight.server.consent import tasks as asking
from porchlight.server.consent.models import OwnShare
from porchlight.server.disclosures.models import Share
from porchlight.server.footage import actions as footage
from porchlight.server.footage.access import limits
from porchlight.server.footage.models import Clip, Upload
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.objects import object_store
from porchlight.server.households.actions import opt_out
from porchlight.server.video_requests.access import open_request
from porchlight.server.video_requests.models import VideoRequest

pytestmark = pytest.mark.django_db
TUS = {"Tus-Resumable": "1.0.0"}
PART = "application/offset+octet-stream"


def asked(actor, **more):
    request = arrange.approved(by_agency=arrange.agency(), **more)
    asking.ask_some(open_request(request.pk), None)
    return request


class Sealed:
    """A video as the browser seals it."""

    def __init__(self, plain: bytes = b"a video" * 20_000):
        target = io.BytesIO()
        self.described, self.head = seal_stream(io.BytesIO(plain), target, [generate_identity().recipient])
        self.data = target.getvalue()
        self.envelope = seal_bytes(b"x" * 4096, [generate_identity().recipient])

    def body(self, **change) -> dict:
        return {
            "head": base64.b64encode(self.head).decode(),
            "sealed_sha256": hashlib.sha256(self.data).hexdigest(),
            "sealed_size": len(self.data),
            "envelope": base64.b64encode(self.envelope).decode(),
            "expires_days": 90,
            **change,
        }


def begin(client, length, request=None, **headers):
    own = dict(TUS)
    if request is not None:
        own["Upload-Metadata"] = "request " + base64.b64encode(str(request.pk).encode()).decode()
    return client.post("/uploads/", headers={**own, "Upload-Length": str(length), **headers})


def patch(client, address, offset, data, **headers):
    return client.patch(
        address, data, content_type=PART, headers={**TUS, "Upload-Offset": str(offset), **headers}
    )


def uploaded(client, data: bytes, request=None, part=50_000) -> str:
    """The upload's id, sent in parts."""
    address = begin(client, len(data), request)["Location"]
    for at in range(0, len(data), part):
        answer = patch(client, address, at, data[at : at + part])
        assert answer.status_code == 204, answer.content
    return address.strip("/").split("/")[-1]


def share(client, request, body):
    return client.post(f"/requests/{request.pk}/share/", json.dumps(body), content_type="application/json")


def codes(response) -> list[str]:
    return [each["code"] for each in response.json()["refused"]]


@pytest.fixture
def ana(time):
    return arrange.home()


@pytest.fixture
def client(ana):
    return client_of(ana)


@pytest.fixture
def request_(ana):
    return asked(ana)


def test_a_shared_video_reaches_the_agency_byte_for_byte_and_can_be_taken_back(time, ana, client, request_):
    video = Sealed()
    body = video.body(upload_id=uploaded(client, video.data, request_))
    answer = share(client, request_, body)
    assert answer.status_code == 201
    kept = Share.objects.get()
    assert answer.json() == {"share_id": str(kept.pk), "address": f"/shares/{kept.pk}/"}
    assert b"".join(object_store().read(kept.object_name, 0, 10**9)) == video.data
    assert bytes(kept.envelope) == video.envelope
    assert (kept.expires_at - time()).days == 90
    assert not Clip.objects.exists(), "one-off: nothing is kept"
    page = client.get(f"/shares/{kept.pk}/?new").content
    assert b"Nobody has opened it yet" in page
    for _twice in range(2):
        page = client.post(f"/shares/{kept.pk}/withdraw/", follow=True).content
    assert b"You took it back" in page
    kept.refresh_from_db()
    assert kept.state == "withdrawn"
    assert bytes(kept.envelope) == b""


def test_the_answer_to_a_double_click_is_that_it_was_shared(client, request_):
    video = Sealed()
    body = video.body(upload_id=uploaded(client, video.data, request_))
    assert share(client, request_, body).status_code == 201
    shared = Share.objects.get()
    again = share(client, request_, body)
    assert again.status_code == 201
    assert again.json()["share_id"] == str(shared.pk)
    assert Share.objects.count() == OwnShare.objects.count() == 1
    # Taken back is taken back: the old answer does not bring it to life.
    assert client.post(f"/shares/{shared.pk}/withdraw/").status_code == 302
    assert share(client, request_, body).status_code == 404
    assert Share.objects.filter(state="active").count() == 0


def test_the_last_file_of_a_request_is_answered_twice_alike(ana, client, request_):
    with housekeeping("test"):
        for _file in range(limits.MOST_FILES_PER_REQUEST - 1):
            OwnShare.objects.create(
                share_id=uuid4(), request_id=request_.pk, household_id=ana.household_id, clip_id=None
            )
    video = Sealed()
    body = video.body(upload_id=uploaded(client, video.data, request_))
    first = share(client, request_, body)
    assert first.status_code == 201
    assert share(client, request_, body).json() == first.json()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sealed_sha256": "0" * 64}, "upload_wrong_hash"),
        ({"sealed_size": 5}, "upload_incomplete"),
        ({"head": base64.b64encode(b"age-encryption.org/v1\n").decode()}, "upload_not_sealed"),
        ({"envelope": base64.b64encode(b"plain words").decode()}, "envelope_not_sealed"),
        ({"envelope": base64.b64encode(os.urandom(100_000)).decode()}, "envelope_not_sealed"),
        ({"expires_days": 181}, "share_days_out_of_range"),
        ({"expires_days": 0}, "share_days_out_of_range"),
        ({"upload_id": None}, "upload_missing"),
        ({"upload_id": "x"}, "not_understood"),
        ({"head": "%%%"}, "not_understood"),
        ({"sealed_size": "5"}, "not_understood"),
        ({"keep": "yes"}, "not_understood"),
        ({"keep": {"grant": base64.b64encode(b"x").decode()}}, "key_missing"),
    ],
)
def test_what_is_not_whole_is_refused_with_its_reason_and_can_be_sent_again(client, request_, change, code):
    video = Sealed()
    upload_id = uploaded(client, video.data, request_)
    refused = share(client, request_, video.body(**{"upload_id": upload_id, **change}))
    assert refused.status_code == 422
    assert codes(refused) == [code]
    assert refused.json()["refused"][0]["text"]
    assert not Share.objects.exists()
    assert not OwnShare.objects.exists()
    assert share(client, request_, video.body(upload_id=upload_id)).status_code == 201


@pytest.mark.parametrize("cut", [0, 1, 50_000])
def test_a_truncated_upload_is_refused(client, request_, cut):
    video = Sealed()
    address = begin(client, len(video.data), request_)["Location"]
    if cut:
        assert patch(client, address, 0, video.data[:cut]).status_code == 204
    refused = share(client, request_, video.body(upload_id=address.strip("/").split("/")[-1]))
    assert codes(refused) == ["upload_incomplete" if cut else "upload_empty"]


def test_bytes_that_are_not_sealed_are_refused(client, request_):
    plain = b"\x00\x00\x00\x18ftypmp42" + os.urandom(100_000)
    video = Sealed()
    body = video.body(
        upload_id=uploaded(client, plain, request_),
        sealed_size=len(plain),
        sealed_sha256=hashlib.sha256(plain).hexdigest(),
    )
    assert codes(share(client, request_, body)) == ["upload_not_sealed"]


def test_another_household_cannot_use_an_upload_or_a_share(time, ana, client, request_):
    ben = client_of(arrange.home("ben@example.org"))
    asking.ask_some(open_request(request_.pk), None)
    video = Sealed()
    upload_id = uploaded(client, video.data, request_)
    assert share(ben, request_, video.body(upload_id=upload_id)).status_code == 404
    for upload in (upload_id, uuid4()):
        assert ben.head(f"/uploads/{upload}/", headers=TUS).status_code == 404
        assert patch(ben, f"/uploads/{upload}/", 0, b"x").status_code == 404
        assert ben.delete(f"/uploads/{upload}/", headers=TUS).status_code == 404
    share_id = share(client, request_, video.body(upload_id=upload_id)).json()["share_id"]
    for each in (share_id, uuid4()):
        assert ben.get(f"/shares/{each}/").status_code == 404
        assert ben.post(f"/shares/{each}/withdraw/").status_code == 404
    assert Share.objects.get().state == "active"


def test_an_upload_for_one_request_is_none_for_another(ana, client, request_):
    other = asked_again(ana)
    video = Sealed()
    body = video.body(upload_id=uploaded(client, video.data, request_))
    assert share(client, other, body).status_code == 404


def asked_again(actor):
    request = arrange.approved(by_agency=arrange.agency(ori="WI0990000"))
    asking.ask_some(open_request(request.pk), None)
    return request


@pytest.mark.parametrize("state", ["withdrawn", "rejected", "closed"])
def test_a_request_that_ended_takes_nothing(client, request_, state):
    video = Sealed()
    upload_id = uploaded(client, video.data, request_)
    with housekeeping("test"):
        VideoRequest.objects.filter(pk=request_.pk).update(state=state)
    refused = share(client, request_, video.body(upload_id=upload_id))
    assert codes(refused) == ["request_not_approved"]
    assert not Share.objects.exists()


def test_the_portal_cannot_be_passed_by_after_the_fourteen_days(time, client, request_):
    time.pass_(days=5)
    video = Sealed()
    upload_id = uploaded(client, video.data, request_)
    time.pass_(days=9)
    assert codes(share(client, request_, video.body(upload_id=upload_id))) == ["request_closed"]


def test_who_opted_out_may_still_share(ana, client, request_):
    opt_out(by=ana, scope="all")
    video = Sealed()
    assert (
        share(client, request_, video.body(upload_id=uploaded(client, video.data, request_))).status_code
        == 201
    )


def test_at_most_25_files_a_household_and_request(ana, client, request_):
    with housekeeping("test"):
        OwnShare.objects.bulk_create(
            [
                OwnShare(share_id=uuid4(), request_id=request_.pk, household_id=ana.household_id)
                for _ in range(24)
            ]
        )
    first = begin(client, 1000, request_)
    assert first.status_code == 201
    refused = begin(client, 1000, request_)
    assert refused.status_code == 422
    assert codes(refused) == ["upload_too_many"]
    assert begin(client, 1000).status_code == 201, "the vault has its own bound"


def test_size_and_quota_are_checked_before_a_byte_is_sent(ana, client, request_):
    assert codes(begin(client, 0, request_)) == ["upload_empty"]
    too_large = begin(client, limits.MOST_SEALED_BYTES + 1, request_)
    assert too_large.status_code == 413
    assert codes(too_large) == ["upload_too_large"]
    assert begin(client, limits.MOST_SEALED_BYTES, request_).status_code == 201
    with housekeeping("test"):
        Clip.objects.create(
            household_id=ana.household_id,
            object_name="0" * 32,
            sealed_size=limits.QUOTA_BYTES - limits.MOST_SEALED_BYTES - 10,
            sealed_sha256="",
            head=b"",
            grant=b"",
            uploaded_on="2026-03-14",
            expires_on="2026-04-14",
        )
    assert begin(client, 10).status_code == 201
    full = begin(client, 1)
    assert full.status_code == 413
    assert codes(full) == ["quota_full"]


def test_a_home_whose_address_is_not_proven_has_less_room(time):
    newcomer = client_of(arrange.home("new@example.org", verified=False, camera=False))
    for _file in range(2):
        assert begin(newcomer, limits.MOST_PLAIN_BYTES).status_code == 201
    full = begin(newcomer, limits.MOST_PLAIN_BYTES)
    assert full.status_code == 413
    assert codes(full) == ["quota_full_unproven"]
    assert "letter" in full.json()["refused"][0]["text"]


def test_the_page_says_before_a_byte_is_sent_how_much_room_there_is(ana, client, request_):
    assert begin(client, 1_000_000, request_).status_code == 201
    page = client.get(f"/requests/{request_.pk}/share/").content.decode()
    assert f'data-room="{limits.QUOTA_BYTES - 1_000_000}"' in page
    assert f'data-largest="{limits.MOST_PLAIN_BYTES}"' in page


def test_tus(client, request_):
    options = client.options("/uploads/")
    assert options["Tus-Version"] == "1.0.0"
    assert "creation" in options["Tus-Extension"]
    address = begin(client, 10, request_)["Location"]
    assert client.head(address).status_code == 412
    fresh = client.head(address, headers=TUS)
    assert (fresh["Upload-Offset"], fresh["Upload-Length"]) == ("0", "10")
    assert fresh["Cache-Control"] == "no-store"
    first = patch(client, address, 0, b"abcde")
    assert first["Upload-Offset"] == "5"
    assert first["Upload-Expires"]
    # Two tabs at one place: the second is told where it stands and writes nothing.
    late = patch(client, address, 0, b"XXXXX")
    assert (late.status_code, late["Upload-Offset"]) == (409, "5")
    assert patch(client, address, 9, b"j").status_code == 409
    assert patch(client, address, 5, b"fghijk").status_code == 413
    assert (
        client.patch(
            address, b"f", content_type="text/plain", headers={**TUS, "Upload-Offset": "5"}
        ).status_code
        == 415
    )
    assert patch(client, address, "x", b"f").status_code == 400
    assert patch(client, address, 5, b"fghij").status_code == 204
    upload = Upload.objects.get()
    assert b"".join(object_store().read(upload.object_name, 0, 100)) == b"abcdefghij"
    assert client.delete(address, headers=TUS).status_code == 204
    assert client.head(address, headers=TUS).status_code == 404


def test_what_is_dropped_or_expires_leaves_no_bytes(time, client, django_capture_on_commit_callbacks):
    names = []
    for _ in range(2):
        address = begin(client, 10)["Location"]
        patch(client, address, 0, b"abcde")
        names.append(Upload.objects.get(pk=address.strip("/").split("/")[-1]).object_name)
    with django_capture_on_commit_callbacks(execute=True):
        client.delete(address, headers=TUS)
    with django_capture_on_commit_callbacks(execute=True):
        footage.expire(now=time.pass_(days=10, seconds=1))
    assert not Upload.objects.exists()
    for name in names:
        with pytest.raises(NotFound):
            object_store().size(name)


def test_an_expired_upload_is_gone(time, client):
    address = begin(client, 10)["Location"]
    time.pass_(days=10, seconds=1)
    assert client.head(address, headers=TUS).status_code == 404
    assert patch(client, address, 0, b"a").status_code == 404


def test_no_file_name_is_kept(client, platform):
    own = {"Upload-Metadata": "filename " + base64.b64encode(b"burglar.mp4").decode()}
    assert begin(client, 10, **own).status_code == 201
    row = Upload.objects.values().get()
    assert "burglar" not in str(row)


def test_a_forged_request_starts_no_upload(ana, client):
    from django.test import Client

    strict = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert begin(strict, 10).status_code == 403


def key_of(client) -> None:
    wrap = "-----BEGIN AGE ENCRYPTED FILE-----\nabc\n-----END AGE ENCRYPTED FILE-----\n"
    made = {
        "recipient": generate_identity().recipient,
        "recovery_recipient": generate_identity().recipient,
        "wrapped_by_passphrase": wrap,
        "wrapped_by_recovery": wrap,
    }
    assert client.post("/keys/own.json", json.dumps(made), content_type="application/json").status_code == 201


def test_a_clip_that_is_kept_and_shared_has_two_copies_under_two_names(time, ana, client, request_):
    key_of(client)
    video = Sealed()
    grant = seal_bytes(b"g" * 4096, [generate_identity().recipient])
    body = video.body(
        upload_id=uploaded(client, video.data, request_), keep={"grant": base64.b64encode(grant).decode()}
    )
    assert share(client, request_, body).status_code == 201
    clip, shared = Clip.objects.get(), Share.objects.get()
    assert clip.object_name != shared.object_name
    (listed,) = client.get("/clips/list.json").json()["clips"]
    assert base64.b64decode(listed["grant"]) == grant == client.get(f"/clips/{clip.pk}/grant").content
    whole = client.get(f"/clips/{clip.pk}/sealed")
    assert b"".join(whole.streaming_content) == video.data
    part = client.get(f"/clips/{clip.pk}/sealed", headers={"Range": "bytes=10-19"})
    assert part.status_code == 206
    assert part["Content-Range"] == f"bytes 10-19/{len(video.data)}"
    assert b"".join(part.streaming_content) == video.data[10:20]
    assert (
        client.get(f"/clips/{clip.pk}/sealed", headers={"Range": f"bytes={len(video.data)}-"}).status_code
        == 416
    )
    # An answer that was lost on its way is asked for again: the share that stands is named, and no second one made.
    again = share(client, request_, video.body(clip_id=str(clip.pk)))
    assert again.status_code == 201
    assert again.json()["share_id"] == str(shared.pk)
    assert Share.objects.count() == 1
    assert client.post(f"/shares/{shared.pk}/withdraw/").status_code == 302
    # Shared once more, from the vault, with nothing uploaded.
    wrong = share(client, request_, video.body(clip_id=str(clip.pk), sealed_sha256="1" * 64))
    assert codes(wrong) == ["upload_wrong_hash"]
    once_more = share(client, request_, video.body(clip_id=str(clip.pk)))
    assert once_more.status_code == 201
    shared = Share.objects.get(pk=once_more.json()["share_id"])
    ben = client_of(arrange.home("ben@example.org"))
    for each in (clip.pk, uuid4()):
        for path in ("sealed", "grant"):
            assert ben.get(f"/clips/{each}/{path}").status_code == 404
        assert ben.post(f"/clips/{each}/delete/").status_code == 404
    assert client.post(f"/clips/{clip.pk}/delete/").status_code == 302
    assert not Clip.objects.exists()
    assert b"".join(object_store().read(shared.object_name, 0, 10**9)) == video.data


def test_a_clip_is_kept_without_sharing_and_ends_after_thirty_days(time, client):
    key_of(client)
    video = Sealed()
    grant = seal_bytes(b"g" * 4096, [generate_identity().recipient])
    body = {**video.body(upload_id=uploaded(client, video.data)), "grant": base64.b64encode(grant).decode()}
    answer = client.post("/clips/keep/", json.dumps(body), content_type="application/json")
    assert answer.status_code == 201
    clip = Clip.objects.get(pk=UUID(answer.json()["clip_id"]))
    columns = {field.name for field in Clip._meta.get_fields()}
    assert not columns & {"camera", "starts_at", "ends_at", "trigger", "name", "title"}, (
        "no diary of who is home when"
    )
    footage.expire(now=time.pass_(days=29))
    assert Clip.objects.filter(pk=clip.pk).exists()
    footage.expire(now=time.pass_(days=2))
    assert not Clip.objects.exists()


def test_a_failed_share_leaves_no_second_copy(client, request_, platform, monkeypatch):
    key_of(client)
    video = Sealed()
    grant = seal_bytes(b"g" * 4096, [generate_identity().recipient])
    body = {**video.body(upload_id=uploaded(client, video.data)), "grant": base64.b64encode(grant).decode()}
    clip_id = client.post("/clips/keep/", json.dumps(body), content_type="application/json").json()["clip_id"]
    before = {path for path in (platform / "objects").rglob("*") if path.is_file()}
    from porchlight.server.consent.actions.answering import disclosures

    def broken(**_given):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(disclosures, "receive", broken)
    with pytest.raises(RuntimeError):
        share(client, request_, video.body(clip_id=clip_id))
    assert {path for path in (platform / "objects").rglob("*") if path.is_file()} == before
    assert not OwnShare.objects.exists()


def test_a_report_is_resolved_by_a_reviewer_alone(time, ana, client, request_):
    from porchlight.server.consent import actions

    actions.report(by=ana, request_id=request_.pk, why="too_wide", text="Half the town.")
    vera = arrange.reviewer()
    (report,) = access.open_reports(vera)
    assert not hasattr(report, "household_id")
    for outsider in (ana, access_less(vera)):
        with pytest.raises(NotFound):
            access.open_reports(outsider)
        with pytest.raises(NotFound):
            actions.resolve_report(by=outsider, report_id=report.id, upheld=True)
    assert access.request_for(ana, request_.pk).reported
    video = Sealed()
    assert codes(share(client, request_, video.body(upload_id=uploaded(client, video.data, request_)))) == [
        "request_paused"
    ]
    actions.resolve_report(by=vera, report_id=report.id, upheld=False)
    assert not access.request_for(ana, request_.pk).reported
    with pytest.raises(NotFound):
        actions.resolve_report(by=vera, report_id=report.id, upheld=True)


def access_less(actor):
    from dataclasses import replace

    return replace(actor, second_factor=False)


def test_the_key_comes_with_its_proof_or_none(time, ana, client, request_):
    from porchlight.server.transparency.actions import sequence

    waiting = client.get(f"/requests/{request_.pk}/key.json").json()
    assert waiting["proof"] is None
    sequence()
    logged = client.get(f"/requests/{request_.pk}/key.json").json()
    assert logged["proof"].startswith("c2sp.org/tlog-proof@v1")
    entry = json.loads(base64.b64decode(logged["entry"]))
    assert entry["q"] == logged["q_recipient"]
    assert entry["request"] == str(request_.pk)
