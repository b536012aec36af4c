"""In which language a page speaks: the account's, else the browser's choice, else what it asks for."""

from datetime import UTC, datetime

import pytest
from django.utils import translation
from tests.server.accounts.people import HOSTS, browser, resident, signed_in

from porchlight.core.visibility import Side
from porchlight.server.accounts.models import User
from porchlight.server.ui import text

pytestmark = pytest.mark.django_db
HERE = {"Origin": f"http://{HOSTS[Side.RESIDENT]}"}


def language_of(page):
    return page.content.decode().partition('<html lang="')[2].partition('"')[0]


def test_a_visitor_reads_what_the_browser_asks_for():
    visitor = browser(Side.RESIDENT)
    assert language_of(visitor.get("/", headers={"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"})) == "es-US"
    assert language_of(visitor.get("/", headers={"Accept-Language": "fr"})) == "en-us"


def test_a_choice_holds_in_this_browser_and_leads_back_to_the_page():
    visitor = browser(Side.RESIDENT)
    there = f"http://{HOSTS[Side.RESIDENT]}/about/?a=b"
    answer = visitor.post("/language/", {"language": "es"}, headers={**HERE, "Referer": there})
    assert answer.headers["Location"] == "/about/?a=b"
    assert language_of(visitor.get("/", headers={"Accept-Language": "en"})) == "es-US"


@pytest.mark.parametrize(
    "referer", ["", "https://elsewhere.example/about/", f"http://{HOSTS[Side.RESIDENT]}//elsewhere.example/"]
)
def test_a_choice_never_leads_to_another_host(referer):
    answer = browser(Side.RESIDENT).post(
        "/language/", {"language": "es"}, headers={**HERE, "Referer": referer}
    )
    assert answer.headers["Location"] in {"/", "/elsewhere.example/"}


def test_an_account_keeps_its_language_on_every_device():
    user = resident("quiet@home.example")
    own = signed_in(user)
    own.post("/language/", {"language": "es"}, headers=HERE)
    assert User.objects.get(pk=user.pk).language == "es"
    assert language_of(signed_in(user).get("/", headers={"Accept-Language": "en"})) == "es-US"


@pytest.mark.parametrize("language", ["", "fr", "en", "es\n", "../es"])
def test_a_language_that_porchlight_does_not_speak_changes_nothing(language):
    answer = browser(Side.RESIDENT).post("/language/", {"language": language}, headers=HERE)
    assert answer.status_code == 404
    assert "language" not in answer.cookies


@pytest.mark.parametrize("origin", ["", "null", "https://elsewhere.example"])
def test_another_sites_form_changes_nothing(origin):
    user = resident("quiet@home.example")
    answer = signed_in(user).post("/language/", {"language": "es"}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert User.objects.get(pk=user.pk).language == "en-us"


def test_spanish_writes_numbers_and_times_as_in_the_americas():
    with translation.override("es"):
        assert text.square_miles(0.2625) == "0.26 millas cuadradas"
        assert (
            text.moment_text(datetime(2026, 3, 10, 21, 5, tzinfo=UTC))
            == "martes 10 de marzo de 2026, 9:05 pm UTC"
        )
