"""Sealing and opening a clip in Python, beside the stock `age` command on the same file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.measured import Measured, rates
from porchlight.seal.keys import generate_identity
from porchlight.seal.opening import open_file
from porchlight.seal.sealing import seal_file

_MEGABYTES = 128
_PEER = "the age command, files as stdin and stdout"


def seal() -> Measured:
    """MB of plaintext sealed in a second, SHA-256 of both sides and the sync to disk included for ours."""
    return _compared(opening=False)


def open_() -> Measured:
    """MB of plaintext opened in a second, SHA-256 and the sync to disk included for ours."""
    return _compared(opening=True)


def _compared(*, opening: bool) -> Measured:
    age = shutil.which("age")
    if age is None:
        sys.exit("the peer is missing: apt-get install age")
    identity = generate_identity()
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        plain, sealed, key = directory / "plain", directory / "sealed", directory / "key"
        plain.write_bytes(os.urandom(1024 * 1024) * _MEGABYTES)
        key.write_text(identity.secret + "\n")
        seal_file(plain, sealed, [identity.recipient])

        def own() -> None:
            target = directory / "own"
            target.unlink(missing_ok=True)
            if opening:
                open_file(sealed, target, identity)
            else:
                seal_file(plain, target, [identity.recipient])

        def peer() -> None:
            words = [age, "-d", "-i", str(key)] if opening else [age, "-r", identity.recipient]
            with (
                (sealed if opening else plain).open("rb") as source,
                (directory / "peer").open("wb") as target,
            ):
                subprocess.run(words, stdin=source, stdout=target, check=True)

        value, peer_value = rates(own, peer, _MEGABYTES * 1.048576)
    return Measured("MB/s", value, _PEER, peer_value)
