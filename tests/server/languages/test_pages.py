"""Every page of every side, as its people see it: each word comes from the catalog or from somebody's own entry.

The pages are those of the access matrix, filled in. Every sentence is marked on its way out of the catalog; what stands
on a page unmarked must be a value that the database holds. And what was asked for must have a Spanish answer, whichever
package it belongs to.
"""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.utils import translation
from django.utils.translation import trans_real
from tests.server.access_matrix.conftest import visitors  # noqa: F401 - a fixture
from tests.server.access_matrix.routes import routes
from tests.server.access_matrix.tables import TABLES
from tests.server.access_matrix.visiting import Visitors
from tests.server.languages.marking import marked, unmarked

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MEMBERS = {"resident": "home", "agency": "confirmed", "review": "reviewer", "operator": "operator"}
ROUTES = {side: routes(side) for side in TABLES}
# Read by those who write programs: the style guide's samples, and the reference of the API, made from the code's own words.
FOR_BUILDERS = {"styleguide", "api-docs", "openapi"}
# Names and units that are the same in both languages.
SAME = re.compile(
    r"\b[A-Z]\w+(/[A-Z][\w +-]+)+|"  # a time zone's own name, such as America/New York
    r"\b(Porchlight|SHA-256|UTC|[kMGT]B|ORI|PDF|CSV|JSON|GeoJSON|RFC \d+|C2SP|age|WI|Wi-Fi|API|URL|QR|PIN"
    r"|English|Español|X{3}|ABCD-2345|porchlight_[\w-]+)\b"
)


@pytest.mark.parametrize("side", TABLES)
def test_every_word_of_every_page_is_a_catalogs_or_somebodys_own(visitors: Visitors, side: str) -> None:  # noqa: F811
    entered = _entered()
    strange: dict[str, list[str]] = {}
    with translation.override("es"), marked() as asked:
        for name, route in ROUTES[side].items():
            if name in FOR_BUILDERS:
                continue
            for who in {MEMBERS[side], "nobody"}:
                for method in ("GET", "POST"):
                    page = (
                        visitors.enter(TABLES[side], who, method, route)
                        .seen.decode(errors="replace")
                        .replace("<asked>", "/")
                    )
                    start = page.find("<!doctype html>")
                    if start < 0:
                        continue
                    left = [text for text in unmarked(page[start:]) if _strange(text, entered)]
                    if left:
                        strange[f"{method} {name} as {who}"] = left
    assert not strange, strange
    unanswered = _unanswered(asked)
    assert not unanswered, unanswered


def test_an_untranslated_word_is_found() -> None:
    with marked():
        said = translation.gettext("Share")
        assert unmarked(f"<main><p>{said}</p><p title='{said}'>{said} <b>17</b></p></main>") == []
        assert unmarked(f"<main><p>{said} now</p></main>") == ["now"]
        assert unmarked("<button aria-label='Close'>×</button>") == ["Close"]
        assert unmarked(f"<i data-say-other='{said}'></i><i data-say-x='Wrong'></i>") == ["Wrong"]


def _entered() -> str:
    """Everything that people and files put into the database, as one text to look in."""
    found: list[str] = []
    for model in apps.get_models():
        for row in model._base_manager.values_list():
            found += [str(value) for value in row if isinstance(value, str | dict | list)]
    return re.sub(r"\s+", " ", "\n".join(found)).lower()


def _strange(text: str, entered: str) -> bool:
    text = SAME.sub(" ", text)
    words = [piece.strip(" .,;:!?()«»“”\"'–-/·#") for piece in re.split(r"[\s·|]+", text)]
    return any(re.search(r"[^\W\d_]{2,}", word) and word.lower() not in entered for word in words)


def _unanswered(asked: set[tuple[str | None, str]]) -> list[str]:
    """Sentences without a Spanish answer in any package's catalog."""
    catalog = trans_real.translation("es")._catalog
    missing = []
    for context, message in asked:
        key = f"{context}\x04{message}" if context else message
        try:
            catalog[key]
        except KeyError:
            try:
                catalog[key, 1]
            except KeyError:
                missing.append(message)
    return sorted(missing)
