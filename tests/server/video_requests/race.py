"""Two people at the same moment, on a database in a file, as the web processes see it.

Run as a program: `python race.py NAME`, with PORCHLIGHT_DATA_DIR set to a directory whose database
is migrated (`migrate` does that). Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "porchlight.server.config.settings")
django.setup()

import town  # noqa: E402 - the directory of this program is first on the path
from django.core.management import call_command  # noqa: E402 - needs the settings
from django.db import close_old_connections, connection  # noqa: E402

from porchlight.core.errors import Conflict, Refused  # noqa: E402
from porchlight.server.foundation.clock import use_clock  # noqa: E402
from porchlight.server.foundation.models import OutboxEvent  # noqa: E402
from porchlight.server.video_requests import actions  # noqa: E402
from porchlight.server.video_requests.models import Decision, VideoRequest  # noqa: E402


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Run the acts in threads that start together; what each came to, sorted."""
    start, found = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        with use_clock(lambda: town.NOW):
            start.wait()
            try:
                act()
                found.append("done")
            except Refused as refused:
                found.append(refused.reasons[0].code)
            except Conflict as conflict:
                found.append(str(conflict))
            finally:
                connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()
    return sorted(found)


def limit_per_case() -> dict[str, Any]:
    """One of the case's two requests is sent; four tabs send four more for it."""
    agents = town.make_agency()
    town.submitted(agents)
    drafts = [town.save(agents.officer, public_summary=f"{town.SUMMARY} Number {n}.") for n in range(4)]
    found = at_once(*(lambda each=each: town.submit(agents.officer, each) for each in drafts))
    return {"found": found, "submitted": VideoRequest.objects.filter(state="submitted").count()}


def two_reviewers() -> dict[str, Any]:
    """Two reviewers decide a request that needs one."""
    agents, one, two = town.make_agency(), town.make_reviewer("one"), town.make_reviewer("two")
    request = town.signed(agents)
    found = at_once(lambda: town.decide(one, request, "approve"), lambda: town.decide(two, request, "reject"))
    approved = OutboxEvent.objects.filter(topic="video_request.approved").count()
    state = VideoRequest.objects.get(pk=request.pk).state
    return {
        "found": found,
        "decisions": Decision.objects.count(),
        "agrees": (state == "approved") == bool(approved),
    }


def two_of_two() -> dict[str, Any]:
    """Two reviewers answer together where two are needed."""
    agents, one, two = town.make_agency(), town.make_reviewer("one"), town.make_reviewer("two")
    request = town.signed(agents, flags=frozenset({"minors"}))
    found = at_once(lambda: town.decide(one, request), lambda: town.decide(two, request))
    approved = OutboxEvent.objects.filter(topic="video_request.approved").count()
    return {"found": found, "approved": approved, "state": VideoRequest.objects.get(pk=request.pk).state}


def sign_or_withdraw() -> dict[str, Any]:
    """The supervisor signs while the author withdraws, and another supervisor's click sends it back."""
    agents = town.make_agency()
    request = town.submitted(agents)
    found = at_once(
        lambda: actions.sign(by=town.fresh(agents.supervisor), request_id=request.pk),
        lambda: actions.send_back(
            by=agents.supervisor, request_id=request.pk, note="Please draw it smaller."
        ),
    )
    return {"found": found, "state": VideoRequest.objects.get(pk=request.pk).state}


def double_click() -> dict[str, Any]:
    """The same send, three times at once."""
    agents = town.make_agency()
    request = town.save(agents.officer)
    recipient, wraps = town.key_for(agents.officer)
    send = lambda: actions.submit(  # noqa: E731
        by=agents.officer, request_id=request.pk, q_recipient=recipient, wraps=wraps
    )
    found = at_once(send, send, send)
    return {"found": found, "mails": OutboxEvent.objects.filter(topic="video_request.mail").count()}


RACES = {
    each.__name__: each
    for each in (limit_per_case, two_reviewers, two_of_two, sign_or_withdraw, double_click)
}

if __name__ == "__main__":
    if sys.argv[1] == "migrate":
        call_command("migrate", verbosity=0)
    else:
        with use_clock(lambda: town.NOW):
            sys.stdout.write(json.dumps(RACES[sys.argv[1]]()))
