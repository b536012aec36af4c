"""Two processes that give places at once, on one database: no place twice, none left out."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

ENTRIES = 1200

PREPARE = f"""
import django; django.setup()
from django.core.management import call_command
from django.db import transaction
call_command("migrate", "transparency", verbosity=0)
call_command("migrate", "foundation", verbosity=0)
from porchlight.core.log_entries import EntryKind
from porchlight.server.transparency import actions
with transaction.atomic():
    for number in range({ENTRIES}):
        actions.record(kind=EntryKind.REQUEST_CLOSED, subject_id=None, body={{"number": number}})
"""
SEQUENCE = """
import django; django.setup()
from porchlight.server.transparency import actions
count = 0
while made := actions.sequence():
    count += made
print(count)
"""
CHECK = """
import json
import django; django.setup()
from porchlight.core import tlog
from porchlight.server.transparency.access import checkpoint, entries
from porchlight.server.transparency.models import LogEntry
rows = list(LogEntry.objects.order_by("index").values_list("index", "body"))
numbers = [json.loads(bytes(body))["number"] for _index, body in rows]
root = tlog.root([tlog.leaf_hash(bytes(body)) for _index, body in rows])
signed = tlog.parse_checkpoint(tlog.parse_note(checkpoint()).text)
print(json.dumps({"indexes": [index for index, _body in rows], "numbers": numbers, "root": signed.root == root}))
"""


def test_two_sequencers_at_once_give_each_entry_one_place(backend: ModuleType, tmp_path: Path) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "porchlight.server.config.settings",
        "PORCHLIGHT_DATA_DIR": str(tmp_path),
        **backend.installation(tmp_path),
        "PYTHONPATH": str(Path(__file__).resolve().parents[3] / "src"),
    }

    def start(script: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, text=True
        )

    def result(process: subprocess.Popen[str]) -> str:
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        return said

    result(start(PREPARE))
    both = [start(SEQUENCE), start(SEQUENCE)]
    assert sum(int(result(process)) for process in both) == ENTRIES
    found = json.loads(result(start(CHECK)))
    assert found["indexes"] == list(range(ENTRIES))
    assert found["numbers"] == list(range(ENTRIES))
    assert found["root"]
