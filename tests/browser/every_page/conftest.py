from __future__ import annotations

from collections.abc import Iterator

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
