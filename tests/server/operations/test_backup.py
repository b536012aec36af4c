"""A backup is whole or not there, and what is restored from it is what was."""

import json
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from tests.faults.installation import run_script
from tests.server.operations.conftest import CLIPS, FILL, empty

from porchlight.backup import layout
from porchlight.instance.platform import CommandFailed, Platform

pytestmark = pytest.mark.usefixtures("backend")
CHURN = Path(__file__).with_name("churn.py")
NAME = re.compile(r"porchlight-\d{8}T\d{6}Z")


def objects(backup: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (backup / "objects").glob("*/*")}


def tables(backup: Path) -> dict[str, list]:
    """Table -> its rows, but the queue's and the framework's own, which go on by themselves."""
    found: dict[str, list] = {}
    for line in (backup / "rows.jsonl").read_text().splitlines():
        value = json.loads(line)
        if isinstance(value, dict):
            rows = found[f"{value['app']}.{value['model']}"] = []
        else:
            rows.append(value)
    return {name: rows for name, rows in found.items() if not name.startswith(("auth.", "contenttypes."))}


def lines_of_doctor(platform: Platform) -> dict[str, bool]:
    done = subprocess.run(
        [sys.executable, "-m", "porchlight", "doctor", "--json"],
        env=platform.environment, check=False, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == any(not each["ok"] for each in found), done.stderr
    return {each["name"]: each["ok"] for each in found}


def test_what_is_restored_is_what_was(filled: Platform, taken: Path, tmp_path: Path, backend) -> None:
    fresh = empty(tmp_path, backend)
    fresh.command("restore", str(taken))
    again = Path(fresh.command("backup", str(tmp_path / "again")).splitlines()[-1])
    assert tables(again) == tables(taken)
    assert len(tables(taken)["footage.clip"]) == CLIPS
    assert len(tables(taken)["households.household"]) == 20
    assert objects(again) == objects(taken)
    assert len(objects(taken)) == CLIPS
    for name in ("secret.key", "log.key"):
        assert (fresh.data_dir / name).read_bytes() == (filled.data_dir / name).read_bytes()
        assert (fresh.data_dir / name).stat().st_mode & 0o077 == 0
    found = lines_of_doctor(fresh)
    assert {name for name, ok in found.items() if not ok} == {"mail"} | backend.ills()
    assert {"wall", "log", "rows", "store", "migrations"} <= found.keys()


def test_an_upload_that_grows_is_left_out(taken: Path) -> None:
    """To read it would end it; its sender begins again."""
    assert tables(taken)["footage.upload"] == []
    assert json.loads((taken / "manifest.json").read_text())["uploads_left_out"] == 1


def test_standard_tools_read_the_sums(taken: Path) -> None:
    assert (
        subprocess.run(
            ["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=taken, check=False, timeout=60
        ).returncode
        == 0
    )


def test_one_flipped_bit_is_found_before_anything_is_written(taken: Path, tmp_path: Path, backend) -> None:
    fresh = empty(tmp_path, backend)
    for number, name in enumerate(("rows.jsonl", "files.json", "manifest.json", "SHA256SUMS", "object")):
        copy = tmp_path / str(number)
        shutil.copytree(taken, copy)
        path = next((copy / "objects").glob("*/*")) if name == "object" else copy / name
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        with pytest.raises(
            layout.BackupError, match=r"damaged|missing|not in the list|no readable|no backup"
        ):
            layout.check_sums(copy)
    with pytest.raises(CommandFailed, match="damaged"):
        fresh.command("restore", str(tmp_path / "4"))
    fresh.command("restore", str(taken))  # nothing had been written


def test_a_target_that_holds_something_is_refused(filled: Platform, taken: Path) -> None:
    before = len(lines_of_doctor(filled))
    with pytest.raises(CommandFailed, match="not empty"):
        filled.command("restore", str(taken))
    assert len(lines_of_doctor(filled)) == before


def test_a_sealed_backup_opens_with_its_identity_alone(
    filled: Platform, taken: Path, tmp_path: Path, backend
) -> None:
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    key = tmp_path / "key.txt"
    key.write_text(f"# made for this test\n{identity}\n")
    target = tmp_path / "sealed"
    sealed = Path(filled.command("backup", str(target), "--to", str(identity.to_public())).splitlines()[-1])
    secret = (filled.data_dir / "secret.key").read_bytes()
    everything = b"".join(path.read_bytes() for path in sealed.rglob("*") if path.is_file())
    assert b"owner1@example.org" not in everything
    assert secret not in everything
    fresh = empty(tmp_path, backend)
    with pytest.raises(CommandFailed, match="--identity"):
        fresh.command("restore", str(sealed))
    fresh.command("restore", str(sealed), "--identity", str(key))
    again = Path(fresh.command("backup", str(tmp_path / "again")).splitlines()[-1])
    assert tables(again) == tables(taken)


def test_kill_in_the_middle_leaves_no_backup_and_the_next_one_works(filled: Platform, tmp_path: Path) -> None:
    target = tmp_path / "backups"
    for pause in (0.0, 0.05):
        process = subprocess.Popen(
            [sys.executable, "-m", "porchlight", "backup", str(target)], env=filled.environment
        )
        deadline = time.monotonic() + 120
        while not any(target.glob(".partial-*/*")) and process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.001)
        time.sleep(pause)
        process.kill()
        process.wait(60)
        for made in target.glob("porchlight-*"):  # it was quicker than the kill
            layout.check_sums(made)
            shutil.rmtree(made)
    made = Path(filled.command("backup", str(target)).splitlines()[-1])
    layout.check_sums(made)
    assert [path.name for path in target.iterdir() if path.is_dir()] == [made.name]


def test_old_backups_age_out(filled: Platform, tmp_path: Path) -> None:
    """A clip that was deleted is gone for good when the last backup that holds it is."""
    for stamp in ("20250101T000000Z", "20250102T000000Z"):
        (tmp_path / f"porchlight-{stamp}").mkdir()
    (tmp_path / "something else").mkdir()
    made = filled.command("backup", str(tmp_path), "--keep", "2").splitlines()[-1]
    left = {path.name for path in tmp_path.iterdir() if path.is_dir()}
    assert left == {"something else", "porchlight-20250102T000000Z", Path(made).name}


def test_no_row_of_a_backup_lacks_its_object_while_clips_come_and_go(
    tmp_path: Path, backend: ModuleType
) -> None:
    platform = empty(tmp_path, backend)
    platform.command("migrate")
    run_script(platform, FILL, str(CLIPS))
    churn = subprocess.Popen(
        [sys.executable, CHURN], env=platform.environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert churn.stdout is not None
        assert select.select([churn.stdout], [], [], 120)[0], "it did not begin"
        assert churn.stdout.readline() == "running\n"
        for _ in range(2):
            made = Path(platform.command("backup", str(tmp_path / "backups")).splitlines()[-1])
            layout.check_sums(made)
            columns = next(
                json.loads(line)["columns"]
                for line in (made / "rows.jsonl").read_text().splitlines()
                if line.startswith('{"app":"footage","model":"clip"')
            )
            names = {row[columns.index("object_name")] for row in tables(made)["footage.clip"]}
            assert names == objects(made).keys()
            assert json.loads((made / "manifest.json").read_text())["rows_without_object"] == []
        assert churn.poll() is None
    finally:
        churn.kill()
        churn.communicate(timeout=60)


def test_a_backup_of_an_older_version_is_brought_to_this_one(taken: Path, tmp_path: Path, backend) -> None:
    """The tables are made as they were then, filled, and migrated with what is in them."""
    old = tmp_path / "old"
    shutil.copytree(taken, old)
    fresh = empty(tmp_path, backend)
    run_script(fresh, Path(__file__).with_name("older.py"), str(old))
    assert (old / "rows.jsonl").read_bytes() != (taken / "rows.jsonl").read_bytes()
    fresh.command("restore", str(old))
    again = Path(fresh.command("backup", str(tmp_path / "again")).splitlines()[-1])
    assert len(tables(again)["video_requests.videorequest"]) == 1
    assert tables(again)["footage.clip"] == tables(taken)["footage.clip"]


def test_a_backup_of_a_newer_version_is_refused(taken: Path, tmp_path: Path, backend) -> None:
    newer = tmp_path / "newer"
    shutil.copytree(taken, newer)
    manifest = json.loads((newer / "manifest.json").read_text())
    manifest["migrations"].append(["footage", "0999_from_tomorrow"])
    (newer / "manifest.json").write_text(json.dumps(manifest))
    (newer / "SHA256SUMS").unlink()
    layout.write_sums(newer, {})
    with pytest.raises(CommandFailed, match="newer version"):
        empty(tmp_path, backend).command("restore", str(newer))
