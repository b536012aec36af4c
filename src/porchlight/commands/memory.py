"""What a process frees goes back to the system at once.

glibc gives each thread a heap of its own and learns from the first large block that is freed to keep such blocks. With
many threads and uploads in parts of some hundred kilobytes a process would grow for as long as it meets new crowds, and
stay as large as the largest of them.
"""

from __future__ import annotations

import ctypes
from typing import Final

# From <malloc.h>.
_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
_BLOCK: Final = 64 * 1024
_SPARE: Final = 128 * 1024


def give_back() -> bool:
    """Let this process and those it forks keep nothing they do not use; False where the C library knows no such wish."""
    try:
        wish = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # musl, macOS, Windows
        return False
    given = ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, _BLOCK), (_TRIM_THRESHOLD, _SPARE))
    return all(wish(name, value) == 1 for name, value in given)
