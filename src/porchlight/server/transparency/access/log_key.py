"""The log's signing key: one file beside the database, made at first use, readable by its user alone.

Invariant: once a checkpoint was signed, the key never changes unnoticed; a lost key file stops the log.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from porchlight.server.foundation import randomness
from porchlight.server.transparency.models import Checkpoint, LogHead


class LogKeyMissing(RuntimeError):
    """The log has signed checkpoints, and the key that signed them is gone. Restore it from the backup."""


def origin() -> str:
    """The log's name, e.g. `porchlight.example.org/log`. It stands in every checkpoint."""
    return f"{settings.PORCHLIGHT.host}/log"


def signing_key() -> Ed25519PrivateKey:
    """The key, made at first use. Raises LogKeyMissing rather than begin a second one."""
    path = Path(settings.PORCHLIGHT.data_dir) / "log.key"
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        if Checkpoint.objects.exists():
            raise LogKeyMissing(f"{path} is missing; restore it from the backup") from None
        data = _make(path)
    key = load_pem_private_key(data, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise LogKeyMissing(f"{path} holds another kind of key")
    return key


def require_same(head: LogHead) -> None:
    """Note in the locked head which key signs; raises LogKeyMissing where another machine's key has signed before."""
    own = signing_key().public_key().public_bytes_raw().hex()
    if head.public_key not in {"", own}:
        path = Path(settings.PORCHLIGHT.data_dir) / "log.key"
        raise LogKeyMissing(f"{path} is not the key that signs this log; copy log.key from the first machine")
    head.public_key = own


def _make(path: Path) -> bytes:
    """Write a new key whole or not at all; of two processes that do so at once, one wins for both."""
    path.parent.mkdir(parents=True, exist_ok=True)
    key = Ed25519PrivateKey.from_private_bytes(randomness.token_bytes(32))
    draft = path.with_name(f"{path.name}.{os.getpid()}.{randomness.token_bytes(4).hex()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return path.read_bytes()
    finally:
        draft.unlink()
        directory = os.open(path.parent, os.O_RDONLY)
        os.fsync(directory)
        os.close(directory)
    return path.read_bytes()
