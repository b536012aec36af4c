"""`python -m bench.smtp_loop PORT FILE`: the peer: a bare smtplib loop over one connection; prints its seconds."""

from __future__ import annotations

import pickle
import smtplib
import sys
import time
from pathlib import Path


def main(port: int, file: Path) -> None:
    """Sends the mails that the sink kept, byte for byte."""
    mails = pickle.loads(file.read_bytes())  # noqa: S301 - the bench wrote it
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for _moment, recipient, content in mails:
            server.sendmail("porchlight@localhost", [recipient], content)
    print(time.perf_counter() - began)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
