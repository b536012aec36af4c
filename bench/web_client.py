"""A small HTTP/1.1 client on asyncio streams, with a proxy's choice of the web process for each request.

What a browser does when a connection breaks under it: it asks again. A cut is counted and is no error; an answer that is
not expected is one.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field

_PATIENCE_S = 30
_TRIES = 40
_PUT_ASIDE_S = 10

_Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


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
class Proxy:
    """Chooses as `deploy/Caddyfile` tells Caddy to: whichever has fewest requests under way, and did not fail just now."""

    ports: list[int]
    _busy: Counter[int] = field(default_factory=Counter)
    _failed_at: dict[int, float] = field(default_factory=dict)
    _idle: dict[int, list[_Line]] = field(default_factory=dict)

    def choose(self) -> int:
        """The port for the next request."""
        now = time.monotonic()
        well = [port for port in self.ports if now - self._failed_at.get(port, -_PUT_ASIDE_S) >= _PUT_ASIDE_S]
        least = min(self._busy[port] for port in well or self.ports)
        return random.choice([port for port in well or self.ports if self._busy[port] == least])

    async def pass_on(self, method: str, data: bytes) -> Answer:
        """The answer of the chosen process. Raises TimeoutError, OSError or EOFError where it broke off."""
        port = self.choose()
        self._busy[port] += 1
        line: _Line | None = None
        try:
            idle = self._idle.setdefault(port, [])
            line = idle.pop() if idle else await asyncio.open_connection("127.0.0.1", port, limit=2**20)
            answer = await asyncio.wait_for(_answer(line, method, data), _PATIENCE_S)
        except (TimeoutError, OSError, EOFError):
            self._failed_at[port] = time.monotonic()
            for _reader, writer in [*self._idle.pop(port, []), *([line] if line else [])]:
                writer.close()
            raise
        finally:
            self._busy[port] -= 1
        if answer.headers.get("connection") == "close":
            line[1].close()
        else:
            self._idle.setdefault(port, []).append(line)
        return answer

    def close(self) -> None:
        for _reader, writer in (line for lines in self._idle.values() for line in lines):
            writer.close()


@dataclass
class Browser:
    """One person's browser."""

    proxy: Proxy
    cookies: str
    tally: Tally

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
                answer = await self.proxy.pass_on(method, data)
            except (TimeoutError, OSError, EOFError) as error:
                if isinstance(error, asyncio.TimeoutError):
                    self.tally.errors.append(f"{kind}: no answer in {_PATIENCE_S} s")
                    return None
                self.tally.cuts += 1
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


async def _answer(line: _Line, method: str, data: bytes) -> Answer:
    reader, writer = line
    writer.write(data)
    await writer.drain()
    head = await reader.readuntil(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in rest if each)}
    body = b""
    if method != "HEAD":
        if headers.get("transfer-encoding") == "chunked":
            while size := int(await reader.readline(), 16):
                body += await reader.readexactly(size)
                await reader.readline()
            await reader.readline()
        else:
            body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Answer(int(first.split(" ")[1]), headers, body)
