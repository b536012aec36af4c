"""What the operator sets from outside: environment variables and one TOML file of policy numbers."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from porchlight.server.config.errors import SettingError


@dataclass(frozen=True)
class Environment:
    """The settings of one installation, read once at start."""

    data_dir: Path
    database_url: str
    agency_database_url: str
    storage_url: str
    smtp_url: str
    base_url: str
    secret_key: str
    map_url: str
    policy_file: Path | None
    notice_window_s: int
    demo: bool
    webhook_hosts: tuple[str, ...]
    trusted_proxy: bool
    metrics_web: str
    metrics_worker: str
    web_dist: Path

    @property
    def host(self) -> str:
        """The residents' host name without its port."""
        return urlsplit(self.base_url).hostname or "localhost"

    @property
    def secure(self) -> bool:
        """Whether the platform is reached over HTTPS."""
        return urlsplit(self.base_url).scheme == "https"


def read_environment() -> Environment:
    """Read the settings; every one has a default that works on one machine.

    Raises SettingError with one line that says what to do.
    """
    data_dir = Path(os.environ.get("PORCHLIGHT_DATA_DIR", "var")).resolve()
    base_url = os.environ.get("PORCHLIGHT_BASE_URL", "http://localhost:8000").rstrip("/")
    if urlsplit(base_url).scheme not in {"http", "https"} or not urlsplit(base_url).hostname:
        raise SettingError("PORCHLIGHT_BASE_URL must look like https://porchlight.example.org")
    policy = os.environ.get("PORCHLIGHT_POLICY_FILE", "")
    return Environment(
        data_dir=data_dir,
        database_url=os.environ.get(
            "PORCHLIGHT_DATABASE_URL", f"sqlite:///{data_dir / 'porchlight.sqlite3'}"
        ),
        agency_database_url=os.environ.get("PORCHLIGHT_AGENCY_DATABASE_URL", ""),
        storage_url=os.environ.get("PORCHLIGHT_STORAGE_URL", f"file://{data_dir / 'objects'}"),
        smtp_url=os.environ.get("PORCHLIGHT_SMTP_URL", "smtp://localhost:25"),
        base_url=base_url,
        secret_key=os.environ.get("PORCHLIGHT_SECRET_KEY", "") or _kept_secret(data_dir / "secret.key"),
        map_url=os.environ.get("PORCHLIGHT_MAP_URL", ""),
        policy_file=Path(policy) if policy else None,
        notice_window_s=_whole_number("PORCHLIGHT_NOTICE_WINDOW_SECONDS", 900),
        webhook_hosts=tuple(os.environ.get("PORCHLIGHT_WEBHOOK_HOSTS", "").replace(",", " ").split()),
        demo=os.environ.get("PORCHLIGHT_DEMO", "") == "1",
        trusted_proxy=os.environ.get("PORCHLIGHT_TRUSTED_PROXY", "") == "1",
        metrics_web=os.environ.get("PORCHLIGHT_METRICS_WEB", ""),
        metrics_worker=os.environ.get("PORCHLIGHT_METRICS_WORKER", ""),
        web_dist=Path(__file__).resolve().parents[1] / "ui" / "static" / "dist",
    )


def mail_settings(url: str) -> dict[str, object]:
    """Django's EMAIL_… settings for `smtp://user:password@host:port` (smtps:// for TLS from the first byte)."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps", "smtp+starttls"} or not parts.hostname:
        raise SettingError("PORCHLIGHT_SMTP_URL must look like smtp://user:password@mail.example.org:587")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_TIMEOUT": 20,
    }


def _whole_number(name: str, default: int) -> int:
    text = os.environ.get(name, str(default))
    if not text.isdigit() or int(text) > default:
        raise SettingError(f"{name} must be a whole number from 0 to {default}")
    return int(text)


def _kept_secret(path: Path) -> str:
    """The installation's own secret, made at the first start and readable by its user alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    return path.read_text().strip()
