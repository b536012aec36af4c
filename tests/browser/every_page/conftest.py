from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.browser.every_page.stage import Stage
from tests.browser.ui.conftest import FLAGS
from tests.server.access_matrix.conftest import visitors  # noqa: F401 - a fixture
from tests.server.access_matrix.visiting import Visitors


@pytest.fixture(scope="module")
def stage(visitors: Visitors) -> Iterator[Stage]:  # noqa: F811 - the fixture of that name
    stage = Stage(visitors, [*FLAGS, "--disable-3d-apis"])
    yield stage
    stage.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The sweep takes longer than all other tests together; it runs under `make test-long`."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and item.get_closest_marker("looks") is not None:
            item.add_marker(pytest.mark.long)
