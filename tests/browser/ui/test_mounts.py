"""Every part of a page that asks for a script gets one from its side's entry file."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SERVER = ROOT / "src" / "porchlight" / "server"
ENTRIES = ROOT / "web" / "entries"
NAME = re.compile(r'^\s*"?([\w-]+)"?: \(\) => import\("(\.\./[^"]+)"\)', re.MULTILINE)


def served(entry: str) -> dict[str, str]:
    """Name -> module of an entry file, with what every side has."""
    sources = [(ENTRIES / f"{name}.ts").read_text() for name in (entry, "every_side")]
    return dict(pair for source in sources for pair in NAME.findall(source))


def asked(folder: Path) -> set[str]:
    found = (
        re.findall(r'data-mount="([^"{]*)"', path.read_text()) for path in folder.rglob("templates/**/*.html")
    )
    return {name for marks in found for mark in marks for name in mark.split()}


@pytest.mark.parametrize("side", ["resident", "agency", "review", "operator", "public"])
def test_every_mark_has_its_module(side: str) -> None:
    assert asked(SERVER / "portals" / side) - set(served(side)) == set()


def test_every_side_serves_what_the_components_ask() -> None:
    assert asked(SERVER / "ui") - set(served("every_side")) == set()


@pytest.mark.parametrize("entry", sorted(path.stem for path in ENTRIES.glob("*.ts") if path.stem != "sw"))
def test_every_module_exists_and_mounts(entry: str) -> None:
    for module in served(entry).values():
        source = (ENTRIES / f"{module}.ts").resolve().read_text()
        assert re.search(r"export (?:async )?function mount\(", source), module
