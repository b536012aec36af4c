"""Runs the steps in order and tells each in one line."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from porchlight.core.errors import PorchlightError
from porchlight.instance.mailbox import Mailbox
from porchlight.instance.platform import CommandFailed, DidNotStart, Platform, free_port
from porchlight.walkthrough import answering, asking, preparing, receiving
from porchlight.walkthrough.person import Unexpected
from porchlight.walkthrough.scene import Scene

_EMBEDDED: Mapping[str, str] = MappingProxyType({})
Step = Callable[[Scene], dict[str, Any]]
STEPS: tuple[Step, ...] = (
    preparing.start,
    preparing.staff_joins,
    preparing.agency_joins,
    preparing.homes_join,
    preparing.letters_prove_places,
    asking.refused_with_reasons,
    asking.submitted,
    asking.signed,
    asking.approved,
    asking.mailed,
    answering.declined,
    answering.opted_out,
    answering.shared,
    receiving.officer_is_told,
    receiving.received,
    receiving.nobody_else,
)


def new_scene(video: Path, instance: Path, backend: Mapping[str, str] = _EMBEDDED) -> Scene:
    """An installation below `instance` that nobody has joined; what its processes put aside stays below it too.

    `backend`: settings of an empty database and object store elsewhere; without them both lie below `instance`.
    """
    temporary = instance / "tmp"
    temporary.mkdir(parents=True)
    settings = {"PORCHLIGHT_NOTICE_WINDOW_SECONDS": "0", "TMPDIR": str(temporary), **backend}
    platform = Platform(instance / "data", free_port(), free_port(), settings)
    return Scene(platform=platform, mail_dir=instance / "mail", video=video, letters=instance / "letters")


def walk(
    video: Path, instance: Path, out: Path, backend: Mapping[str, str] = _EMBEDDED
) -> Iterator[dict[str, Any]]:
    """Yield one line a step; the last is `done`. A failed step ends the walk with `ok` false and what went wrong."""
    scene = new_scene(video, instance, backend)
    began = time.monotonic()
    ok = True
    with Mailbox(scene.mail_dir, scene.platform.smtp_port):
        try:
            steps = [(step.__name__, step) for step in STEPS]
            steps.append(("handed_over", lambda scene: receiving.handed_over(scene, out)))
            for name, step in steps:
                line = _line(name, step, scene)
                ok = line["ok"]
                yield line
                if not ok:
                    break
        finally:
            scene.close()
    yield {"step": "done", "ok": ok, "seconds": round(time.monotonic() - began, 2)}


def _line(name: str, step: Step, scene: Scene) -> dict[str, Any]:
    began = time.monotonic()
    try:
        facts, ok = step(scene), True
    except (Unexpected, CommandFailed, DidNotStart, PorchlightError, OSError, KeyError, ValueError) as error:
        facts, ok = {"error": f"{type(error).__name__}: {error}"}, False
    exchanges = facts.pop("exchanges", [])
    exchanges = [line for person in scene.people.values() for line in person.taken()] + exchanges
    return {"step": name, "ok": ok, "seconds": round(time.monotonic() - began, 2), **facts, "http": exchanges}
