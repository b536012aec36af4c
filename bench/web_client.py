"""A small HTTP/1.1 client on asyncio streams: one connection kept alive, another port when it breaks.

What a browser does when a connection breaks under it: it asks again, here of the other web process. A cut is counted
and is no error; an answer that is not expected is one.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

_PATIENCE_S = 30
_TRIES = 40


@dataclass
class Answer:
    """Status, headers in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Tally:
    """What all clients saw together."""

    taken: dict[str, list[tuple[float, float]]] = field(default_factory=dict)  # kind -> (moment, seconds)
    errors: list[str] = field(default_factory=list)
    cuts: int = 0


@dataclass
class Browser:
    """One person's browser; `ports` are the web processes, the first its own."""

    ports: list[int]
    cookies: str
    tally: Tally
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def ask(
        self,
        kind: str,
        method: str,
        path: str,
        *,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        expect: tuple[int, ...] = (200,),
        again: bool = True,
    ) -> Answer | None:
        """Ask until there is an answer. `again=False`: None after a cut, for the caller to look where it stands."""
        lines = [
            f"{method} {path} HTTP/1.1",
            "Host: localhost",
            f"Cookie: {self.cookies}",
            f"Content-Length: {len(body)}",
        ]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        data = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
        began = time.perf_counter()
        for attempt in range(_TRIES):
            try:
                answer = await asyncio.wait_for(self._once(method, data), _PATIENCE_S)
            except (TimeoutError, OSError, EOFError) as error:
                self.close()
                if isinstance(error, asyncio.TimeoutError):
                    self.tally.errors.append(f"{kind}: no answer in {_PATIENCE_S} s")
                    return None
                self.tally.cuts += 1
                self.ports = [*self.ports[1:], self.ports[0]]
                if not again:
                    return None
                await asyncio.sleep(0.05 * (attempt + 1))
                began = time.perf_counter()
                continue
            self.tally.taken.setdefault(kind, []).append((time.time(), time.perf_counter() - began))
            if answer.status not in expect:
                self.tally.errors.append(f"{kind}: {method} {path} {answer.status} {answer.body[:200]!r}")
                return None
            return answer
        self.tally.errors.append(f"{kind}: no web process answers")
        return None

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def _once(self, method: str, data: bytes) -> Answer:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(
                "127.0.0.1", self.ports[0], limit=2**20
            )
        reader, writer = self._reader, self._writer
        assert reader is not None
        writer.write(data)
        await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in rest if line)}
        body = b""
        if method != "HEAD":
            if headers.get("transfer-encoding") == "chunked":
                while size := int(await reader.readline(), 16):
                    body += await reader.readexactly(size)
                    await reader.readline()
                await reader.readline()
            else:
                body = await reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection") == "close":
            self.close()
        return Answer(int(first.split(" ")[1]), headers, body)
