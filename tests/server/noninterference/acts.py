"""What may happen in a world: the common trace (agency's acts, visible acts, time) and everything hidden.

Each act takes the world and does nothing where it cannot be done (a share of a household that was not asked, say), as a
person would be refused; so every drawn trace is a possible one.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from uuid import UUID

from django.test import Client
from tests.server.accounts import people
from tests.server.consent import arrange
from tests.server.footage.vault import Vault
from tests.server.noninterference import base
from tests.server.video_requests import town

from porchlight.core.errors import NotFound, PorchlightError
from porchlight.seal.keys import generate_identity
from porchlight.seal.sealing import seal_bytes, seal_stream
from porchlight.server.consent import access as consent
from porchlight.server.consent import actions as consent_actions
from porchlight.server.consent.models import OwnShare, Report
from porchlight.server.disclosures import actions as disclosures
from porchlight.server.footage import actions as footage
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.households import access as homes
from porchlight.server.households import actions as households
from porchlight.server.households.models import Camera, OptOut
from porchlight.server.notifications import actions as notices
from porchlight.server.notifications.access import links
from porchlight.server.notifications.models import Notice
from porchlight.server.on_call import actions as on_call
from porchlight.server.video_requests import actions as requests

if TYPE_CHECKING:
    from tests.server.noninterference.world import World

Act = tuple[Any, ...]

# One sealed clip for all shares, made once: what is inside does not matter here, that it is sealed does.
_CLIP = generate_identity()
_SEALED = io.BytesIO()
_DESCRIBED, _HEAD = seal_stream(io.BytesIO(b"a clip of the street" * 50), _SEALED, [_CLIP.recipient])
_ENVELOPE = seal_bytes(b"an envelope", [_CLIP.recipient])


def share(world: World, home: str) -> None:
    """Visible: the household shares one clip with the first request."""
    actor = arrange.again(world.ground.homes[home])
    request_id = world.requests[0]
    try:
        consent.request_for(actor, request_id)
        upload = footage.begin_upload(by=actor, length=_DESCRIBED.sealed_size, request_id=request_id)
        footage.append(by=actor, upload_id=upload.pk, offset=0, parts=[_SEALED.getvalue()])
        video = consent_actions.SealedVideo(
            head=_HEAD, sealed_sha256=_DESCRIBED.sealed_sha256, sealed_size=_DESCRIBED.sealed_size,
            envelope=_ENVELOPE, upload_id=upload.pk,
        )  # fmt: skip
        share_id = consent_actions.share(by=actor, request_id=request_id, video=video, expires_days=90)
    except PorchlightError:
        return
    world.shares.append(share_id)


def withdraw_share(world: World, home: str) -> None:
    """Visible: the household takes back what it shared."""
    actor = arrange.again(world.ground.homes[home])
    for shared in OwnShare.objects.filter(household_id=actor.household_id, withdrawn_at=None):
        consent_actions.withdraw(by=actor, share_id=shared.share_id)


def ask_again(world: World, place: int) -> None:
    """The agency asks again: over the same homes, or where nobody lives."""
    where = town.box() if place == 0 else town.box(town.WEST + 0.05, town.SOUTH + 0.05)
    earlier = people.timedelta(
        days=len(world.requests)
    )  # another evening: overlapping ones need a second reviewer
    number = f"AF-26-{20000 + len(world.requests):05d}"
    drawn = world.ground.key_for(len(world.requests), world.ground.agents.officer)
    try:
        with patch.object(town, "key_for", lambda _actor: drawn):
            asked = town.approved(
                world.ground.agents,
                world.ground.reviewer,
                area=where,
                case_number=number,
                starts_at=town.STARTS - earlier,
                ends_at=town.ENDS - earlier,
            )
    except PorchlightError:
        return
    world.requests.append(asked.pk)


def ask_urgent(world: World, which: int) -> None:
    """A request that says a life is in danger is signed: reviewers are paged, and one of them says so or hands it on."""
    number = len(world.requests)
    earlier = people.timedelta(days=number)
    drawn = world.ground.key_for(number, world.ground.agents.officer)
    try:
        with patch.object(town, "key_for", lambda _actor: drawn):
            asked = town.signed(
                world.ground.agents,
                flags=frozenset({"danger_to_life"}),
                danger_reason=town.DANGER,
                case_number=f"AF-26-{30000 + number:05d}",
                starts_at=town.STARTS - earlier,
                ends_at=town.ENDS - earlier,
            )
    except PorchlightError:
        return
    world.requests.append(asked.pk)
    world.work()
    answer = on_call.acknowledge if which == 0 else on_call.hand_on
    answer(by=world.ground.reviewer, request_id=asked.pk)


def draft(world: World, _n: int) -> None:
    """The officer saves a draft."""
    world.requests.append(town.save(world.ground.agents.officer).pk)


def withdraw_request(world: World, which: int) -> None:
    """The agency withdraws a request."""
    request_id = world.requests[which % len(world.requests)]
    try:
        requests.withdraw(by=world.ground.agents.officer, request_id=request_id)
    except PorchlightError:
        return


def open_share(world: World, _n: int) -> None:
    """The officer opens the first share's envelope and fetches a range."""
    for share_id in world.shares[:1]:
        try:
            disclosures.open_key(by=world.ground.agents.officer, share_id=share_id)
        except NotFound:
            return


