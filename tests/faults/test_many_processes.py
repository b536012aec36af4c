"""Two web and two worker processes on PostgreSQL and S3; one of each is killed in the middle: nothing lost, nothing twice."""

import hashlib
import json
import random
import subprocess
import sys
import threading
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import httpx
import psycopg
import pytest
from tests.faults.installation import installation, rows, run_script
from tests.faults.test_kill_worker import AT_ONCE, MANY_OWNERS, arrived, mails, number, wait

from porchlight.instance.platform import Platform, free_port
from porchlight.server.foundation.objects import store_of

OWNERS = 400
PART = 6 * 1024 * 1024
TUS = {"Tus-Resumable": "1.0.0"}
PATCH = TUS | {"Content-Type": "application/offset+octet-stream"}
_NOT_SENT = "SELECT count(*) FROM notifications_notice WHERE sent_at IS NULL"

pytestmark = pytest.mark.postgres


class Owner:
    """One signed-in person's browser, which may be answered by either web process."""

    def __init__(self, platform: Platform) -> None:
        script = Path(__file__).with_name("uploader.py")
        said = subprocess.run(
            [sys.executable, script], env=platform.environment, check=True, capture_output=True, text=True
        )
        # The form's token is any secret that the cookie and the header say alike.
        self.token = "a" * 32
        cookies = json.loads(said.stdout) | {"porchlight_resident_csrf": self.token}
        self.client = httpx.Client(cookies=cookies, timeout=30)

    def close(self) -> None:
        self.client.close()

    def send(self, web: Platform, method: str, path: str, **more) -> httpx.Response:
        headers = {"X-CSRFToken": self.token, "Origin": web.url(), **more.pop("headers", {})}
        return self.client.request(method, web.url() + path, headers=headers, **more)


def upload(owner: Owner, first: Platform, second: Platform, data: bytes) -> str:
    """Send a file to the first web process, which dies in the middle of it; the second goes on. Returns its path."""
    begun = owner.send(first, "POST", "/uploads/", headers=TUS | {"Upload-Length": str(len(data))})
    assert begun.status_code == 201, begun.text
    path = "/uploads/" + begun.headers["Location"].rstrip("/").rpartition("/")[2] + "/"

    def patch(web: Platform, at: int) -> httpx.Response:
        return owner.send(
            web,
            "PATCH",
            path,
            headers=PATCH | {"Upload-Offset": str(at)},
            content=data[at : at + PART],
        )

    assert patch(first, 0).headers["Upload-Offset"] == str(PART)
    killed = threading.Timer(0.02, first.kill_web)
    killed.start()
    with suppress(httpx.HTTPError):  # the answer was never heard; the part stands or does not
        patch(first, PART)
    killed.join()
    at = int(owner.send(second, "HEAD", path, headers=TUS).headers["Upload-Offset"])
    assert at >= PART, "what was answered for stands"
    while at < len(data):
        answer = patch(second, at)
        assert answer.status_code == 204, answer.text
        at = int(answer.headers["Upload-Offset"])
    return path


def test_one_of_two_dies_and_nobody_notices(backend: ModuleType, tmp_path: Path) -> None:
    data = random.Random(7).randbytes(3 * PART + 12345)
    with installation(tmp_path) as first:
        second = replace(first, port=free_port())
        try:
            run_script(first, MANY_OWNERS, str(OWNERS))
            with closing(Owner(first)) as owner:
                for each in (first, second):
                    each.start_web()
                    each.start_worker()
                wait(lambda: mails(tmp_path / "mail") > OWNERS // 10, "the first mails", 120)
                first.kill_worker()
                upload(owner, first, second, data)
                wait(lambda: number(first, _NOT_SENT) == 0, "all mails by the worker that is left", 240)
                assert number(first, "SELECT count(*) FROM notifications_notice") == OWNERS + 1, (
                    "the uploader has a home there too"
                )
        finally:
            second.stop()
        ((name,),) = rows(first, "SELECT object_name FROM footage_upload")
        store = store_of(first.settings["PORCHLIGHT_STORAGE_URL"])
        stored = b"".join(store.read(name, 0, len(data) + 1))
        assert hashlib.sha256(stored).digest() == hashlib.sha256(data).digest()
    asked = {who: ids for who, ids in arrived(tmp_path / "mail").items() if who.startswith("owner")}
    assert len(asked) == OWNERS
    assert [who for who, ids in asked.items() if len(set(ids)) != 1] == []
    assert sum(len(ids) - 1 for ids in asked.values()) <= AT_ONCE


def test_mail_to_an_agency_passes_a_batch_of_notices(backend: ModuleType, tmp_path: Path) -> None:
    """While another worker holds the sending of notices, this one does everything else."""
    with installation(tmp_path) as platform:
        run_script(platform, MANY_OWNERS, "20")
        with psycopg.connect(platform.settings["PORCHLIGHT_DATABASE_URL"], autocommit=True) as other:
            held = "SELECT pg_advisory_lock(%s)", [_lock_number("worker notifications.send_due")]
            other.execute(*held)
            platform.start_worker()
            asked = "SELECT count(*) FROM foundation_outboxevent WHERE done_at IS NOT NULL"
            wait(lambda: number(platform, asked) >= 1, "the outbox", 120)
            assert mails(tmp_path / "mail") == 0
        wait(lambda: number(platform, _NOT_SENT) == 0, "the notices, once the other worker is gone", 120)


def _lock_number(name: str) -> int:
    from porchlight.server.foundation.locks import number_of

    return number_of(name)
