"""Every page of every side as it first meets the eye: filled, on a phone, in light.

In every run. The same page signed out, the dark, the desk, the empty, the refused and what is larger than usual are looked
at by `make test-long`.
"""

from __future__ import annotations

import pytest
from tests.browser.every_page import looking
from tests.browser.every_page.stage import Stage
from tests.browser.every_page.visits import ROUTES, Visit, first_sights

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


@pytest.mark.parametrize("visit", [visit for side in ROUTES for visit in first_sights(side)], ids=str)
def test_at_a_glance(stage: Stage, visit: Visit) -> None:
    def act() -> list[str]:
        window = stage.window(visit.side, visit.visitor)
        page = window.shown(visit)
        return [] if page is None else looking.glance(page) + window.complaints

    found = stage.play(act)
    assert not found, "\n" + "\n".join(found)
