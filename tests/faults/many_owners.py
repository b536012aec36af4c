"""Fills the installation of this environment with asked owners. Run as a program: `python many_owners.py COUNT`.

They live on one square; a request about it is approved and logged, and its event stands in the outbox.
"""

import sys
from pathlib import Path

from porchlight.commands.django_setup import setup

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "server" / "consent"))


def main(count: int) -> None:
    setup()
    import arrange

    arrange.many_homes(count=count)
    arrange.approved(by_agency=arrange.agency())


if __name__ == "__main__":
    main(int(sys.argv[1]))
