"""`python -m bench.web_audit` with acknowledged shares on standard input: what is lost, what is doubled. Prints JSON."""

from __future__ import annotations

import json
import sys
import time

from porchlight.commands.django_setup import setup

_PATIENCE_S = 90


def main(acknowledged: list[str]) -> None:
    setup()
    from porchlight.server.consent.models import Invitation, OwnShare  # noqa: PLC0415 - after the set-up
    from porchlight.server.disclosures.models import CustodyEntry, Share  # noqa: PLC0415
    from porchlight.server.foundation.models import OutboxEvent  # noqa: PLC0415
    from porchlight.server.foundation.objects import object_store  # noqa: PLC0415
    from porchlight.server.notifications.models import Notice  # noqa: PLC0415

    deadline = time.monotonic() + _PATIENCE_S
    while OutboxEvent.objects.filter(done_at=None).exists() and time.monotonic() < deadline:
        time.sleep(0.5)
    own = {str(each) for each in OwnShare.objects.values_list("share_id", flat=True)}
    agencys = {str(row.pk): row for row in Share.objects.all()}
    names = [row.object_name for row in agencys.values()]
    wrong_size = [
        key for key, row in agencys.items() if object_store().size(row.object_name) != row.sealed_size
    ]
    notices = list(Notice.objects.values_list("request_id", "user_id"))
    invitations = list(Invitation.objects.values_list("request_id", "household_id"))
    first_entries = (
        CustodyEntry.objects.filter(sequence=1).count() or CustodyEntry.objects.filter(sequence=0).count()
    )
    found = {
        "acknowledged": len(acknowledged),
        "lost": len([each for each in acknowledged if each not in own or each not in agencys]),
        "on_one_side_only": len(own ^ set(agencys)),
        "shares": len(own),
        "doubled_objects": len(names) - len(set(names)),
        "objects_of_another_size": len(wrong_size),
        "shares_without_custody": len(own) - first_entries,
        "doubled_notices": len(notices) - len(set(notices)),
        "doubled_invitations": len(invitations) - len(set(invitations)),
        "unsent_notices": Notice.objects.filter(sent_at=None).count(),
        "undone_events": OutboxEvent.objects.filter(done_at=None).count(),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(json.load(sys.stdin))
