"""Finding every page of the town: from link to link as each person, and the few pages that no link leads to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Browser
from tests.browser.pictures.town import Person, Town

from porchlight.demo.scenes import CAR_PASSES, render

PEOPLE = (
    ("resident", ""),
    ("resident", "maya"),
    ("agency", ""),
    ("agency", "robin"),
    ("agency", "ines"),
    ("review", "noor"),
    ("operator", "kit"),
)
BEGINNINGS = (
    "/",
    "/settings/",
    "/account/login/",
    "/account/email/",
    "/account/second-step/",
    "/offline/",
)
_PASSED_BY = re.compile(
    r"/static/|\.mp4|\.json|/download/|/log/(entries|proof|checkpoint|key)|next=|start=|/demo|/api/"
)


@dataclass(frozen=True)
class Found:
    """A page: the route that it is of, what state it shows ("" as it is), and how to come to it."""

    side: str
    route: str
    state: str
    come: Callable[[Person], None]


def found_by(person: Person) -> Iterator[Found]:
    """Every page that a person comes to by following links, each route once."""
    ways, seen = list(BEGINNINGS), set()
    routes: set[str] = set()
    while ways:
        path = ways.pop(0)
        name = route_of(person.side, path)
        if path in seen or name is None or name in routes or _PASSED_BY.search(path):
            continue
        seen.add(path)
        reached = person.go(path)
        if "reauthenticate" in reached and "reauthenticate" not in path and person.side != "resident":
            if (again := route_of(person.side, reached)) and again not in routes:
                routes.add(again)
                yield Found(person.side, again, "", _at(path))
            person.confirm()
            reached = urlsplit(person.page.url).path
        name = route_of(person.side, reached)
        if name is None or name in routes:
            continue
        routes.add(name)
        links = person.page.eval_on_selector_all("a[href]", "all => all.map(each => each.href)")
        own = [urlsplit(link) for link in links if link.startswith(person.town.url(person.side) + "/")]
        ways += [each.path + (f"?{each.query}" if each.query else "") for each in own]
        yield Found(person.side, name, "", _at(path))


def by_hand(town: Town, browser: Browser) -> Iterator[tuple[Person, Found]]:
    """What no link leads to: from mails, after a sign-up, behind a form, and the pages that say what went wrong."""
    nobody = Person(town, browser, "resident", "")
    request = town.mailed("theo@neighbors.example", r"(/r/[^\s]+)")
    yield nobody, Found("resident", "request-link", "", _at(request))
    yield nobody, Found("resident", "one-click", "", _at(_opt_out(town)))
    yield nobody, Found("resident", "not-found", "", _at("/nothing/"))
    yield (
        nobody,
        Found("resident", "only-a-form", "", _at("/requests/00000000-0000-4000-8000-000000000000/answer/")),
    )
    yield nobody, Found("resident", "styleguide", "", _at("/styleguide/"))
    yield from _of_who_leaves(town, browser)
    yield from _of_the_asked(town, browser)
    yield from _of_a_newcomer(town, browser)
    yield from _of_staff(town, browser)


def _of_the_asked(town: Town, browser: Browser) -> Iterator[tuple[Person, Found]]:
    theo = Person(town, browser, "resident", "theo")
    theo.go("/requests/")
    asked = theo.page.locator("main .row-link").first.get_attribute("href") or ""
    yield theo, Found("resident", "request-share", "", _at(f"{asked}share/"))
    yield theo, Found("resident", "request-report", "", _at(f"{asked}report/"))
    yield theo, Found("resident", "camera-add", "", _at("/cameras/add/"))
    yield theo, Found("resident", "household", "change", _at("/household/?change"))
    yield theo, Found("resident", "household", "moved", _types_another_address)
    shared = _shares(theo, f"{asked}share/")
    yield theo, Found("resident", "share", "", _at(shared))
    yield theo, Found("resident", "share-withdraw", "", _at(f"{shared}withdraw/"))


def _types_another_address(person: Person) -> None:
    person.go("/household/?change")
    person.page.fill("[name=address]", "9 Cooper Lane, Alder Falls")
    person.page.locator("main form button.is-main").last.click()
    person.page.wait_for_load_state()


def _shares(owner: Person, path: str) -> str:
    """Share a drawn scene as a file; the address of the page that tells who looked at it."""
    owner.go(path)
    page = owner.page
    page.locator("[data-mounted~=share-video]").wait_for()
    video = render(CAR_PASSES, owner.town.directory / "driveway camera.mp4", width=640, seconds=12, seed=7)
    page.set_input_files("#files", video)
    for field, value in (("place", "none"), ("days", "90")):
        page.locator("label.choice", has=page.locator(f"[name={field}][value='{value}']")).click()
    page.locator("[data-go-on]").click()
    page.locator("[data-send]").click()
    page.wait_for_url(re.compile(r"/shares/[0-9a-f-]{36}/"))
    return urlsplit(page.url).path


def _of_who_leaves(town: Town, browser: Browser) -> Iterator[tuple[Person, Found]]:
    maya = Person(town, browser, "resident", "maya")
    for name, path in {
        "delete-account": "/settings/delete/",
        "delete-household": "/household/delete/",
        "key-afresh": "/keys/afresh/",
    }.items():
        if "reauthenticate" in maya.go(path):
            maya.page.fill("[name=password]", town.password)
            maya.page.locator("main form button.is-main").first.click()
            maya.page.wait_for_load_state()
        yield maya, Found("resident", name, "", _at(path))


def _of_a_newcomer(town: Town, browser: Browser) -> Iterator[tuple[Person, Found]]:
    new = Person(town, browser, "resident", "")
    email = "newcomer@neighbors.example"
    new.go("/account/signup/")
    new.page.fill("[name=email]", email)
    new.page.fill("[name=password1]", town.password)
    new.page.locator("main form button.is-main").click()
    new.page.wait_for_load_state()
    yield new, Found("resident", "account_email_verification_sent", "", _at("/account/confirm-email/"))
    link = town.mailed(email, r"(/account/confirm-email/[^\s]+)")
    yield new, Found("resident", "account_confirm_email", "", _at(link))
    new.go(link)
    new.page.locator("main form button.is-main").click()
    new.page.wait_for_load_state()
    if "login" in new.page.url:
        new = Person(town, browser, "resident", email)
    for name, path in {
        "home": "/",
        "requests": "/requests/",
        "cameras": "/cameras/",
        "household": "/household/",
        "opt-outs": "/opt-outs/",
    }.items():
        yield new, Found("resident", name, "new", _at(path))


def _of_staff(town: Town, browser: Browser) -> Iterator[tuple[Person, Found]]:
    kit = Person(town, browser, "operator", "kit")
    for side, value in (("review", "review"), ("operator", "operator")):
        email = f"new.{value}@desk.example"
        kit.go("/people/")
        kit.page.locator("label", has=kit.page.locator(f"[name=side][value={value}]")).click()
        kit.page.fill("[name=display_name]", "Ada Reyes (demo)")
        kit.page.fill("[name=email]", email)
        kit.page.locator("form[action*='/people/invite/'] button.is-main").click()
        kit.page.wait_for_load_state()
        link = town.mailed(email, r"(/join/[^\s]+)")
        yield Person(town, browser, side, ""), Found(side, "join", "", _at(link))
    ines = Person(town, browser, "agency", "ines")
    ines.go("/team/invite/")
    ines.page.fill("[name=name]", "Lee Amaro (demo)")
    ines.page.fill("[name=email]", "lee.amaro@alderfalls-pd.example")
    ines.page.locator("main form button.is-main").click()
    ines.page.wait_for_load_state()
    link = town.mailed("lee.amaro@alderfalls-pd.example", r"(/join/[^\s]+)")
    yield Person(town, browser, "agency", ""), Found("agency", "join", "", _at(link))


def _opt_out(town: Town) -> str:
    from porchlight.demo import place
    from porchlight.instance.mailbox import mails

    for mail in mails(town.directory / place.MAIL, "theo@neighbors.example"):
        said = str(mail.message["List-Unsubscribe"] or "")
        if found := re.search(r"https?://[^/]+(/o/[^>]+)", said):
            return found[1]
    raise AssertionError("no mail with an address for opting out")


def _at(path: str) -> Callable[[Person], None]:
    return lambda person: (person.go(path), None)[1]


def route_of(side: str, path: str) -> str | None:
    """The name of the route that a path belongs to, on a side."""
    try:
        return resolve(urlsplit(path).path, f"porchlight.server.portals.{side}.urls").url_name
    except Resolver404:
        return None
