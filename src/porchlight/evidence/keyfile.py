"""An evidence system's key on its own disk: an age identity file, as the `age` command reads it."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path

from porchlight.seal.errors import SealError
from porchlight.seal.keys import Identity, generate_identity, read_identity

_TOKEN = re.compile(r"porchlight_[A-Za-z0-9_-]{40,80}")


class FileProblem(Exception):
    """A file cannot be used. The message is one line that says what to do."""


def make(path: Path, now: datetime) -> Identity:
    """A new identity in a new file that only its user reads. An existing file is never written over."""
    identity = generate_identity()
    text = f"# made: {now.isoformat(timespec='seconds')}\n# public half: {identity.recipient}\n{identity.secret}\n"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise FileProblem(f"{path} exists; choose another file, or use that key") from error
    except OSError as error:
        raise FileProblem(f"{path} cannot be written: {error.strerror}") from error
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return identity


def read(path: Path) -> Identity:
    """The identity of a file. Raises FileProblem where others can read it, or it holds none."""
    lines = [line for line in _own(path).splitlines() if line.strip() and not line.startswith("#")]
    if len(lines) != 1:
        raise FileProblem(f"{path} holds no single age identity; make one with: porchlight evidence key")
    try:
        return read_identity(lines[0])
    except SealError as error:
        raise FileProblem(f"{path} holds no age identity; make one with: porchlight evidence key") from error


def read_token(path: Path) -> str:
    """The token in a file."""
    text = _own(path).strip()
    if not _TOKEN.fullmatch(text):
        raise FileProblem(f"{path} holds no token; it begins with porchlight_ and stands alone in the file")
    return text


def _own(path: Path) -> str:
    try:
        if path.stat().st_mode & 0o077:
            raise FileProblem(f"others can read {path}; first: chmod 600 {path}")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileProblem(f"{path} cannot be read") from error
