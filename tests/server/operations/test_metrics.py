"""Numbers for the operator alone, none of which tells what owners do."""

import re
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from porchlight.instance.platform import Platform, free_port

pytestmark = pytest.mark.usefixtures("backend")


@pytest.fixture
def running(tmp_path: Path, backend):
    own = backend.installation(tmp_path)
    own |= {
        "PORCHLIGHT_METRICS_WEB": f"127.0.0.1:{free_port()}",
        "PORCHLIGHT_METRICS_WORKER": f"127.0.0.1:{free_port()}",
    }
    platform = Platform(tmp_path / "data", free_port(), free_port(), own)
    platform.command("migrate")
    platform.start_web()
    platform.start_worker()
    yield platform
    platform.stop()


def scrape(address: str) -> str:
    deadline = time.monotonic() + 60
    while True:
        try:
            return urlopen(f"http://{address}/metrics", timeout=120).read().decode()
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.2)


def visit(platform: Platform, side: str, path: str) -> int:
    try:
        # The system's resolver need not know names below localhost; browsers do.
        host = platform.url(side).removeprefix("http://")
        asked = Request(f"{platform.url()}{path}", headers={"Host": host})  # noqa: S310 - our own
        return urlopen(asked, timeout=120).status  # noqa: S310 - as above
    except HTTPError as error:
        return error.code


def test_web_and_worker_tell_the_operator_how_they_are(running: Platform) -> None:
    assert visit(running, "resident", "/agencies/") == 200
    assert visit(running, "agency", "/account/login/") == 200
    assert visit(running, "resident", "/r/not-a-link/") < 500
    assert visit(running, "resident", "/metrics") == 404
    web = scrape(running.settings["PORCHLIGHT_METRICS_WEB"])
    worker = scrape(running.settings["PORCHLIGHT_METRICS_WORKER"])
    assert 'porchlight_request_seconds_count{route="public-agencies",side="resident",status="2xx"} 1.0' in web
    assert 'route="account_login",side="agency"' in web
    for gauge in ("database_up 1.0", "objects_up 1.0", "migrations_missing 0.0", "outbox_oldest_seconds 0.0"):
        assert f"porchlight_{gauge}" in worker
        assert f"porchlight_{gauge}" in web


def test_residents_pages_are_one_route_and_nobody_is_counted(running: Platform) -> None:
    """A counter of the page behind "Decline" would be the list of declines that is nowhere kept."""
    visit(running, "resident", "/r/not-a-link/decline/")
    visit(running, "resident", "/o/not-a-link/")
    web = scrape(running.settings["PORCHLIGHT_METRICS_WEB"])
    routes = set(re.findall(r'route="([^"]+)",side="resident"', web))
    assert routes
    assert {route for route in routes if not route.startswith(("public-", "log-"))} <= {
        "resident",
        "none",
        "account_login",
    }
    both = web + scrape(running.settings["PORCHLIGHT_METRICS_WORKER"])
    assert not re.search(r"notices_(due|waiting|count)|household|agency_id|request_id", both)
