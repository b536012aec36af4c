"""The database that PORCHLIGHT_DATABASE_URL names, as Django wants it told.

Reads and writes rely on READ COMMITTED with row locks, which PostgreSQL gives without being asked; SQLite has one
writer at a time.
"""

from __future__ import annotations

import os
from urllib.parse import parse_qsl, unquote, urlsplit

from porchlight.server.config.errors import SettingError

CONNECTIONS = 10
_WAIT_FOR_CONNECTION_S = 20
# A lock is held for a small write or one part of an upload; who waits longer is told so and tries again.
_SESSION = {
    "lock_timeout": "15s",
    "statement_timeout": "60s",
    # Longer than the object store may take over one part (foundation.objects.s3), as the upload's row is locked meanwhile.
    "idle_in_transaction_session_timeout": "300s",
}


def database_settings(url: str) -> dict[str, object]:
    """Django's DATABASES entry for a `sqlite:///path` or `postgresql://user:password@host/name?option=…` address.

    Raises SettingError.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: a row that was answered for survives a power cut. secure_delete: deleted is overwritten.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return _postgres(url)
    raise SettingError("PORCHLIGHT_DATABASE_URL must begin with sqlite:/// or postgresql://")


def _postgres(url: str) -> dict[str, object]:
    """Threads of a process share a pool of connections, each checked before it is handed out."""
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise SettingError("PORCHLIGHT_DATABASE_URL must name a database: postgresql://user@host/porchlight")
    # Everything behind the question mark is libpq's: sslmode, sslrootcert, host (a socket's directory), …
    options: dict[str, object] = dict(parse_qsl(parts.query))
    settings = " ".join(f"-c {key}={value}" for key, value in _SESSION.items())
    options["options"] = f"{settings} {options.get('options', '')}".strip()
    options.setdefault("application_name", "porchlight")
    options.setdefault("connect_timeout", "10")
    host = str(options.pop("host", ""))
    user, password = str(options.pop("user", "")), str(options.pop("password", ""))
    try:
        port = str(parts.port or options.pop("port", ""))
    except ValueError as error:
        raise SettingError("PORCHLIGHT_DATABASE_URL: the port must be a number") from error
    options["pool"] = {"min_size": 1, "max_size": _connections(), "timeout": _WAIT_FOR_CONNECTION_S}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or "") or user,
        "PASSWORD": unquote(parts.password or "") or password,
        "HOST": unquote(parts.hostname or "") or host,
        "PORT": port,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _connections() -> int:
    text = os.environ.get("PORCHLIGHT_DATABASE_CONNECTIONS", str(CONNECTIONS))
    if not text.isdigit() or not 1 <= int(text) <= 1000:  # noqa: PLR2004 - beyond is a slip of the finger
        raise SettingError("PORCHLIGHT_DATABASE_CONNECTIONS must be a whole number from 1 to 1000")
    return int(text)
