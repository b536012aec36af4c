"""Many may bring one database to this version at the same moment."""

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType


def environment(backend: ModuleType, directory: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PORCHLIGHT_")}
    own = backend.installation(directory, migrated=False)
    return {**inherited, "PORCHLIGHT_DATA_DIR": str(directory), **own}


def test_three_that_migrate_at_once_do_it_once(backend: ModuleType, tmp_path: Path) -> None:
    own = environment(backend, tmp_path)
    started = [
        subprocess.Popen([sys.executable, "-m", "porchlight", "migrate"], env=own, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    said = [each.communicate(timeout=300)[1] for each in started]
    assert [each.returncode for each in started] == [0, 0, 0], said
