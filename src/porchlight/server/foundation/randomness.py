"""The server's randomness. Code asks here; a test puts a repeatable source in place with `use_random`.

Identifiers that an agency can see are always version 4: version 7 and serial numbers tell how many came between.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_source: ContextVar[Callable[[int], bytes]] = ContextVar("randomness", default=secrets.token_bytes)


def token_bytes(count: int) -> bytes:
    """`count` unpredictable bytes."""
    return _source.get()(count)


def uuid4() -> UUID:
    """A random identifier (RFC 9562 version 4)."""
    return UUID(bytes=token_bytes(16), version=4)


@contextmanager
def use_random(source: Callable[[int], bytes]) -> Iterator[None]:
    """Let `token_bytes` and `uuid4` draw from `source` in this context."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)
