"""Two people at the same moment, as two web processes see it. Run as a program in an installation's environment.

Prints one JSON object: what became of each race. Between reading and writing every racer dawdles a little, so that what
is not locked goes wrong each time and not once in a while.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from porchlight.commands.django_setup import setup

DAWDLE_S = 0.01
# Some installed package brings a `tests` of its own.
sys.modules["tests"] = ModuleType("tests")
sys.modules["tests"].__path__ = [str(Path(__file__).resolve().parents[2])]
setup()

from django.db import close_old_connections, connection  # noqa: E402 - needs the settings
from tests.server.agencies import teams  # noqa: E402 - as above
from tests.server.consent import arrange  # noqa: E402 - as above
from tests.server.disclosures import sharing  # noqa: E402 - as above
from tests.server.video_requests import town  # noqa: E402 - as above

from porchlight.core.errors import Conflict, NotFound, Refused  # noqa: E402 - as above
from porchlight.server.accounts import actions as accounts  # noqa: E402 - as above
from porchlight.server.accounts.models import User  # noqa: E402 - as above
from porchlight.server.accounts.passwords import HashedPassword  # noqa: E402 - as above
from porchlight.server.agencies import actions as agencies  # noqa: E402 - as above
from porchlight.server.agencies.models import Officer, OfficerKey  # noqa: E402 - as above
from porchlight.server.disclosures import actions as disclosures  # noqa: E402 - as above
from porchlight.server.disclosures.models import CustodyEntry, Share  # noqa: E402 - as above
from porchlight.server.footage import actions as footage  # noqa: E402 - as above
from porchlight.server.footage.access import limits  # noqa: E402 - as above
from porchlight.server.footage.models import Upload  # noqa: E402 - as above
from porchlight.server.foundation import ratelimit  # noqa: E402 - as above
from porchlight.server.foundation.clock import use_clock  # noqa: E402 - as above
from porchlight.server.foundation.models import OutboxEvent  # noqa: E402 - as above
from porchlight.server.foundation.objects import object_store  # noqa: E402 - as above
from porchlight.server.households import actions as households  # noqa: E402 - as above
from porchlight.server.households.models import Camera, Membership  # noqa: E402 - as above
from porchlight.server.video_requests import actions  # noqa: E402 - as above
from porchlight.server.video_requests.models import Decision, VideoRequest  # noqa: E402 - as above


def dawdling(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    try:
        return execute(sql, params, many, context)
    finally:
        if sql.startswith("SELECT"):
            time.sleep(DAWDLE_S)


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Run the acts in threads that start together; what each came to, sorted."""
    start, found = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        with use_clock(lambda: town.NOW), connection.execute_wrapper(dawdling):
            start.wait(60)
            try:
                act()
                found.append("done")
            except Refused as refused:
                found.append(refused.reasons[0].code)
            except Conflict as conflict:
                found.append(str(conflict))
            except NotFound:
                found.append("not_found")
            except Exception as error:  # noqa: BLE001 - told as it is: a person would see a broken page
                found.append(f"{type(error).__name__}: {error}")
            finally:
                connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    close_old_connections()
    return sorted(found)


def limit_per_case() -> dict[str, Any]:
    """One of the case's two requests is sent; four tabs send four more for it."""
    agents = town.make_agency("WI0990001")
    town.submitted(agents)
    drafts = [town.save(agents.officer, public_summary=f"{town.SUMMARY} Number {n}.") for n in range(4)]
    found = at_once(*(lambda each=each: town.submit(agents.officer, each) for each in drafts))
    sent = VideoRequest.objects.filter(state="submitted", agency=agents.agency)
    return {"found": found, "submitted": sent.count()}


def two_reviewers() -> dict[str, Any]:
    """Two reviewers decide a request that needs one."""
    agents, one, two = town.make_agency("WI0990002"), town.make_reviewer("one"), town.make_reviewer("two")
    request = town.signed(agents, area=town.box(-89.48))
    found = at_once(lambda: town.decide(one, request, "approve"), lambda: town.decide(two, request, "reject"))
    state = VideoRequest.objects.get(pk=request.pk).state
    decisions = Decision.objects.filter(request=request).count()
    return {
        "found": found,
        "decisions": decisions,
        "agrees": (state == "approved") == bool(_approved(request)),
    }


