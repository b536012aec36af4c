"""Which objects the shares point to: for the operator's tools, which see names and no request."""

from __future__ import annotations

from porchlight.server.disclosures.models import Share


def object_names() -> set[str]:
    """The object of every share whose copy was not deleted yet."""
    return set(Share.objects.exclude(object_name="").values_list("object_name", flat=True))
