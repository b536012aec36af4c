"""Steps that put the people of the main job in place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from porchlight.seal.keys import Identity, generate_identity
from porchlight.seal.passphrase import wrap_identity_with_passphrase
from porchlight.walkthrough import ground
from porchlight.walkthrough.person import PASSWORD, Person, Unexpected
from porchlight.walkthrough.scene import Scene, link_in

PASSPHRASE = "amber basket canyon doctor elbow fabric"  # noqa: S105 - of people who exist for one walkthrough
_CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")


def start(scene: Scene) -> dict[str, Any]:
    """Database, web and worker; each is a process of its own."""
    scene.platform.command("migrate")
    scene.platform.start_web()
    scene.platform.start_worker()
    web, worker = scene.platform.web, scene.platform.worker
    return {"url": scene.platform.url(), "web_pid": web and web.pid, "worker_pid": worker and worker.pid}


def staff_joins(scene: Scene) -> dict[str, Any]:
    """The first administrator joins, and invites a reviewer who joins too."""
    operator = scene.person("olive", "operator", "olive@operator.example")
    added = scene.platform.command("operator", "add", operator.email, "--name", operator.name)
    operator.join(link_in(added, "/join/"))
    reviewer = scene.person("rowan", "review", "rowan@review.example")
    operator.fill(
        "/people/",
        {"email": reviewer.email, "display_name": reviewer.name, "side": "review"},
        action="/people/invite/",
    )
    reviewer.join(link_in(scene.wait_for_mail(reviewer.email, "/join/").text, "/join/"))
    return {"operator": operator.name, "reviewer": reviewer.name}


def agency_joins(scene: Scene) -> dict[str, Any]:
    """An agency with a supervisor (custodian and admin), an officer, a second custodian; each makes an own key."""
    boundary = scene.letters.parent / "jurisdiction.geojson"
    boundary.write_text(json.dumps(ground.JURISDICTION))
    supervisor = scene.person("sasha", "agency", f"sasha@{ground.MAIL_DOMAIN}")
    added = scene.platform.command(
        "agency",
        "add",
        "--ori",
        ground.ORI,
        "--name",
        ground.AGENCY,
        "--state",
        "ZZ",
        "--mail-domain",
        ground.MAIL_DOMAIN,
        "--case-template",
        ground.CASE_TEMPLATE,
        "--timezone",
        ground.ZONE,
        "--jurisdiction",
        str(boundary),
        "--admin",
        supervisor.email,
    )
    supervisor.join(link_in(added, "/join/"))
    own = re.search(r"/team/[0-9a-f-]{36}/roles/", supervisor.get("/team/").text)
    if own is None:
        raise Unexpected("the administrator cannot set roles")
    asked = supervisor.get(own[0], expect=(200, 302))
    if asked.is_redirect:
        supervisor.confirm(asked.headers["Location"])
    supervisor.fill(own[0], {"is_supervisor": "on", "is_custodian": "on", "is_admin": "on"})
    scene.keys["sasha"] = _make_key(supervisor)
    for key, roles in (("odell", {}), ("cleo", {"is_custodian": "on"})):
        colleague = scene.person(key, "agency", f"{key}@{ground.MAIL_DOMAIN}")
        supervisor.fill(
            "/team/invite/", {"name": colleague.name, "email": colleague.email, "title": "", **roles}
        )
        colleague.join(link_in(scene.wait_for_mail(colleague.email, "/join/").text, "/join/"))
        scene.keys[key] = _make_key(colleague)
    return {"keys": {key: identity.recipient for key, identity in scene.keys.items()}}


def homes_join(scene: Scene) -> dict[str, Any]:
    """Four households sign up, claim a place and register a camera: three inside the area to come, one outside."""
    for key, place in ground.HOMES.items():
        home_joins(scene, key, ground.ADDRESSES[key], place)
    return {"homes": len(ground.HOMES)}


def home_joins(scene: Scene, key: str, address: str, place: tuple[float, float]) -> None:
    """One household signs up, claims its place (latitude, longitude) and registers a doorbell there."""
    person = scene.person(key, "resident", f"{key}@neighbors.example")
    person.fill("/account/signup/", {"email": person.email, "password1": PASSWORD}, expect=(200, 302))
    mail = scene.wait_for_mail(person.email, "/confirm-email/")
    person.fill(link_in(mail.text, "/confirm-email/"), {})
    if person.get("/household/", expect=(200, 302)).is_redirect:
        person.fill("/account/login/", {"login": person.email, "password": PASSWORD})
    point = {"place_lat": str(place[0]), "place_lon": str(place[1])}
    person.fill("/household/", {"address": address, "timezone": ground.ZONE, **point})
    person.fill("/cameras/add/", {"name": "Front door", "kind": "doorbell", "direction": "90", **point})


def letters_prove_places(scene: Scene) -> dict[str, Any]:
    """The operator prints a letter for each claim; each household enters the code of its own."""
    return {"letters": letters_prove(scene, ground.ADDRESSES)}


def letters_prove(scene: Scene, addresses: Mapping[str, str]) -> int:
    """Print what is to be printed and enter each household's code; returns the number of letters."""
    scene.platform.command("places", "letters", "--format", "txt", "--out", str(scene.letters))
    letters = [path.read_text() for path in scene.letters.iterdir()]
    for key, address in addresses.items():
        own = next((letter for letter in letters if address in letter), None)
        code = _CODE.search(own or "")
        if code is None:
            raise Unexpected(f"no letter with a code came to {address}")
        scene.people[key].fill("/household/", {"code": code[0]}, action="/household/code/")
    return len(letters)


def _make_key(officer: Person) -> Identity:
    """What the officer's browser does: make an identity, hand over its public half and the wrapped secret."""
    identity = generate_identity()
    wrapped = wrap_identity_with_passphrase(identity.secret, PASSPHRASE)
    officer.get("/keys/")
    officer.send(
        "POST", "/keys/own.json", json={"recipient": identity.recipient, "wrapped": wrapped}, expect=(201,)
    )
    return identity
