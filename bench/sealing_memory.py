"""`python -m bench.sealing_memory BYTES`: prints by how many MB sealing and opening that much raises the peak memory."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from porchlight.seal.keys import generate_identity
from porchlight.seal.opening import open_stream
from porchlight.seal.sealing import seal_stream


def main(size: int) -> None:
    """The source is a file of zeros without blocks, so that the disk is left out; the result is sealed all the same."""
    identity = generate_identity()
    small = io.BytesIO()
    seal_stream(io.BytesIO(b"x"), small, [identity.recipient])
    small.seek(0)
    open_stream(small, io.BytesIO(), identity)
    before = _peak_kb()
    with tempfile.TemporaryFile() as plain, Path("/dev/null").open("wb") as nowhere:
        plain.truncate(size)
        seal_stream(plain, nowhere, [identity.recipient])
    print((_peak_kb() - before) / 1000)


def _peak_kb() -> int:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    return int(line.split()[1])


if __name__ == "__main__":
    main(int(sys.argv[1]))
