"""The server's clock. Code asks `now()`; a test puts its own clock in place with `use_clock`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_source: ContextVar[Callable[[], datetime] | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    source = _source.get()
    return datetime.now(UTC) if source is None else source()


@contextmanager
def use_clock(source: Callable[[], datetime]) -> Iterator[None]:
    """Let `now()` answer with `source()` in this context."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)
