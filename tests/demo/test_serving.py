"""What the demo filled is never served in earnest: its people's second factors are known to everybody."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from porchlight.cli import CommandError
from porchlight.commands.django_setup import setup_to_serve


@pytest.fixture(autouse=True)
def own_mask() -> Iterator[None]:
    """A command sets the mask of its process; here that is the tests' process."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def test_a_directory_of_the_demo_is_served_by_the_demo_alone(tmp_path: Path, settings) -> None:
    settings.PORCHLIGHT = replace(settings.PORCHLIGHT, data_dir=tmp_path, demo=False)
    setup_to_serve()
    (tmp_path / "demo.json").write_text("{}")
    with pytest.raises(CommandError, match="PORCHLIGHT_DATA_DIR"):
        setup_to_serve()
    settings.PORCHLIGHT = replace(settings.PORCHLIGHT, demo=True)
    setup_to_serve()
