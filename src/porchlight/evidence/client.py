"""The agency's API as an evidence system speaks it: HTTPS, one token, no redirects, nothing sent anywhere else."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from http.client import HTTPException, HTTPResponse
from typing import Any, Final, cast

_TIMEOUT_S: Final = 60
_READ: Final = 256 * 1024
_MOST_JSON: Final = 32 * 1024 * 1024


class Unreachable(Exception):
    """Nobody answered, or the line broke. Trying again later is right."""


class Answered(Exception):
    """The platform said no: `status`, and the sentence it gave."""

    def __init__(self, status: int, said: str, codes: tuple[str, ...] = ()) -> None:
        super().__init__(said)
        self.status = status
        self.codes = codes


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_given: Any) -> None:
        """A redirect would carry the token elsewhere."""


class Client:
    """One agency's side at `url`, e.g. https://agency.porchlight.example.org."""

    def __init__(self, url: str, token: str) -> None:
        parts = urllib.parse.urlsplit(url.rstrip("/"))
        host = parts.hostname or ""
        is_here = host in {"localhost", "127.0.0.1", "::1"} or host.endswith(".localhost")
        if parts.scheme not in {"http", "https"} or not host or parts.path or parts.query:
            raise ValueError("--url must be the agency's side, like https://agency.porchlight.example.org")
        if parts.scheme == "http" and not is_here:
            raise ValueError("--url must begin with https://, or the token could be read on the way")
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Accept": "application/json",
            "User-Agent": "porchlight-evidence",
        }
        self._base = f"{parts.scheme}://{parts.netloc}"
        if host.endswith(".localhost"):
            # These names are the loopback by definition (RFC 6761), but not every resolver knows.
            port = f":{parts.port}" if parts.port else ""
            self._base = f"{parts.scheme}://127.0.0.1{port}"
            self._headers["Host"] = parts.netloc
        self._opener = urllib.request.build_opener(_NoRedirects)

    def get(self, path: str, **query: str) -> dict[str, Any]:
        """The object that a GET answers. Raises Answered, Unreachable."""
        asked = f"?{urllib.parse.urlencode(query)}" if query else ""
        return self._object("GET", path + asked, None)

    def post(self, path: str, value: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The object that a POST answers; empty where it answers none. Raises Answered, Unreachable."""
        return self._object("POST", path, value)

    def every(self, path: str, **query: str) -> Iterator[dict[str, Any]]:
        """All items of a list, part by part."""
        cursor = ""
        while True:
            found = self.get(path, cursor=cursor, **query)
            yield from found["items"]
            cursor = found["next"]
            if not cursor:
                return

    def pieces(self, path: str, start: int) -> Iterator[bytes]:
        """The bytes of an object from `start` on. Raises Answered, Unreachable."""
        with self._open("GET", path, headers={"Range": f"bytes={start}-"} if start else {}) as response:
            if start and response.status != 206:  # noqa: PLR2004 - a part was asked for
                raise Answered(response.status, "the platform did not go on where the file stopped")
            try:
                while piece := response.read(_READ):
                    yield piece
            except (OSError, HTTPException) as error:
                raise Unreachable("the line broke") from error

    def _object(self, method: str, path: str, value: Mapping[str, Any] | None) -> dict[str, Any]:
        body = None if method == "GET" else json.dumps(value or {}).encode()
        with self._open(method, path, body) as response:
            try:
                read = response.read(_MOST_JSON)
                found = json.loads(read) if read else {}
            except (OSError, HTTPException) as error:
                raise Unreachable("the line broke") from error
            except ValueError as error:
                raise Answered(response.status, "the answer is not from a Porchlight API") from error
        if not isinstance(found, dict):
            raise Answered(response.status, "the answer is not from a Porchlight API")
        return found

    def _open(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> HTTPResponse:
        sent = {**self._headers, **(headers or {})}
        if body is not None:
            sent["Content-Type"] = "application/json"
        # The address was checked when the client was made.
        asked = urllib.request.Request(self._base + path, body, sent, method=method)  # noqa: S310
        try:
            return cast("HTTPResponse", self._opener.open(asked, timeout=_TIMEOUT_S))
        except urllib.error.HTTPError as error:
            raise _refusal(error) from error
        except (OSError, HTTPException) as error:
            raise Unreachable(f"{self._base} cannot be reached: {error}") from error


def _refusal(error: urllib.error.HTTPError) -> Answered:
    try:
        told = json.loads(error.read(_MOST_JSON))["refused"]
        said, codes = " ".join(each["text"] for each in told), tuple(each["code"] for each in told)
    except (ValueError, KeyError, TypeError, OSError):
        return Answered(error.code, f"the platform answered {error.code}")
    return Answered(error.code, said, codes)