def wait(world: World, minutes: int) -> None:
    """Time passes, in both worlds alike; the worker works meanwhile."""
    for _ in range(3):
        world.moment.forward(minutes=minutes / 3)
        world.work()


LOW: dict[str, Callable[[World, Any], None]] = {
    "share": share,
    "withdraw_share": withdraw_share,
    "ask_again": ask_again,
    "ask_urgent": ask_urgent,
    "draft": draft,
    "withdraw_request": withdraw_request,
    "open_share": open_share,
    "wait": wait,
}


def newcomers(world: World, count: int) -> None:
    """Homes with cameras appear in the area."""
    with housekeeping("test"):
        for number in range(count):
            name = f"n{world.next_number()}-{number}@home.example"
            arrange.home(name, lat=base.LAT + 0.0002 * number, lon=base.LON + 1e-4)


def opt_out(world: World, home: str) -> None:
    agency = str(world.ground.agents.agency.pk)
    scope, value = [("all", ""), ("agency", agency), ("offense", "vehicle_theft")][world.next_number() % 3]
    households.opt_out(by=world.home(home), scope=scope, value=value)


def undo_opt_out(world: World, home: str) -> None:
    actor = world.home(home)
    for row in OptOut.objects.filter(household_id=actor.household_id):
        households.undo_opt_out(by=actor, opt_out_id=row.pk)


def one_click(world: World, home: str) -> None:
    token = links.opt_out_token(UUID(world.home(home).household_id))
    world.post(f"/o/{token}/", {"List-Unsubscribe": "One-Click"})


def decline_by_link(world: World, home: str) -> None:
    for token in world.link_tokens(home):
        world.post(f"/r/{token}/", {"answer": "decline"})


def look_by_link(world: World, home: str) -> None:
    for token in world.link_tokens(home):
        Client(headers={"host": "localhost"}).get(f"/r/{token}/")


def read_and_decline(world: World, home: str) -> None:
    """Signed in: open the request and decline."""
    client = world.browser(home)
    path = f"/requests/{world.requests[0]}/"
    if client.get(path).status_code == 200:
        client.post(path + "decline/")


def report(world: World, home: str) -> None:
    try:
        consent_actions.report(
            by=world.home(home), request_id=world.requests[0], why="too_wide", text="Too wide."
        )
    except NotFound:
        return


def resolve_reports(world: World, _home: str) -> None:
    for row in Report.objects.filter(resolved_at=None):
        consent_actions.resolve_report(by=world.ground.reviewer, report_id=row.pk, upheld=False)


def bounce(world: World, home: str) -> None:
    """The household's mail server refuses what is sent from now on."""
    world.refused_mail.add(f"{home.lower()}@home.example")


def begin_upload(world: World, home: str) -> None:
    """An upload for the request that is never finished."""
    try:
        upload = footage.begin_upload(by=world.home(home), length=1000, request_id=None)
        footage.append(by=world.home(home), upload_id=upload.pk, offset=0, parts=[b"x" * 100])
    except PorchlightError:
        return


def remove_cameras(world: World, home: str) -> None:
    actor = world.home(home)
    for camera in Camera.objects.filter(household_id=actor.household_id):
        households.remove_camera(by=actor, camera_id=camera.pk)


def add_camera(world: World, home: str) -> None:
    households.add_camera(by=world.home(home), name=f"Camera {world.next_number()}", kind="outdoor")


def reviewer_reads(world: World, _home: str) -> None:
    client = people.signed_in(world.ground.user(world.ground.reviewer))
    client.get("/")
    client.get(f"/requests/{world.requests[0]}/")
    client.get("/reports/")


