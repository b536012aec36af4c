"""One person with a browser of their own: cookies, forms, and a second factor. Speaks HTTP and nothing else."""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import re
import struct
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

PASSWORD = "lantern-on-a-quiet-porch"  # noqa: S105 - of people who exist for one walkthrough
_TOTP_STEP_S = 30
_FIELD = re.compile(r"<input\b[^>]*>")


class Unexpected(AssertionError):
    """The platform answered otherwise than the main job needs. The message names request and answer."""


@dataclass
class Exchange:
    """One request and its answer's status."""

    method: str
    path: str
    status: int

    def line(self) -> dict[str, Any]:
        return {"method": self.method, "path": self.path, "status": self.status}


@dataclass
class Person:
    """Somebody on one side of the platform at `port`. `exchanges` collects what was asked since it was last emptied."""

    name: str
    email: str
    side: str
    port: int
    exchanges: list[Exchange] = field(default_factory=list)
    totp_secret: str = ""
    _spent: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        prefix = "" if self.side == "resident" else f"{self.side}."
        # Names under .localhost are the loopback by definition, but not every resolver knows; the host header decides.
        self.client = httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}",
            headers={"Host": f"{prefix}localhost:{self.port}"},
            timeout=60,
            follow_redirects=False,
        )

    def send(
        self, method: str, path: str, *, expect: tuple[int, ...] = (200,), **options: Any
    ) -> httpx.Response:
        """One request; raises Unexpected unless the status is one of `expect`. Sends the CSRF token where one is held."""
        headers = dict(options.pop("headers", {}))
        token = self.client.cookies.get(f"porchlight_{self.side}_csrf")
        if method not in {"GET", "HEAD"} and token:
            headers["X-CSRFToken"] = token
        path = re.sub(r"^http://[^/]+", "", path)
        response = self.client.request(method, path, headers=headers, **options)
        self.exchanges.append(Exchange(method, path, response.status_code))
        if response.status_code not in expect:
            raise Unexpected(
                f"{self.name}: {method} {path} -> {response.status_code}, wanted {expect}: {_said(response)}"
            )
        return response

    def close(self) -> None:
        """Close the browser."""
        self.client.close()

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.send("GET", path, **options)

    def fill(
        self,
        path: str,
        values: dict[str, Any],
        *,
        action: str = "",
        expect: tuple[int, ...] = (302,),
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """Open the page of a form, keep its hidden fields, and send it with `values` to `action` (default: the page)."""
        page = self.get(path)
        return self.send(
            "POST",
            action or path,
            data={**_hidden(page.text), **values},
            expect=expect,
            headers=headers or {},
        )

    def follow(self, response: httpx.Response) -> httpx.Response:
        """The page that redirects lead to."""
        while response.is_redirect:
            response = self.get(response.headers["Location"], expect=(200, 302))
        return response

    def join(self, link: str) -> None:
        """Take up an invitation: name, password, second factor."""
        self.fill(link, {"name": self.name, "password": PASSWORD})
        self.add_second_factor()

    def add_second_factor(self) -> None:
        """Set up a time-based code, as an authenticator app would."""
        page = self.get("/account/second-step/totp/activate/")
        found = re.search(r"\b([A-Z2-7]{32})\b", page.text)
        if found is None:
            raise Unexpected(f"{self.name}: the page shows no secret for an authenticator")
        self.totp_secret = found[1]
        self.send(
            "POST",
            "/account/second-step/totp/activate/",
            data={**_hidden(page.text), "code": self.code()},
            expect=(302,),
        )

    def code(self) -> str:
        """A code that was not used yet (RFC 6238, 5.2): of this moment, else as of a clock a little ahead or behind."""
        while True:
            # The one before is good until this step ends, and a form takes a moment.
            late = time.time() % _TOTP_STEP_S > _TOTP_STEP_S / 2
            for ahead_s in (0, _TOTP_STEP_S, *([] if late else [-_TOTP_STEP_S])):
                code = _totp(self.totp_secret, time.time() + ahead_s)
                if code not in self._spent:
                    self._spent.add(code)
                    return code
            time.sleep(0.5)

    def confirm(self, address: str) -> httpx.Response:
        """Enter the second factor again where a page asks for it; `address` is where it redirected to."""
        return self.fill(address, {"code": self.code()})

    def taken(self) -> list[dict[str, Any]]:
        """The exchanges so far, and empty the list."""
        lines = [each.line() for each in self.exchanges]
        self.exchanges.clear()
        return lines


def _totp(secret: str, at: float) -> str:
    key = base64.b32decode(secret)
    digest = hmac.new(key, struct.pack(">Q", int(at) // _TOTP_STEP_S), hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def _hidden(page: str) -> dict[str, str]:
    fields = {}
    for tag in _FIELD.findall(page):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") == "hidden" and "name" in attributes:
            fields[attributes["name"]] = html.unescape(attributes.get("value", ""))
    return fields


def _said(response: httpx.Response) -> str:
    text = re.sub(r"<(script|style|svg|head)\b.*?</\1>|<[^>]+>", " ", response.text, flags=re.DOTALL)
    return " ".join(text.split())[:600]
