"""Which objects the footage's rows point to: for the operator's tools, which see names and no household."""

from __future__ import annotations

from porchlight.server.footage.models import Clip, Upload


def object_names() -> set[str]:
    """The object of every clip and of every upload that may still become one."""
    return uploads_growing() | set(Clip.objects.values_list("object_name", flat=True))


def uploads_growing() -> set[str]:
    """The objects that somebody may be adding to right now. To read one would end its growth."""
    return set(Upload.objects.filter(used_at=None).values_list("object_name", flat=True))
