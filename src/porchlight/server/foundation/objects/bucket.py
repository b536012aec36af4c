"""The bucket that PORCHLIGHT_STORAGE_URL names, and the client that speaks to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from porchlight.server.config.errors import SettingError

_KNOWN = frozenset({"endpoint", "region", "prefix", "key", "secret"})
# A request that hangs is given up after this; the standard mode then tries up to three times more, with pauses.
_CONNECT_S, _READ_S, _TRIES = 5, 30, 4
_CONNECTIONS = 32


@dataclass(frozen=True)
class Bucket:
    """`endpoint`, `region` and the credentials may be empty: then the AWS variables and files say them."""

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    key: str = ""
    secret: str = field(default="", repr=False)

    @property
    def client(self) -> Any:
        """One client a process for the same place; it may be used by many threads."""
        return _client(self.endpoint, self.region, self.key, self.secret)


def read_bucket(url: str) -> Bucket:
    """Read `s3://bucket?endpoint=…&region=…&prefix=…&key=…&secret=…`. Raises SettingError."""
    parts = urlsplit(url)
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    if not parts.netloc or parts.path.strip("/"):
        raise SettingError(
            "PORCHLIGHT_STORAGE_URL must look like s3://bucket?region=us-east-1&prefix=porchlight/"
        )
    if unknown := sorted(set(given) - _KNOWN):
        raise SettingError(
            f"PORCHLIGHT_STORAGE_URL: {', '.join(unknown)} is not known; known are {', '.join(sorted(_KNOWN))}"
        )
    if bool(given.get("key")) != bool(given.get("secret")):
        raise SettingError("PORCHLIGHT_STORAGE_URL: key and secret stand together or not at all")
    if given.get("endpoint") and urlsplit(given["endpoint"]).scheme not in {"http", "https"}:
        raise SettingError("PORCHLIGHT_STORAGE_URL: endpoint must begin with https:// or http://")
    return Bucket(parts.netloc, **given)


@cache
def _client(endpoint: str, region: str, key: str, secret: str) -> Any:
    import boto3  # noqa: PLC0415 - takes a third of a second to load
    from botocore.config import Config  # noqa: PLC0415 - as above

    return boto3.client(
        "s3",
        endpoint_url=endpoint or None,
        region_name=region or None,
        aws_access_key_id=key or None,
        aws_secret_access_key=secret or None,
        config=Config(
            connect_timeout=_CONNECT_S,
            read_timeout=_READ_S,
            retries={"mode": "standard", "max_attempts": _TRIES},
            max_pool_connections=_CONNECTIONS,
            # A host name for each bucket is Amazon's way; other stores answer under their own name.
            s3={"addressing_style": "path" if endpoint else "auto"},
            # Not every store knows Amazon's newer checksums; the whole object's SHA-256 is compared in any case.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )
