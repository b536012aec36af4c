"""One message to an address that a person of staff entered: HTTPS, signed, and never into the own network.

- The host name is resolved once, every address of it must be public, and the connection goes to exactly such an
  address; the certificate is checked against the name. So a name that changes its answer leads nowhere else.
- Redirects are not followed; anything but 2xx counts as not taken.
- The whole call has a deadline; of the answer only the first line is read.
- The body is signed: `Porchlight-Signature: t=SECONDS,v1=HMAC-SHA256(secret, "SECONDS.body")` in hexadecimal.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import ipaddress
import json
import re
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from porchlight.core.errors import PorchlightError

DEADLINE_S = 8.0
_HTTPS = 443
_MOST_LINE = 1024
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})\b")
_HOST = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\Z")
_PATH = re.compile(r"[\x21-\x7e]*\Z")


class NotSent(PorchlightError):
    """The message was not taken. `code` is a reason's code; `again`: whether another try could help."""

    def __init__(self, code: str, *, again: bool = False) -> None:
        super().__init__(code)
        self.code, self.again = code, again


@dataclass(frozen=True)
class Target:
    """Where a message goes."""

    host: str
    port: int
    path: str


def read_target(url: str, *, allowed_hosts: Sequence[str] = ()) -> Target:
    """The address taken apart. Raises NotSent unless it is https with a host name that the operator allows."""
    try:
        parts = urlsplit(url)
        port = parts.port or _HTTPS
    except ValueError:
        raise NotSent("webhook_not_https") from None
    host = (parts.hostname or "").rstrip(".").lower()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    plain = parts.username is None and parts.password is None and not parts.fragment
    # A bare address has no name that a certificate could be checked against, and no dot-less name is public.
    if parts.scheme != "https" or not plain or not _HOST.match(host) or not _PATH.match(path):
        raise NotSent("webhook_not_https")
    if allowed_hosts and host not in {each.lower() for each in allowed_hosts}:
        raise NotSent("webhook_not_allowed")
    return Target(host, port, path)


def is_public(address: str) -> bool:
    """Whether an IP address is a machine on the open Internet, however it is written."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if found in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not found.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str, port: int) -> list[str]:
    """Every address of the name. Raises OSError."""
    return [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True)
class Sender:
    """What a call needs; the defaults are those in earnest."""

    resolve: Callable[[str, int], list[str]] = resolve
    admits: Callable[[str], bool] = is_public
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    clock: Callable[[], float] = time.time
    deadline_s: float = DEADLINE_S

    def post(self, target: Target, message: Mapping[str, object], secret: str) -> None:
        """Send it. Raises NotSent."""
        try:
            addresses = self.resolve(target.host, target.port)
        except OSError:
            raise NotSent("webhook_not_found", again=True) from None
        # One private address among public ones is no mistake of a resolver; it is somebody's try.
        if not addresses or not all(self.admits(each) for each in addresses):
            raise NotSent("webhook_not_public")
        body = json.dumps(message, sort_keys=True).encode()
        until = time.monotonic() + self.deadline_s
        try:
            status = self._exchange(addresses[0], target, self._request(target, body, secret), until)
        except (OSError, ssl.SSLError):
            raise NotSent("webhook_not_taken", again=True) from None
        if not 200 <= status < 300:  # noqa: PLR2004 - what HTTP calls a success
            raise NotSent("webhook_not_taken", again=status >= 500)  # noqa: PLR2004 - the server's own failure

    def _request(self, target: Target, body: bytes, secret: str) -> bytes:
        at = int(self.clock())
        signature = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
        host = target.host if target.port == _HTTPS else f"{target.host}:{target.port}"
        head = (
            f"POST {target.path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nUser-Agent: Porchlight\r\nConnection: close\r\n"
            f"Porchlight-Signature: t={at},v1={signature}\r\n\r\n"
        )
        return head.encode("ascii") + body

    def _exchange(self, address: str, target: Target, request: bytes, until: float) -> int:
        """The answer's status; 0 for an answer that is none. Raises OSError, also when the deadline has passed."""
        with (
            socket.create_connection((address, target.port), timeout=_left(until)) as plain,
            contextlib.closing(self.context.wrap_socket(plain, server_hostname=target.host)) as line,
        ):
            line.settimeout(_left(until))
            line.sendall(request)
            answer = b""
            while b"\n" not in answer and len(answer) < _MOST_LINE:
                line.settimeout(_left(until))
                part = line.recv(_MOST_LINE)
                if not part:
                    break
                answer += part
        found = _STATUS.match(answer)
        return int(found[1]) if found else 0


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
