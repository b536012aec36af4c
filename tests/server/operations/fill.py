"""Fills the installation of this environment with something of everything a backup must keep: `python fill.py CLIPS`."""

import sys
from datetime import timedelta
from pathlib import Path

from porchlight.commands.django_setup import setup

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "consent"))
SIZE = 100_000


def main(clips: int) -> None:
    setup()
    import arrange

    from porchlight.server.foundation import clock
    from porchlight.server.foundation.actions import housekeeping
    from porchlight.server.transparency.actions import sequence

    arrange.many_homes(count=20)
    arrange.approved(by_agency=arrange.agency())
    sequence()
    with housekeeping("test.fill"):
        for number in range(clips):
            clip(number)
        from porchlight.server.footage.models import Upload
        from porchlight.server.households.models import Membership

        member = Membership.objects.order_by("pk").first()
        Upload.objects.create(
            user_id=member.user_id,
            household_id=member.household_id,
            object_name=stored(b"what came so far"),
            length=SIZE,
            expires_at=clock.now() + timedelta(days=10),
        )


def clip(number: int):
    from porchlight.server.footage.models import Clip
    from porchlight.server.foundation import clock
    from porchlight.server.households.models import Household

    today = clock.now().date()
    return Clip.objects.create(
        household=Household.objects.order_by("pk").first(),
        object_name=stored(number.to_bytes(4) * (SIZE // 4)),
        sealed_size=SIZE,
        sealed_sha256="0" * 64,
        head=b"\x00\xffhead",
        grant=b"grant",
        uploaded_on=today,
        expires_on=today + timedelta(days=30),
    )


def stored(data: bytes) -> str:
    from porchlight.server.foundation.objects import object_store

    name = object_store().create()
    object_store().append(name, 0, [data], SIZE)
    return name


if __name__ == "__main__":
    main(int(sys.argv[1]))
