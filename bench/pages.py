"""Queries of every page of agency, review desk and public register with 10 and with 10,000 requests.

The pages are those of the quick test beside it (10 and 300), from the routes themselves: what it prints is counted here.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

from bench.installation import ROOT
from bench.measured import Figure
from bench.needs import Missing

_TEST = (
    "tests/server/portals/test_long_lists.py::"
    "test_every_page_asks_the_database_as_often_with_ten_requests_and_with_ten_thousand"
)
_PAGE = re.compile(
    r"^page (?P<name>.+?) +\d+ +(?P<few>\d+) -> +(?P<many>\d+) queries +(?P<bytes>\d+) bytes$", re.MULTILINE
)
_LEAST_PAGES = 30


def run() -> Iterator[Figure]:
    """Some two minutes. Raises Missing when too few pages could be opened."""
    words = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:randomly", _TEST]
    said = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False).stdout
    pages = [found.groupdict() for found in _PAGE.finditer(said)]
    if len(pages) < _LEAST_PAGES:
        raise Missing(f"only {len(pages)} pages were opened: {said[-500:]}")
    more = [page["name"] for page in pages if page["few"] != page["many"]]
    yield Figure(
        "pages-queries",
        "pages with more queries among 10,000 requests than among 10",
        len(more),
        at_most=0,
        details={
            "pages": len(pages),
            "more": more,
            "most_queries": max(int(page["many"]) for page in pages),
            "most_bytes": max(int(page["bytes"]) for page in pages),
        },
    )
