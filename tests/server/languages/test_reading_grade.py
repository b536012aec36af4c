"""What an owner reads before deciding, and what the platform says of itself, read at grade 8 or below (English).

The grade is the automated readability index: textstat's others count syllables by a dictionary that it would download.
"""

from __future__ import annotations

import re

import pytest
import textstat
from tests.server.access_matrix.conftest import visitors  # noqa: F401 - a fixture
from tests.server.access_matrix.routes import routes
from tests.server.access_matrix.tables import TABLES
from tests.server.access_matrix.visiting import Visitors
from tests.server.languages.marking import texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROUTES = routes("resident")
GRADE = 8
PAGES = (
    "request",
    "request-share",
    "request-link",
    "one-click",
    "opt-outs",
    "request-report",
    "share",
    "about",
)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_reads_at_grade_8(visitors: Visitors, name: str) -> None:  # noqa: F811
    page = visitors.enter(TABLES["resident"], "home", "GET", ROUTES[name]).seen.decode(errors="replace")
    assert page.count("<main ") == 1
    text = " ".join(sentences(page[page.index("<main ") : page.index("</main>")]))
    assert len(text.split()) > 20
    assert textstat.automated_readability_index(text) <= GRADE


def test_a_page_of_officialese_is_found() -> None:
    text = (
        "Notwithstanding any previously communicated determination, the participating household hereby "
        "acknowledges the investigative jurisdiction of the requesting municipal law enforcement agency."
    )
    assert textstat.automated_readability_index(text) > GRADE


def sentences(page: str) -> list[str]:
    """The page's whole sentences; labels and values are no sentences."""
    pieces = [
        piece for text in texts_of(page) for piece in re.split(r"(?<=[.?!])\s+", " ".join(text.split()))
    ]
    return [piece for piece in pieces if re.search(r"[.?!]$", piece) and len(piece.split()) > 2]
