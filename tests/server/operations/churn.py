"""Adds and deletes clips in the installation of this environment until it is ended."""

import sys
from itertools import count
from pathlib import Path

from porchlight.commands.django_setup import setup

sys.path.insert(0, str(Path(__file__).parent))


def main() -> None:
    setup()
    from django.db import transaction
    from fill import clip

    from porchlight.server.footage.models import Clip
    from porchlight.server.foundation.actions import housekeeping
    from porchlight.server.foundation.objects import object_store

    print("running", flush=True)
    for number in count():
        with housekeeping("test.churn"), transaction.atomic():
            clip(number)
            old = Clip.objects.order_by("?").first()
            Clip.objects.filter(pk=old.pk).delete()
            name = old.object_name
            transaction.on_commit(lambda name=name: object_store().delete(name))


if __name__ == "__main__":
    main()
