"""Taking hold of a request before it changes.

The agency's row is locked first, then the request's: whoever counts an agency's requests or moves one of them waits
for the other. On SQLite every transaction holds the whole database from its first statement, which does the same.
"""

from __future__ import annotations

from uuid import UUID

from porchlight.core.errors import Conflict, NotFound
from porchlight.core.visibility import Actor
from porchlight.server.agencies.models import Agency
from porchlight.server.video_requests.access.seeing import visible
from porchlight.server.video_requests.models import VideoRequest


def locked_agency(actor: Actor | None) -> Agency:
    """The actor's own agency, locked. Raises NotFound."""
    if actor is None or actor.agency_id is None:
        raise NotFound
    found = Agency.objects.select_for_update().filter(pk=actor.agency_id).first()
    if found is None:
        raise NotFound
    return found


def locked_own(actor: Actor | None, request_id: UUID | str) -> VideoRequest:
    """One of the actor's agency's requests that the actor may read, locked. Raises NotFound."""
    return _locked(actor, request_id, agency_id=locked_agency(actor).pk)


def locked_for_review(actor: Actor | None, request_id: UUID | str) -> VideoRequest:
    """A request that the reviewer may read, locked. Raises NotFound."""
    return _locked(actor, request_id)


def locked_by_system(request_id: UUID | str) -> VideoRequest:
    """Any request, locked, for what nobody does. Raises NotFound."""
    found = VideoRequest.objects.select_for_update().filter(pk=request_id).first()
    if found is None:
        raise NotFound
    return found


def same_version(request: VideoRequest, version: int | None) -> None:
    """Raises Conflict if the page that was answered showed an older version than what stands now."""
    if version is not None and version != request.version:
        raise Conflict("request_changed_elsewhere")


def _locked(actor: Actor | None, request_id: UUID | str, **own: UUID) -> VideoRequest:
    found = visible(actor).filter(pk=request_id, **own).select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    return found
