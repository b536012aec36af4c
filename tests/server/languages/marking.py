"""A language in which every sentence that went through the catalog is marked, so that what did not can be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from unittest.mock import patch

from django.utils import translation

OPEN, CLOSE = "⟦", "⟧"
_INNERMOST = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_DATE = re.compile(r"\\?[A-Za-z](?:[\W]+\\?[A-Za-z])*\W*")
_READ_OUT = {"aria-label", "title", "alt", "placeholder", "aria-description", "label", "content"}
_UNREAD = {"script", "style", "code", "svg"}


@contextmanager
def marked() -> Iterator[set[tuple[str | None, str]]]:
    """Each sentence comes back marked; yields what was asked for, with its context."""
    asked: set[tuple[str | None, str]] = set()
    real = translation._trans

    def mark(context: str | None, message: str, said: str) -> str:
        if not message or _DATE.fullmatch(message):
            return said  # a date's pattern is no sentence
        asked.add((context, message))
        return f"{OPEN}{said}{CLOSE}"

    def gettext(message: str) -> str:
        return mark(None, str(message), real.gettext(message))

    def ngettext(one: str, many: str, number: int) -> str:
        return mark(None, str(one), real.ngettext(one, many, number))

    def pgettext(context: str, message: str) -> str:
        return mark(context, str(message), real.pgettext(context, message))

    def npgettext(context: str, one: str, many: str, number: int) -> str:
        return mark(context, str(one), real.npgettext(context, one, many, number))

    class Marking:
        def __getattr__(self, name: str):
            return getattr(real, name)

    stand_in = Marking()
    for function in (gettext, ngettext, pgettext, npgettext):
        setattr(stand_in, function.__name__, function)
    with patch.object(translation, "_trans", stand_in):
        yield asked


def unmarked(page: str) -> list[str]:
    """The pieces of a page's text that no catalog was asked for."""
    found = []
    for read in texts_of(page):
        text, count = read, 1
        while count:
            text, count = _INNERMOST.subn(" ", text)
        if re.search(r"[^\W\d_]{2,}", text):
            found.append(" ".join(text.split()))
    return found


def texts_of(page: str) -> list[str]:
    """What is read on the page or read out, block by block."""
    reader = _Reader()
    reader.feed(page)
    return reader.texts


class _Reader(HTMLParser):
    """What is read on a page or read out: text, and the attributes that speak."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._block: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._block.append(" ")
        if tag not in _INLINE:
            self._end_block()
        given = dict(attrs)
        for name, value in attrs:
            says = (name in _READ_OUT and tag != "meta") or name.startswith("data-say")
            if value and (says or (name == "value" and given.get("type") in {"submit", "button"})):
                self.texts.append(value)
        self._unread += tag in _UNREAD
        if given.get("lang") and tag != "html":
            self._block.append(OPEN)
            self._in_own_language = tag

    _in_own_language = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread -= 1
        if tag and tag == self._in_own_language:
            self._block.append(CLOSE)
            self._in_own_language = ""
        if tag not in _INLINE:
            self._end_block()

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._block.append(data)

    def _end_block(self) -> None:
        text = "".join(self._block)
        if text.strip():
            self.texts.append(text)
        self._block = []


_INLINE = {"a", "b", "small", "span", "time", "strong", "em", "svg", "use", "button", "code", "i", "br"}
