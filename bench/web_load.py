"""`python -m bench.web_load SECONDS PORT PORT OUT` with the people on standard input: 200 people at once.

Each reads, answers or uploads, then thinks for 3 to 9 seconds. Of ten things a person does seven are reading (home, the
requests, one request, the page behind the mail's link, cameras, shares, public pages), two are answering (declining with
and without signing in, opting out of an offense and undoing it), one is sharing a video of 1 MB (tus in parts of 256 kB, then
the envelope).
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
import random
import re
import resource
import secrets
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.web_client import Browser, Proxy, Tally
from porchlight.seal.keys import generate_identity
from porchlight.seal.payload import split_header
from porchlight.seal.sealing import seal_bytes

_THINK_S = (3.0, 9.0)
_PART = 256 * 1024
_VIDEO = 1_000_000
_MOST_SHARES = 20
_TUS = {"Tus-Resumable": "1.0.0"}
_UNDO = re.compile(rb'action="(/opt-outs/[0-9a-f-]{36}/undo/)"')
_READ = (
    "/",
    "/requests/",
    "/requests/{request}/",
    "{link}",
    "/cameras/",
    "/shares/",
    "/opt-outs/",
    "/agencies/",
    "/asked/",
)


class Person:
    """One of the two hundred."""

    def __init__(
        self, known: dict[str, str], proxy: Proxy, tally: Tally, videos: list[bytes], envelope: bytes
    ) -> None:
        self.known = known
        self.csrf = secrets.token_hex(16)
        cookies = f"porchlight_resident={known['session']}; porchlight_resident_csrf={self.csrf}"
        self.browser = Browser(proxy, cookies, tally)
        self.dice = random.Random(known["session"])
        self.videos, self.envelope = videos, envelope
        self.acknowledged: list[str] = []
        self.opted = 0

    async def live(self, until: float) -> None:
        await asyncio.sleep(self.dice.uniform(0, _THINK_S[1]))
        while time.time() < until:
            act = self.dice.random()
            if act < 0.7:
                await self.read()
            elif act < 0.9 or len(self.acknowledged) >= _MOST_SHARES:
                await self.answer()
            else:
                await self.share()
            await asyncio.sleep(self.dice.uniform(*_THINK_S))

    async def read(self) -> None:
        await self.browser.ask("read", "GET", self.dice.choice(_READ).format(**self.known))

    async def answer(self) -> None:
        which = self.dice.randrange(3)
        if which == 0:
            await self._form("answer", self.known["link"], "answer=decline", (200,))
        elif which == 1:
            await self._form("answer", f"/requests/{self.known['request']}/decline/", "", (200, 302))
        else:
            await self._form(
                "answer", "/opt-outs/add/", "scope=offense&offense=vandalism&value=vandalism", (200, 302, 422)
            )
            page = await self.browser.ask("read", "GET", "/opt-outs/")
            found = _UNDO.search(page.body) if page else None
            if found:
                await self._form("answer", found[1].decode(), "", (302, 404))

    async def share(self) -> None:
        """Upload and share one video; what the server acknowledged is remembered."""
        video = self.dice.choice(self.videos)
        metadata = base64.b64encode(self.known["request"].encode()).decode()
        headers = {
            **_TUS,
            "Upload-Length": str(len(video)),
            "Upload-Metadata": f"request {metadata}",
            **self._token(),
        }
        made = await self.browser.ask("upload", "POST", "/uploads/", headers=headers, expect=(201,))
        if made is None:
            return
        place, offset = made.headers["location"], 0
        while offset < len(video):
            part = {
                **_TUS,
                "Upload-Offset": str(offset),
                "Content-Type": "application/offset+octet-stream",
                **self._token(),
            }
            sent = await self.browser.ask(
                "upload",
                "PATCH",
                place,
                body=video[offset : offset + _PART],
                headers=part,
                expect=(204, 409),
                again=False,
            )
            if sent is None:  # cut: the server says where it stands
                sent = await self.browser.ask("upload", "HEAD", place, headers=_TUS)
            if sent is None:
                return
            offset = int(sent.headers["upload-offset"])
        head = split_header(video)
        assert head is not None
        given = {
            "head": base64.b64encode(head.data).decode(),
            "sealed_sha256": hashlib.sha256(video).hexdigest(),
            "sealed_size": len(video),
            "envelope": base64.b64encode(self.envelope).decode(),
            "upload_id": place.strip("/").split("/")[-1],
            "expires_days": 180,
        }
        answer = await self.browser.ask(
            "share",
            "POST",
            f"/requests/{self.known['request']}/share/",
            body=json.dumps(given).encode(),
            headers={"Content-Type": "application/json", "Accept": "application/json", **self._token()},
            expect=(201, 422),
        )
        if answer is not None and answer.status == 201:
            self.acknowledged.append(json.loads(answer.body)["share_id"])
        elif answer is not None and b"upload_used" not in answer.body:
            # Said before the cut and not heard: the second try finds the upload used. Anything else is an error.
            self.browser.tally.errors.append(f"share: 422 {answer.body[:300]!r}")

    async def _form(self, kind: str, path: str, body: str, expect: tuple[int, ...]) -> None:
        headers = {"Content-Type": "application/x-www-form-urlencoded", **self._token()}
        await self.browser.ask(kind, "POST", path, body=body.encode(), headers=headers, expect=expect)

    def _token(self) -> dict[str, str]:
        return {"X-CSRFToken": self.csrf}


async def main(seconds: float, ports: list[int], people: list[dict[str, str]]) -> dict[str, Any]:
    proxy, tally, identity = Proxy(ports), Tally(), generate_identity()
    videos = [seal_bytes(os.urandom(_VIDEO), [identity.recipient]) for _ in range(8)]
    envelope = seal_bytes(b" " * 4096, [identity.recipient])
    until = time.time() + seconds
    crowd = [Person(known, proxy, tally, videos, envelope) for known in people]
    await asyncio.gather(*(person.live(until) for person in crowd))
    proxy.close()
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        **asdict(tally),
        "acknowledged": [each for person in crowd for each in person.acknowledged],
        "generator_cpu_s": used.ru_utime + used.ru_stime,
    }


if __name__ == "__main__":
    web_ports = [int(sys.argv[2]), int(sys.argv[3])]
    Path(sys.argv[4]).write_text(
        json.dumps(asyncio.run(main(float(sys.argv[1]), web_ports, json.load(sys.stdin))))
    )
