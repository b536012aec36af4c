"""Sending a request with its key, and what only a supervisor does, in person."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from ninja import Field, Schema

from porchlight.server.agencies.access import key_recipients_for_request
from porchlight.server.foundation.routing import Audience
from porchlight.server.portals.agency.api.requests import RequestOut, request_out
from porchlight.server.portals.agency.api.side import api
from porchlight.server.portals.api.doors import ApiRequest
from porchlight.server.portals.api.schemas import Base64, Given, bytes_of
from porchlight.server.tokens.access import Scope
from porchlight.server.video_requests import access, actions

_OFFICER, _SUPERVISOR = Audience.OFFICER, Audience.SUPERVISOR
_MOST_WRAPS = 500


class RecipientOut(Schema):
    """A key that the request's secret must be wrapped to."""

    key_id: UUID
    name: str
    role: str
    recipient: str


class RecipientsOut(Schema):
    """All of them, and the version of the draft that is sent."""

    recipients: list[RecipientOut]
    version: int


class WrapIn(Given):
    """The request's secret for one key: a binary age file."""

    key_id: UUID
    ciphertext: Base64


class SubmitIn(Given):
    """The request's public half (`age1…`), and its secret wrapped to each recipient, for nobody else."""

    q_recipient: str = Field("", max_length=200)
    wraps: list[WrapIn] = Field([], max_length=_MOST_WRAPS)
    version: int | None = Field(None, ge=1, le=2_000_000_000)


class VersionIn(Given):
    """The version that was read."""

    version: int = Field(ge=1, le=2_000_000_000)


class NoteIn(VersionIn):
    """Why it goes back; the agency alone reads it."""

    note: str = Field(max_length=2000)


@api.get(
    "/requests/{uuid:request_id}/keys", audience=_OFFICER, scope=Scope.REQUESTS_WRITE, answer=RecipientsOut
)
def list_request_keys(request: ApiRequest, request_id: UUID) -> Mapping[str, object]:
    """To whom the secret of this request is wrapped: its author and every evidence custodian."""
    asked = access.request_for(request.actor, request_id)
    found = [
        {"key_id": each.key_id, "name": each.officer_name, "role": each.role, "recipient": each.recipient}
        for each in key_recipients_for_request(request.actor)
    ]
    return {"recipients": found, "version": asked.version}


@api.post(
    "/requests/{uuid:request_id}/submit",
    audience=_OFFICER,
    scope=Scope.REQUESTS_WRITE,
    answer=RequestOut,
    also=(409,),
)
def submit_request(request: ApiRequest, request_id: UUID, body: SubmitIn) -> Mapping[str, object]:
    """Send a draft to the supervisor, with the request's key. The same sent twice is sent once."""
    wraps = [actions.Wrap(each.key_id, bytes_of(each.ciphertext)) for each in body.wraps]
    submitted = actions.submit(
        by=request.actor,
        request_id=request_id,
        q_recipient=body.q_recipient,
        wraps=wraps,
        version=body.version,
    )
    return request_out(submitted)


@api.post(
    "/requests/{uuid:request_id}/sign", audience=_SUPERVISOR, fresh=True, answer=RequestOut, also=(409,)
)
def sign_request(request: ApiRequest, request_id: UUID, body: VersionIn) -> Mapping[str, object]:
    """Sign another person's request, so that it goes to the review desk."""
    return request_out(actions.sign(by=request.actor, request_id=request_id, version=body.version))


@api.post("/requests/{uuid:request_id}/send-back", audience=_SUPERVISOR, answer=RequestOut, also=(409,))
def send_back_request(request: ApiRequest, request_id: UUID, body: NoteIn) -> Mapping[str, object]:
    """Send a request back to its author with a note."""
    sent = actions.send_back(by=request.actor, request_id=request_id, note=body.note, version=body.version)
    return request_out(sent)
