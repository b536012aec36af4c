"""The links of a mail: the same for everybody, nothing decided by looking, and a clear page when they are over."""

# ruff: noqa: F811 - pytest gives fixtures by their names

import re
from uuid import uuid4

import pytest
from django.test import Client
from tests.server.consent import arrange
from tests.server.consent.fixtures import platform, time  # noqa: F401 - fixtures

from porchlight.server.consent import tasks as asking
from porchlight.server.consent.models import Invitation
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.households import access, actions
from porchlight.server.households.models import OptOut
from porchlight.server.notifications.access import links
from porchlight.server.video_requests.access import open_request
from porchlight.server.video_requests.models import VideoRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    """Somebody without a session, as strict about forged forms as the server is."""
    return Client(HTTP_HOST="localhost", enforce_csrf_checks=True)


def asked(actor=None, **more):
    actor = actor or arrange.home()
    request = arrange.approved(by_agency=arrange.agency(), **more)
    asking.ask_some(open_request(request.pk), None)
    return actor, request


def token_of(actor, request, time) -> str:
    invitation = Invitation.objects.get(household_id=actor.household_id, request_id=request.pk)
    return links.request_token(invitation.pk, time())


def test_the_page_is_the_same_byte_for_byte_whatever_the_household_did(time, visitor):
    ana = arrange.home()
    ben = arrange.home("ben@example.org")
    _, request = asked(ana)
    actions.opt_out(by=ben, scope="agency", value=str(request.agency_id))
    actions.add_camera(by=ben, name="Garage", kind="outdoor")
    from porchlight.server.consent.actions import report

    report(by=ben, request_id=request.pk, why="other")
    pages = [visitor.get(f"/r/{token_of(each, request, time)}/") for each in (ana, ben)]
    assert pages[0].content == pages[1].content
    assert sorted(pages[0].headers.items()) == sorted(pages[1].headers.items())
    assert not pages[0].cookies


def test_a_signed_in_person_sees_the_same_page(time, visitor):
    ana, request = asked()
    path = f"/r/{token_of(ana, request, time)}/"
    from tests.server.portals.test_resident_pages import client_of

    seen = client_of(ana).get(path).content
    own = f' data-whose="{ana.user_id}"'.encode()  # which drafts of this browser are theirs
    assert own in seen
    assert seen.replace(own, b"") == visitor.get(path).content


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_decides_nothing(time, visitor, method):
    ana, request = asked()
    for path in (f"/r/{token_of(ana, request, time)}/", f"/o/{links.opt_out_token(household(ana))}/"):
        for query in ("", "?answer=opt-out&scope=all", "?List-Unsubscribe=One-Click"):
            assert getattr(visitor, method)(path + query).status_code == 200
    assert not OptOut.objects.exists()


def household(actor):
    from uuid import UUID

    return UUID(actor.household_id)


def test_a_decline_is_kept_nowhere(time, visitor):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ana, request = asked()
    with CaptureQueriesContext(connection) as queries:
        page = visitor.post(f"/r/{token_of(ana, request, time)}/", {"answer": "decline"})
    assert page.status_code == 200
    assert b"no record" in page.content
    assert not [q for q in queries if not q["sql"].startswith("SELECT")]


@pytest.mark.parametrize(("scope", "value"), [("all", ""), ("agency", None), ("offense", "home_burglary")])
def test_opting_out_behind_the_link_holds_for_the_household(time, visitor, scope, value):
    ana, request = asked()
    ben = arrange.join(household_id=ana.household_id, email="ben@example.org")
    path = f"/r/{token_of(ana, request, time)}/"
    for _twice in range(2):
        assert visitor.post(path, {"answer": "opt-out", "scope": scope}).status_code == 200
    standing = list(access.opt_outs(ben))
    assert [(each.scope, each.value) for each in standing] == [
        (scope, str(request.agency_id) if value is None else value)
    ]


def test_an_answer_that_is_none_changes_nothing_and_says_so(time, visitor):
    ana, request = asked()
    path = f"/r/{token_of(ana, request, time)}/"
    for said in ({}, {"answer": "share-everything"}, {"answer": "opt-out", "scope": "planet"}):
        page = visitor.post(path, said)
        assert page.status_code == 422
        assert b"Nothing was changed" in page.content
    assert not OptOut.objects.exists()


