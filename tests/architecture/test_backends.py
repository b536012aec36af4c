"""Nothing that starts processes of the platform is left out of the run on PostgreSQL and S3."""

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
STARTS = re.compile(r"\b(subprocess\.|Platform\(|installation\(|new_scene\(|run_script\()")
OWN_DATABASE = re.compile(r"file://\{|sqlite:///")
# Files whose processes have no database and no objects, and why.
EXEMPT = {
    "architecture/test_backends.py": "names what it looks for",
    "backends/choosing.py": "starts the services themselves",
    "backends/services.py": "starts the services themselves",
    "backends/__init__.py": "is what the others ask",
    "browser/pictures/town.py": "is what pictures are taken of, not a test",
    "faults/installation.py": "takes the settings of the run by itself",
    "seal/chromium/site.py": "builds scripts",
    "seal/test_own_payload.py": "runs the stock age command",
    "seal/test_sealed.py": "runs the stock age command",
    "server/attacks/test_installation.py": "looks at the modes of the embedded database's files",
    "server/evidence/test_fetch.py": "looks at what a command without a database imports",
    "deploy/test_deploy.py": "looks at files of the deployment",
    "deploy/test_image_steps.py": "looks at the steps of an image",
    "demo/test_running.py": "the demo is always embedded; its filling runs on both in demo/filled.py",
}


def sources() -> dict[str, str]:
    found = {str(path.relative_to(TESTS)): path.read_text() for path in TESTS.rglob("*.py")}
    return {name: text for name, text in found.items() if name not in EXEMPT}


def test_what_starts_processes_asks_for_the_backend() -> None:
    starting = {name for name, text in sources().items() if STARTS.search(text)}
    assert starting
    assert {name for name in starting if "backend" not in sources()[name]} == set()


def test_no_test_writes_an_address_of_a_store_by_hand() -> None:
    own = {name for name, text in sources().items() if OWN_DATABASE.search(text)}
    # Both name addresses that are the subject of the test.
    assert own - {"server/foundation/test_object_stores.py", "server/operations/test_doctor.py"} == set()