def two_of_two() -> dict[str, Any]:
    """Two reviewers answer together where two are needed."""
    agents, one, two = town.make_agency("WI0990003"), town.make_reviewer("three"), town.make_reviewer("four")
    request = town.signed(agents, flags=frozenset({"minors"}))
    found = at_once(lambda: town.decide(one, request), lambda: town.decide(two, request))
    state = VideoRequest.objects.get(pk=request.pk).state
    return {"found": found, "approved": _approved(request), "state": state}


def sign_or_send_back() -> dict[str, Any]:
    """The supervisor signs while another click of the supervisor's sends it back."""
    agents = town.make_agency("WI0990004")
    request = town.submitted(agents)
    found = at_once(
        lambda: actions.sign(by=town.fresh(agents.supervisor), request_id=request.pk),
        lambda: actions.send_back(
            by=agents.supervisor, request_id=request.pk, note="Please draw it smaller."
        ),
    )
    return {"found": found, "state": VideoRequest.objects.get(pk=request.pk).state}


def double_click() -> dict[str, Any]:
    """The same send, three times at once."""
    agents = town.make_agency("WI0990005")
    request = town.save(agents.officer)
    recipient, wraps = town.key_for(agents.officer)
    send = lambda: actions.submit(  # noqa: E731
        by=agents.officer, request_id=request.pk, q_recipient=recipient, wraps=wraps
    )
    found = at_once(send, send, send)
    mails = OutboxEvent.objects.filter(topic="video_request.mail", payload__request_id=str(request.pk))
    return {"found": found, "mails": mails.count()}


def share_or_withdraw() -> dict[str, Any]:
    """A share arrives while its request is withdrawn: it stands in a request that stood, or it is refused."""
    agents = town.make_agency("WI0990006")
    request = town.approved(agents, town.make_reviewer("five"), area=town.box(-89.25))
    found = at_once(
        lambda: sharing.share(request), lambda: actions.withdraw(by=agents.officer, request_id=request.pk)
    )
    shares = Share.objects.filter(request=request).count()
    return {"found": found, "agrees": shares == found.count("done") - 1}


def disposal_twice() -> dict[str, Any]:
    """Two workers delete the copy of one share that has ended."""
    agents = town.make_agency("WI0990007")
    request = town.approved(agents, town.make_reviewer("six"), area=town.box(-89.20))
    share = sharing.share(request)
    disclosures.withdraw(share_id=share.pk)
    delete = lambda: disclosures.delete_content(share_id=share.pk)  # noqa: E731
    found = at_once(delete, delete)
    entries = CustodyEntry.objects.filter(share=share, event="deleted").count()
    return {"found": found, "entries": entries}


def invitation_twice() -> dict[str, Any]:
    """Two browsers accept one invitation."""
    home = teams.agency("WI0990008", mail_domain="eight.example")
    token = teams.path_to_join(home.id, "lee@eight.example").split("/")[2]
    accept = lambda: agencies.accept_invitation(  # noqa: E731
        token=token, name="Lee", password=HashedPassword("!"), by=None
    )
    found = at_once(accept, accept)
    return {"found": found, "officers": Officer.objects.filter(agency_id=home.id).count()}


def last_administrators() -> dict[str, Any]:
    """The two administrators of an agency let each other go."""
    home = teams.agency("WI0990009", mail_domain="nine.example")
    one, two = (
        Officer.objects.get(user=teams.officer(home, name, is_admin=True, factor=False))
        for name in ("Ada", "Bea")
    )
    found = at_once(
        *(lambda each=each: agencies.remove_officer(officer_id=each.pk, by=None) for each in (one, two))
    )
    left = Officer.objects.filter(agency_id=home.id, is_admin=True, left_at=None).count()
    return {"found": found, "left": left}


def two_keys() -> dict[str, Any]:
    """An officer's two tabs make a first key each: one is in use afterwards, the other retired."""
    home = teams.agency("WI0990010", mail_domain="ten.example")
    user = teams.officer(home, "Kim", factor=False)
    actor = teams.actor_of(user, fresh=True)
    found = at_once(
        *(
            lambda letter=letter: agencies.store_key(
                recipient=teams.recipient(letter), wrapped=teams.ARMOR, by=actor
            )
            for letter in "qp"
        )
    )
    in_use = OfficerKey.objects.filter(officer__user=user, retired_at=None).count()
    return {"found": found, "in_use": in_use}


