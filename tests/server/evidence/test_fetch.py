"""`porchlight evidence fetch` against a real server over real HTTP."""

from __future__ import annotations

import hashlib
import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests.server.disclosures import sharing
from tests.server.evidence.conftest import VIDEO, Agency

from porchlight.cli import main
from porchlight.evidence import client as clients
from porchlight.evidence.client import Unreachable
from porchlight.server.agencies import actions as agencies
from porchlight.server.agencies.models import Officer
from porchlight.server.disclosures import access, actions
from porchlight.server.disclosures.models import Share
from porchlight.server.foundation.actions import housekeeping
from porchlight.server.foundation.models import AuditEntry
from porchlight.server.foundation.objects import object_store


def fetch(agency: Agency, live_server, *more: str) -> int:
    words = [
        "evidence", "fetch",
        "--url", live_server.url.replace("localhost", "agency.localhost"),
        "--token-file", str(agency.token_file),
        "--identity", str(agency.key_file),
        "--out", str(agency.directory / "out"),
    ]  # fmt: skip
    return main([*words, *more])


def events(share) -> list[str]:
    return [line.event for line in access.custody_for_owner(share.pk).lines]


def lines(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_share_is_fetched_opened_and_written_down(agency: Agency, live_server, capsys) -> None:
    share = agency.share()
    assert fetch(agency, live_server, "--json") == 0
    told, done = lines(capsys)
    video = Path(told["file"])
    assert told["outcome"] == "fetched"
    assert done == {"done": True, "fetched": 1}
    assert video == agency.directory / "out" / "AF-26-01734" / f"{share.pk}.mp4"
    assert video.read_bytes() == VIDEO
    assert stat.S_IMODE(video.stat().st_mode) == 0o600
    sidecar = json.loads(video.with_suffix(".json").read_text())
    assert sidecar["manifest"]["original"]["plain_sha256"] == hashlib.sha256(VIDEO).hexdigest()
    assert sidecar["receipt"]["request"] == str(agency.request.pk)
    assert sidecar["custody"]["unbroken"] is True
    assert agency.token not in video.with_suffix(".json").read_text()
    assert sorted(each.name for each in video.parent.iterdir()) == [f"{share.pk}.json", f"{share.pk}.mp4"]
    assert events(share) == [
        "shared", "key_opened", "ciphertext_fetched", "opened", "verified", "downloaded",
    ]  # fmt: skip


def test_the_system_is_named_and_its_token_is_on_record(agency: Agency, live_server) -> None:
    share = agency.share()
    assert fetch(agency, live_server) == 0
    named = {line.name for line in access.custody_for_owner(share.pk).lines if line.actor == "officer"}
    assert named == {"Evidence system Records vault"}
    [entry] = AuditEntry.objects.filter(action="share.open")
    assert entry.facts["token"]


def test_a_second_run_fetches_nothing_anew(agency: Agency, live_server, capsys) -> None:
    share = agency.share()
    fetch(agency, live_server, "--json")
    before = events(share)
    capsys.readouterr()
    assert fetch(agency, live_server, "--json") == 0
    assert [each.get("outcome") for each in lines(capsys)] == ["known", None]
    assert events(share) == before


def test_a_broken_line_is_gone_on_from(agency: Agency, live_server, monkeypatch) -> None:
    agency.share()
    asked: list[int] = []
    whole = clients.Client.pieces

    def cut(self, path: str, start: int):
        asked.append(start)
        for number, piece in enumerate(whole(self, path, start)):
            if len(asked) < 3 and number == 1:
                raise Unreachable("the line broke")
            yield piece[:100_000] if len(asked) < 3 else piece
            if len(asked) < 3:
                raise Unreachable("the line broke")

    monkeypatch.setattr(clients.Client, "pieces", cut)
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    assert fetch(agency, live_server) == 0
    assert asked == [0, 100_000, 200_000]


def test_only_the_case_that_is_asked_for(agency: Agency, live_server, capsys) -> None:
    agency.share()
    assert fetch(agency, live_server, "--json", "--case", "AF-26-99999") == 0
    assert lines(capsys) == [{"done": True}]
    assert fetch(agency, live_server, "--json", "--case", "af-26-01734") == 0
    assert len(lines(capsys)) == 2


def test_a_video_that_is_not_what_its_owner_signed_is_refused_and_reported(
    agency: Agency, live_server, capsys
) -> None:
    share = agency.share(claimed=b"another video")
    assert fetch(agency, live_server, "--json") == 1
    assert lines(capsys)[0]["outcome"] == "failed"
    assert events(share)[-1] == "mismatch"
    assert not list((agency.directory / "out").rglob("*.mp4"))


def test_ciphertext_that_was_changed_is_refused(agency: Agency, live_server, capsys) -> None:
    share = agency.share()
    store = object_store()
    data = bytearray(b"".join(store.read(share.object_name, 0, share.sealed_size)))
    data[-1] ^= 1
    with housekeeping("test"):
        Share.objects.filter(pk=share.pk).update(object_name=sharing.put(bytes(data)))
    assert fetch(agency, live_server, "--json") == 1
    assert lines(capsys)[0]["why"].startswith("tampered")
    assert not [
        each for each in (agency.directory / "out").rglob("*") if each.is_file() and each.stat().st_size
    ]


def test_what_was_taken_back_is_said(agency: Agency, live_server, capsys) -> None:
    share = agency.share()
    fetch(agency, live_server)
    actions.withdraw(share_id=share.pk)
    capsys.readouterr()
    assert fetch(agency, live_server, "--json") == 0
    told = lines(capsys)[0]
    assert (told["outcome"], told["why"]) == ("ended", "withdrawn")
    sidecar = json.loads((agency.directory / "out" / "AF-26-01734" / f"{share.pk}.json").read_text())
    assert sidecar["state"] == "withdrawn"
    assert sidecar["custody"]["lines"][-1]["event"] == "withdrawn"


def test_a_system_that_was_removed_is_let_in_nowhere(agency: Agency, live_server, capsys) -> None:
    agency.share()
    system = Officer.objects.get(is_system=True)
    agencies.remove_officer(officer_id=system.pk, by=agency.admin)
    assert fetch(agency, live_server) == 3
    assert capsys.readouterr().err.count("\n") == 1


def test_another_key_opens_nothing(agency: Agency, live_server, capsys) -> None:
    agency.share()
    other = agency.directory / "other.key"
    assert main(["evidence", "key", "--out", str(other)]) == 0
    assert capsys.readouterr().out.startswith("age1")
    agency.key_file.unlink()
    other.rename(agency.key_file)
    assert fetch(agency, live_server, "--json") == 1
    assert lines(capsys)[0]["why"].startswith("wrong_key")


def test_nobody_there_is_its_own_exit_code(agency: Agency, capsys) -> None:
    words = ["--token-file", str(agency.token_file), "--identity", str(agency.key_file)]
    code = main(
        ["evidence", "fetch", "--url", "http://agency.localhost:9", *words, "--out", str(agency.directory)]
    )
    assert code == 2
    assert "run it again later" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["http://agency.example.org", "ftp://x", "https://agency.example.org/path"])
def test_a_token_is_sent_nowhere_where_it_could_be_read(agency: Agency, url: str, capsys) -> None:
    words = ["--token-file", str(agency.token_file), "--identity", str(agency.key_file)]
    assert main(["evidence", "fetch", "--url", url, *words, "--out", str(agency.directory)]) == 1
    assert "--url must" in capsys.readouterr().err


def test_files_that_others_can_read_are_refused(agency: Agency, live_server, capsys) -> None:
    agency.key_file.chmod(0o644)
    assert fetch(agency, live_server) == 1
    assert "chmod 600" in capsys.readouterr().err


def test_a_key_is_never_written_over(agency: Agency, capsys) -> None:
    assert main(["evidence", "key", "--out", str(agency.key_file)]) == 1
    assert "exists" in capsys.readouterr().err


def test_it_runs_without_the_servers_packages() -> None:
    code = (
        "import sys; import porchlight.commands.evidence; "
        "print([name for name in sys.modules if name.split('.')[0] in {'django', 'ninja', 'httpx', 'boto3'}])"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert said.stdout.strip() == "[]"
