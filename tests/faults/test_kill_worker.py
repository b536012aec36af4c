"""`kill -9` of the worker while it asks the owners: nobody is missed, and a mail that comes twice is the same mail."""

import random
import time
from collections import defaultdict
from pathlib import Path
from types import ModuleType

import pytest
from tests.faults.installation import installation, rows, run_script

from porchlight.instance.platform import Platform

OWNERS = 500
AT_ONCE = 2  # mails that a killed worker may have sent and not marked: notifications.tasks.sending

MANY_OWNERS = Path(__file__).parent / "many_owners.py"
_NOT_SENT = "SELECT count(*) FROM notifications_notice WHERE sent_at IS NULL"
_NOTICES = "SELECT count(*) FROM notifications_notice"
_DONE = "SELECT count(*) FROM foundation_outboxevent WHERE topic = 'video_request.approved' AND done_at IS NOT NULL"


def number(platform: Platform, query: str) -> int:
    return rows(platform, query)[0][0]


def arrived(mailbox: Path) -> dict[str, list[str]]:
    """Recipient -> the Message-ID of each mail that came, in the order of arrival."""
    found = defaultdict(list)
    for path in sorted(mailbox.glob("[!.]*.eml")):
        head = path.read_bytes().partition(b"\r\n\r\n")[0].decode().replace("\r\n ", " ").splitlines()
        fields = dict(line.split(": ", 1) for line in head if ": " in line)
        found[fields["X-Envelope-To"]].append(fields["Message-ID"])
    return found


def wait(condition, what: str, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{what}: not within {seconds:.0f} s"
        time.sleep(0.02)


def mails(mailbox: Path) -> int:
    return sum(1 for _ in mailbox.glob("[!.]*.eml"))


def ask_all(directory: Path, *, owners: int, kills: int, patience_s: float) -> dict[str, list[str]]:
    """Ask `owners` with `kills` kills at random moments, the first while notices are still being written."""
    dice = random.Random()
    with installation(directory) as platform:
        mailbox = directory / "mail"
        run_script(platform, MANY_OWNERS, str(owners))
        platform.start_worker()
        wait(lambda: number(platform, _NOTICES) > 0, "the first notices", patience_s)
        for kill in range(kills):
            if kill:
                before = mails(mailbox)
                more = dice.randint(1, max(2, (owners - before) // (kills + 1 - kill)))
                wait(
                    lambda more=more, before=before: mails(mailbox) >= before + more, "more mails", patience_s
                )
            else:
                time.sleep(dice.uniform(0, 0.5))
            platform.kill_worker()
            assert mails(mailbox) < owners, "the kill came too late to be in the middle"
            platform.start_worker()
        finished = lambda: number(platform, _DONE) == 1 and number(platform, _NOT_SENT) == 0  # noqa: E731
        wait(finished, "the rest after the last kill", patience_s)
        assert number(platform, "SELECT count(*) FROM consent_invitation") == owners
        assert number(platform, "SELECT count(DISTINCT household_id) FROM consent_invitation") == owners
        assert number(platform, _NOTICES) == owners
        return arrived(mailbox)


def check(found: dict[str, list[str]], *, owners: int, kills: int) -> None:
    assert set(found) == {f"owner{n}@example.org" for n in range(owners)}
    assert {who: ids for who, ids in found.items() if len(set(ids)) != 1} == {}
    assert len({ids[0] for ids in found.values()}) == owners
    assert sum(len(ids) - 1 for ids in found.values()) <= AT_ONCE * kills


def test_a_killed_worker_misses_nobody(backend: ModuleType, tmp_path: Path) -> None:
    check(ask_all(tmp_path, owners=OWNERS, kills=2, patience_s=240), owners=OWNERS, kills=2)


@pytest.mark.long
def test_ten_thousand_owners_and_many_kills(backend: ModuleType, tmp_path: Path) -> None:
    check(ask_all(tmp_path, owners=10_000, kills=8, patience_s=1200), owners=10_000, kills=8)
