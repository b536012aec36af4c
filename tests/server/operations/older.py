"""Turns a backup into one that the first version could have taken: `python older.py BACKUP`."""

import json
import sys
from pathlib import Path

from porchlight.commands.django_setup import setup

APP, FIRST = "video_requests", "0001_initial"


def main(backup: Path) -> None:
    setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from porchlight.backup import layout

    loader = MigrationExecutor(connection).loader
    manifest = json.loads((backup / "manifest.json").read_text())
    applied = {tuple(each) for each in manifest["migrations"]}
    later = {node for node in loader.graph.backwards_plan((APP, FIRST)) if node != (APP, FIRST)}
    assert any(app == APP for app, _name in later), "there is no second migration to go back from"
    kept = sorted(applied - later)
    leaves = [
        node for node in kept if not any(child.key in kept for child in loader.graph.node_map[node].children)
    ]
    then = loader.project_state(leaves).apps
    lines = []
    for line in (backup / "rows.jsonl").read_text().splitlines():
        value = json.loads(line)
        if isinstance(value, dict):
            table = (value["app"], value["model"])
            models = {
                (m._meta.app_label, m._meta.model_name): m for m in then.get_models(include_auto_created=True)
            }
            known = (
                {field.attname for field in models[table]._meta.concrete_fields} if table in models else set()
            )
            places = [n for n, column in enumerate(value["columns"]) if column in known]
            if places:
                lines.append({**value, "columns": [value["columns"][n] for n in places]})
        elif places:
            lines.append([value[n] for n in places])
    manifest["migrations"] = kept
    (backup / "rows.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (backup / "manifest.json").write_text(json.dumps(manifest))
    (backup / "SHA256SUMS").unlink()
    layout.write_sums(backup, {})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
