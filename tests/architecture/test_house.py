"""The house rules that need no running server: sizes, shapes, imports, words."""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "porchlight"
SERVER = SOURCE / "server"
DOMAINS = sorted(path.parent for path in SERVER.glob("*/models.py") if path.parent.name != "foundation")
DOMAIN_FILES = {"__init__", "models", "access", "actions", "tasks", "apps"}
# Accounts also holds what allauth asks for by name; everything else is a domain like the others.
FRAMEWORK_FILES = {
    "accounts": {
        "adapter",
        "backend",
        "devices",
        "forms",
        "sessions",
        "second_factor",
        "actors",
        "addresses",
        "invitations",
        "language_choice",
        "languages",
        "passwords",
        "records",
        "sign_ins",
        "urls",
        "views",
    }
}


def sources() -> list[Path]:
    """Every source file of ours, tests and migrations aside."""
    python = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
    script = [path for path in (ROOT / "web").rglob("*.ts") if not path.name.endswith(".test.ts")]
    return [path for path in python + script if path.stat().st_size > 0]


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_source_files_keep_their_budget() -> None:
    sizes = sorted(lines(path) for path in sources())
    assert statistics.median(sizes) <= 120
    assert sizes[int(len(sizes) * 0.9) - 1] <= 350
    assert [str(path.relative_to(ROOT)) for path in sources() if lines(path) > 600] == []


def test_test_files_keep_their_budget() -> None:
    assert [path.name for path in (ROOT / "tests").rglob("*.py") if lines(path) > 800] == []


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda path: path.name)
def test_a_domain_holds_only_the_files_of_a_domain(domain: Path) -> None:
    allowed = DOMAIN_FILES | FRAMEWORK_FILES.get(domain.name, set())
    found = {path.stem for path in domain.iterdir() if path.suffix == ".py"}
    packages = {path.name for path in domain.iterdir() if path.is_dir()} - {"__pycache__"}
    assert found <= allowed
    assert packages <= {"migrations", "templates", "access", "actions", "tasks"}


def imports(path: Path) -> Iterator[str]:
    """The dotted names a module imports, `from a import b` as a.b, type-checking blocks left out."""
    tree = ast.parse(path.read_text())
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_portals_never_import_models() -> None:
    guilty = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (SERVER / "portals").rglob("*.py")
        for name in imports(path)
        if re.match(r"porchlight\.server\.\w+\.models", name)
    ]
    assert guilty == []


def test_no_module_is_called_utils() -> None:
    assert [
        path.name for path in sources() if path.stem in {"utils", "util", "helpers", "misc", "common"}
    ] == []


def test_broad_excepts_stand_in_supervisor_loops_only() -> None:
    supervisors = {"server/foundation/outbox.py", "server/foundation/worker.py"}
    guilty = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            broad = isinstance(node, ast.ExceptHandler) and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
            )
            if broad:
                guilty.add(str(path.relative_to(SOURCE)))
    assert guilty <= supervisors


def public_functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text())
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def action_files() -> list[Path]:
    found = [path for path in SERVER.rglob("*.py") if path.stem == "actions" or path.parent.name == "actions"]
    return [path for path in found if path.parent.name != "foundation" and path.stem != "__init__"]


def exported(path: Path) -> set[str] | None:
    """What a domain offers of a part of its `actions` package; None for a module, which offers all that is public."""
    if path.parent.name != "actions":
        return None
    tree = ast.parse((path.parent / "__init__.py").read_text())
    return {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}


def test_every_function_that_a_domain_offers_for_writing_is_an_action() -> None:
    guilty = []
    for path in action_files():
        offered = exported(path)
        for function in public_functions(path):
            decorators = [ast.unparse(node) for node in function.decorator_list]
            if offered is not None and function.name not in offered:
                continue
            if not any(text.startswith("action(") for text in decorators):
                guilty.append(f"{path.relative_to(SERVER)}:{function.name}")
    assert guilty == []


def test_actions_are_keyword_only() -> None:
    guilty = [
        f"{path.relative_to(SERVER)}:{function.name}"
        for path in action_files()
        for function in public_functions(path)
        if any(ast.unparse(node).startswith("action(") for node in function.decorator_list)
        and (function.args.args or function.args.posonlyargs)
    ]
    assert guilty == []


def test_the_core_reads_no_clock_and_draws_no_randomness() -> None:
    words = re.compile(r"datetime\.now|utcnow|time\.time\(|random\.random|secrets\.|os\.urandom|uuid4\(\)")
    guilty = [path.name for path in (SOURCE / "core").rglob("*.py") if words.search(path.read_text())]
    assert guilty == []


def test_no_left_over_marks_and_no_machine_paths() -> None:
    here = re.escape(str(ROOT))
    marks = re.compile(rf"\b(TODO|FIXME|XXX)\b|{here}/|/root/|pytest\.mark\.(skip|xfail)\b")
    places = [*sources(), *(ROOT / "tests").rglob("*.py"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]
    guilty = [
        str(path.relative_to(ROOT))
        for path in places
        if path != Path(__file__) and marks.search(path.read_text())
    ]
    assert guilty == []