def test_the_three_answers_look_alike(time, visitor):
    ana, request = asked()
    page = visitor.get(f"/r/{token_of(ana, request, time)}/").content.decode()
    answers = re.findall(r'<(?:a|button) class="answer"', page)
    assert len(answers) == 3
    assert "is-main" not in page
    assert not re.search(r"<input[^>]* checked", page)
    assert "<script" not in page


def test_expired_forged_and_forgotten_links_show_one_page_with_a_way_on(time, visitor):
    ana, request = asked()
    token = token_of(ana, request, time)
    other = links.request_token(uuid4(), time())
    forged = token[:-3] + ("A" if token[-3] != "A" else "B") + token[-2:]
    swapped = token.split(".")[0] + "." + other.split(".")[1]
    pages = [
        visitor.get(f"/r/{each}/")
        for each in (other, forged, swapped, "x", "x" * 5000, token[:-4], links.opt_out_token(household(ana)))
    ]
    assert visitor.get(f"/r/{token}/").status_code == 200
    time.pass_(days=10, seconds=1)
    pages += [visitor.get(f"/r/{token}/"), visitor.post(f"/r/{token}/", {"answer": "opt-out"})]
    assert {page.status_code for page in pages} == {410}
    assert len({page.content for page in pages}) == 1
    assert b"Sign in" in pages[0].content
    assert not OptOut.objects.exists()


def test_a_link_to_a_request_that_ended_says_so_and_can_still_opt_out(time, visitor):
    ana, request = asked()
    path = f"/r/{token_of(ana, request, time)}/"
    with housekeeping("test"):
        VideoRequest.objects.filter(pk=request.pk).update(state="withdrawn")
    page = visitor.get(path)
    assert b"This request has ended" in page.content
    assert b'class="answer"' not in page.content
    assert visitor.post(path, {"answer": "opt-out"}).status_code == 200
    assert OptOut.objects.count() == 1


def test_one_click(time, visitor):
    ana, _request = asked()
    path = f"/o/{links.opt_out_token(household(ana))}/"
    answers = [visitor.post(path, {"List-Unsubscribe": "One-Click"}) for _twice in range(2)]
    # A household that is gone, and one that never was, answer alike.
    answers.append(visitor.post(f"/o/{links.opt_out_token(uuid4())}/", {"List-Unsubscribe": "One-Click"}))
    time.pass_(days=400)
    answers.append(visitor.post(path, {"List-Unsubscribe": "One-Click"}))
    assert {page.status_code for page in answers} == {200}
    assert len({page.content for page in answers}) == 1
    assert not any(page.cookies for page in answers)
    assert [(each.scope, each.value) for each in access.opt_outs(ana)] == [("all", "")]


def test_a_forged_one_click_changes_nothing(time, visitor):
    ana, request = asked()
    token = links.opt_out_token(household(ana))
    for each in (token[:-2] + "AA", f"{household(ana).hex}.x", token_of(ana, request, time), "x"):
        assert visitor.post(f"/o/{each}/").status_code == 410
    assert not OptOut.objects.exists()


def test_other_methods_are_refused(visitor, time):
    ana, request = asked()
    for path in (f"/r/{token_of(ana, request, time)}/", f"/o/{links.opt_out_token(household(ana))}/"):
        assert visitor.put(path).status_code == 405
        assert visitor.delete(path).status_code == 405


def test_who_wants_to_opt_out_of_less_and_says_of_what_not_opts_out_of_nothing(time, visitor):
    ana, request = asked()
    path = f"/r/{token_of(ana, request, time)}/"
    answer = visitor.post(path, {"answer": "opt-out", "less": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert not OptOut.objects.exists()
    assert '<details class="more" open>' in page
    assert "Choose what you do not want to be asked." in page
    visitor.post(path, {"answer": "opt-out", "less": "1", "scope": "agency"})
    assert OptOut.objects.get().scope == "agency"