def uploads_at_the_quota() -> dict[str, Any]:
    """A household has room for one more file of this size; two members begin one each."""
    owner = arrange.home("quota@example.org")
    size = limits.MOST_SEALED_BYTES
    rows = limits.QUOTA_BYTES // size - 1
    _begun(owner=owner, count=rows, size=size)
    begin = lambda: footage.begin_upload(by=owner, length=size)  # noqa: E731
    found = at_once(begin, begin)
    return {"found": found, "begun": Upload.objects.filter(household_id=owner.household_id).count() - rows}


def used_or_given_up() -> dict[str, Any]:
    """An upload becomes a share's while the owner's other tab gives it up: what is used keeps its bytes."""
    owner = arrange.home("used@example.org")
    agrees = []
    for _ in range(3):
        upload, used = footage.begin_upload(by=owner, length=3), []
        footage.append(by=owner, upload_id=upload.pk, offset=0, parts=[b"abc"])
        at_once(
            lambda upload=upload, used=used: used.append(footage.take_upload(upload=upload)),
            lambda upload=upload: footage.drop_upload(by=owner, upload_id=upload.pk),
            lambda: footage.expire(now=town.NOW + limits.UPLOAD_GOOD_FOR),
        )
        try:
            stands = object_store().size(upload.object_name) == 3
        except NotFound:
            stands = False
        agrees.append(bool(used) == stands)
    return {"agrees": agrees}


def cameras_at_the_limit() -> dict[str, Any]:
    """One camera less than the most; three tabs add one each."""
    owner = arrange.home("cameras@example.org", camera=False)
    add = lambda: households.add_camera(by=owner, name="Door", kind="doorbell")  # noqa: E731
    for _ in range(29):
        add()
    found = at_once(add, add, add)
    return {"found": found, "cameras": Camera.objects.filter(household_id=owner.household_id).count()}


def first_home_twice() -> dict[str, Any]:
    """Two tabs of a new resident claim a place."""
    actor = arrange.resident("first@example.org")
    claim = lambda: households.claim_place(  # noqa: E731
        by=actor, address="14 Mill Street, Alder Falls", lat=44.1, lon=-89.3
    )
    found = at_once(claim, claim)
    return {"found": found, "homes": Membership.objects.filter(user_id=actor.user_id).count()}


def wrong_passwords() -> dict[str, Any]:
    """Five wrong passwords at one moment lock the account."""
    agents = town.make_agency("WI0990011")
    user = User.objects.get(pk=agents.officer.user_id)
    wrong = lambda: accounts.note_wrong_password(side=teams.Side.AGENCY, email=user.email, by=None)  # noqa: E731
    found = at_once(*[wrong] * 5)
    user.refresh_from_db()
    locked = OutboxEvent.objects.filter(topic="accounts.locked", payload__user_id=str(user.pk)).count()
    return {"found": found, "locked": user.locked_at is not None, "mails": locked}


def rate() -> dict[str, Any]:
    """Six uses of what may be used four times."""
    spend = lambda: ratelimit.spend("test", "somebody", limit=4, window=town.timedelta(hours=1))  # noqa: E731
    return {"found": at_once(*[spend] * 6)}


def agency_twice() -> dict[str, Any]:
    """The operator's double click."""
    add = lambda: teams.agency("WI0990012", mail_domain="twelve.example")  # noqa: E731
    return {"found": at_once(add, add)}


def _approved(request: VideoRequest) -> int:
    return OutboxEvent.objects.filter(
        topic="video_request.approved", payload__request_id=str(request.pk)
    ).count()


@arrange.action("test.begun")
def _begun(*, owner: Any, count: int, size: int) -> None:
    expires = town.NOW + limits.UPLOAD_GOOD_FOR
    Upload.objects.bulk_create(
        Upload(
            household_id=owner.household_id,
            user_id=owner.user_id,
            object_name="0" * 32,
            length=size,
            expires_at=expires,
            created_at=town.NOW,
        )
        for _ in range(count)
    )


RACES: tuple[Callable[[], dict[str, Any]], ...] = (
    limit_per_case,
    two_reviewers,
    two_of_two,
    sign_or_send_back,
    double_click,
    share_or_withdraw,
    disposal_twice,
    invitation_twice,
    last_administrators,
    two_keys,
    uploads_at_the_quota,
    used_or_given_up,
    cameras_at_the_limit,
    first_home_twice,
    wrong_passwords,
    rate,
    agency_twice,
)

if __name__ == "__main__":
    wanted = sys.argv[1:]
    with use_clock(lambda: town.NOW):
        said = {race.__name__: race() for race in RACES if not wanted or race.__name__ in wanted}
    sys.stdout.write(json.dumps(said))