def notices_lost(world: World, home: str) -> None:
    """A notice is claimed by a worker that dies: the lease runs out later."""
    actor = world.home(home)
    with housekeeping("test"):
        rows = Notice.objects.filter(household_id=actor.household_id, sent_at=None)
        rows.update(leased_until=world.moment.at + people.timedelta(minutes=5))


def invite_and_join(world: World, home: str) -> None:
    """Somebody is invited by mail and comes in."""
    number = world.next_number()
    try:
        link = households.invite_member(by=world.home(home), email=f"mate{number}@home.example")
        mate = arrange.resident(f"mate{number}@home.example")
        households.join_household(by=mate, token=link.rstrip("/").rpartition("/")[2])
    except PorchlightError:
        return


def remove_somebody(world: World, home: str) -> None:
    """Everybody but who made the household is put out, with a key change begun where there is a key."""
    actor = world.home(home)
    for each in homes.housemates(actor):
        if not each.me:
            footage.remove_member(by=actor, user_id=each.user_id)


def make_or_change_key(world: World, home: str) -> None:
    """The first time a key and a clip; afterwards a new key, whose grants move or do not."""
    actor = world.home(home)
    vault = world.vaults.get(home)
    if vault is None:
        vault = world.vaults[home] = Vault()
        vault.make(actor, f"{home.lower()}@home.example")
        vault.put(actor, f"{home.lower()}@home.example", kind="passkey")
        # The bytes are the same each time: an object's name, drawn alike in both worlds, stands for its content.
        upload = footage.begin_upload(by=actor, length=_DESCRIBED.sealed_size, request_id=None)
        footage.append(by=actor, upload_id=upload.pk, offset=0, parts=[_SEALED.getvalue()])
        footage.keep_clip(
            by=actor, upload_id=upload.pk, head=_HEAD, sealed_sha256=_DESCRIBED.sealed_sha256,
            sealed_size=_DESCRIBED.sealed_size, grant=seal_bytes(b"secret", [vault.own.recipient]),
            grant_recipient=vault.own.recipient,
        )  # fmt: skip
        return
    try:
        vault.begin_change(actor)
    except PorchlightError:
        vault.move(actor)


def move_house(world: World, home: str) -> None:
    """To another town, or back; cameras and open requests stay behind."""
    place = (base.LAT, base.LON) if world.next_number() % 2 else (base.LAT + 0.5, base.LON)
    try:
        consent_actions.move_house(
            by=world.home(home), address="2 Other Street, Elsewhere", lat=place[0], lon=place[1]
        )
    except PorchlightError:
        return


def choose_mail(world: World, home: str) -> None:
    notices.choose_mail(by=world.home(home), requests=world.next_number() % 2 == 0, shares=False)


def end_sign_ins(world: World, home: str) -> None:
    world.browser(home).post("/account/sign-ins/end-others/")


def export_all(world: World, home: str) -> None:
    world.browser(home).get("/settings/export/data.json")


def delete_account(world: World, home: str) -> None:
    """The home that acts last in this world disappears: with the person, or the person alone."""
    name = f"gone{world.next_number()}@home.example"
    actor = arrange.home(name, lat=base.LAT + 2e-4, lon=base.LON)
    begin = footage.begin_upload(by=actor, length=1000, request_id=None)
    footage.append(by=actor, upload_id=begin.pk, offset=0, parts=[b"x" * 100])
    consent_actions.delete_account(by=arrange.again(actor), take_back=True)


HIGH: dict[str, Callable[[World, Any], None]] = {
    "newcomers": newcomers,
    "opt_out": opt_out,
    "undo_opt_out": undo_opt_out,
    "one_click": one_click,
    "decline_by_link": decline_by_link,
    "look_by_link": look_by_link,
    "read_and_decline": read_and_decline,
    "report": report,
    "resolve_reports": resolve_reports,
    "bounce": bounce,
    "begin_upload": begin_upload,
    "remove_cameras": remove_cameras,
    "add_camera": add_camera,
    "reviewer_reads": reviewer_reads,
    "notices_lost": notices_lost,
    "invite_and_join": invite_and_join,
    "remove_somebody": remove_somebody,
    "make_or_change_key": make_or_change_key,
    "move_house": move_house,
    "choose_mail": choose_mail,
    "end_sign_ins": end_sign_ins,
    "export_all": export_all,
    "delete_account": delete_account,
}
