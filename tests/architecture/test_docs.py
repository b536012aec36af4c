"""The documentation is true: links lead somewhere, every command and every setting is documented."""

import re
from pathlib import Path

import pytest

from porchlight.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MADE_LATER = {"bench/out/"}  # by `make bench`
CODE_PATH = re.compile(r"`((?:src|web|tests|docs|bench|\.ci)/[\w./*-]+)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_file_pointers_resolve(page: Path) -> None:
    text = page.read_text()
    links = [target for target in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in target]
    assert [target for target in links if not (page.parent / target).exists()] == []
    pointers = [name for name in CODE_PATH.findall(text) if "*" not in name and name not in MADE_LATER]
    assert [name for name in pointers if not (ROOT / name).exists()] == []


def documentation() -> str:
    return "\n".join(page.read_text() for page in PAGES)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_documented(command: str) -> None:
    assert f"`porchlight {command}" in documentation()


def test_every_setting_is_documented() -> None:
    sources = (ROOT / "src/porchlight/server/config").glob("*.py")
    settings = set(re.findall(r'"(PORCHLIGHT_[A-Z_]+)"', "".join(path.read_text() for path in sources)))
    assert settings
    assert {name for name in settings if f"`{name}`" not in documentation()} == set()


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    wanted = set(re.findall(r"make ([a-z-]+)", (ROOT / "README.md").read_text()))
    assert wanted
    assert {name for name in wanted if not re.search(rf"^{name}:", makefile, re.MULTILINE)} == set()


def test_decision_records_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
