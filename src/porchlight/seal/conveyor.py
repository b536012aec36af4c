"""A payload on its way through the cipher, in three threads: one reads, one changes, one hands out.

The batches stay in order and their buffers are used again, so memory is constant. Cipher, hash and disk let go of the
interpreter lock, so the three run side by side and other threads go on.

Invariant: the payload's last chunk, and no other, is marked as final; it is empty only if the whole payload is.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, Final, Protocol

BATCH: Final = 16
_MOST_UNDER_WAY: Final = 3

# (nonce, a chunk, room for what it becomes) -> bytes that it became
Change = Callable[[bytes, memoryview, memoryview], int]


class Source(Protocol):
    """What can be read from: an open binary file, a `BytesIO`."""

    def readinto(self, buffer: memoryview, /) -> int:
        """Fill from the start; the number of bytes, 0 at the end."""


class Passing:
    """Hashes and counts what passes, and hands it on."""

    def __init__(self, target: IO[bytes] | None = None) -> None:
        self._target = target
        self._sha256 = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        return self._sha256.hexdigest()

    def take(self, data: bytes | memoryview) -> None:
        if self._target is not None:
            self._target.write(data)
        self._sha256.update(data)
        self.size += len(data)


@dataclass(frozen=True, slots=True)
class Conveyor:
    """`change` gets each chunk of `chunk_in` bytes (the final one may be shorter) and room for `chunk_out`.

    `take_in` is shown what was read, `give_out` gets what it became; each is called from one thread, in order.
    """

    chunk_in: int
    chunk_out: int
    take_in: Callable[[memoryview], None]
    change: Change
    give_out: Callable[[memoryview], None]

    def carry(self, source: Source) -> None:
        """Carry all of `source`. Raises what reading, changing or giving raised; what was given by then is void."""
        changing, giving = ThreadPoolExecutor(1, "seal-change"), ThreadPoolExecutor(1, "seal-give")
        free: deque[_Batch] = deque()
        under_way: deque[tuple[Future[None], _Batch]] = deque()
        try:
            batch = _Batch.of(self)
            self._fill(batch, source)
            while True:
                # A batch that is full may be the last: only what follows tells.
                following = free.popleft() if free else _Batch.of(self)
                following.number = batch.number + BATCH
                batch.final = batch.size < len(batch.taken) or not self._fill(following, source)
                changed = changing.submit(self._changed, batch)
                under_way.append((giving.submit(self._given, changed), batch))
                if batch.final:
                    break
                batch = following
                if len(under_way) == _MOST_UNDER_WAY:
                    given, done = under_way.popleft()
                    given.result()
                    free.append(done)
            for given, _ in under_way:
                given.result()
        finally:
            changing.shutdown(cancel_futures=True)
            giving.shutdown(cancel_futures=True)

    def _fill(self, batch: _Batch, source: Source) -> int:
        batch.size = 0
        while batch.size < len(batch.taken) and (count := source.readinto(batch.taken[batch.size :])):
            batch.size += count
        if batch.size:
            self.take_in(batch.taken[: batch.size])
        return batch.size

    def _changed(self, batch: _Batch) -> memoryview:
        chunks = max(1, -(-batch.size // self.chunk_in))
        made = 0
        for at in range(chunks):
            final = batch.final and at == chunks - 1
            nonce = (batch.number + at).to_bytes(11) + bytes([final])
            part = batch.taken[at * self.chunk_in : min((at + 1) * self.chunk_in, batch.size)]
            made += self.change(nonce, part, batch.made[made:])
        return batch.made[:made]

    def _given(self, changed: Future[memoryview]) -> None:
        self.give_out(changed.result())


@dataclass(slots=True)
class _Batch:
    """`size` bytes in `taken`, of which the first is in the payload's chunk `number`; what they become is in `made`."""

    taken: memoryview
    made: memoryview
    size: int = 0
    number: int = 0
    final: bool = False

    @classmethod
    def of(cls, conveyor: Conveyor) -> _Batch:
        taken, made = bytearray(BATCH * conveyor.chunk_in), bytearray(BATCH * conveyor.chunk_out)
        return cls(memoryview(taken), memoryview(made))
