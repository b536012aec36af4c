"""A TCP line with a delay: what passes takes half the added round trip each way, and a new connection one more.

It runs as a process of its own, so that what measures does not hold it up, and counts the bytes that came down.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized

_PIECE = 64 * 1024
_WAITING = 64  # pieces on their way at once in one direction: 4 MiB, more than a round trip holds here


@dataclass
class Line:
    """Listens on `port` of the loopback. `added_ms` may be changed at any time."""

    port: int
    _down: Synchronized[int]
    _added_ms: Synchronized[int]

    @property
    def down(self) -> int:
        """Bytes that were handed to clients so far."""
        return self._down.value

    def delay(self, added_ms: int) -> None:
        """Add so much to each round trip from now on."""
        self._added_ms.value = added_ms


@contextmanager
def line(to_port: int) -> Iterator[Line]:
    """A line to `to_port` without added delay at first."""
    spawn = multiprocessing.get_context("spawn")
    down: Synchronized[int] = spawn.Value("q", 0)
    added: Synchronized[int] = spawn.Value("q", 0)
    here, there = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(to_port, down, added, there), daemon=True)
    process.start()
    try:
        yield Line(here.recv(), down, added)
    finally:
        process.terminate()
        process.join()


def _serve(to_port: int, down: Synchronized[int], added: Synchronized[int], told: Connection) -> None:
    asyncio.run(_Relay(to_port, down, added).serve(told))


class _Relay:
    def __init__(self, to_port: int, down: Synchronized[int], added: Synchronized[int]) -> None:
        self.to_port, self.down, self.added = to_port, down, added
        self.tasks: set[asyncio.Task[None]] = set()

    async def serve(self, told: Connection) -> None:
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0, limit=_PIECE)
        told.send(server.sockets[0].getsockname()[1])
        async with server:
            await server.serve_forever()

    async def _connected(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self.added.value / 1000)  # the handshake
        server, to_server = await asyncio.open_connection("127.0.0.1", self.to_port, limit=_PIECE)
        await asyncio.gather(
            self._pass(client, to_server, count=False), self._pass(server, to_client, count=True)
        )

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, count: bool) -> None:
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(_WAITING)
        reading = asyncio.create_task(self._read(source, waiting))
        clock = asyncio.get_running_loop().time
        try:
            while True:
                due, piece = await waiting.get()
                if due > clock():
                    await asyncio.sleep(due - clock())
                if not piece:
                    break
                target.write(piece)
                if count:
                    self.down.value += len(piece)
                await target.drain()
        except OSError:
            pass  # one side has left: so does the other
        finally:
            reading.cancel()
            target.close()

    async def _read(self, source: asyncio.StreamReader, waiting: asyncio.Queue[tuple[float, bytes]]) -> None:
        clock = asyncio.get_running_loop().time
        piece = b" "
        while piece:
            try:
                piece = await source.read(_PIECE)
            except OSError:
                piece = b""
            await waiting.put((clock() + self.added.value / 2000, piece))
