"""The public log: its page, its checkpoint, its entries and proofs."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from porchlight.core.errors import NotFound
from porchlight.core.tlog import leaf_hash
from porchlight.server.portals.public.log_rows import is_about_request, rows_of
from porchlight.server.transparency import access

_LATEST = 20
_TEXT = "text/plain; charset=utf-8"
_FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What the log holds and how to check it."""
    size = access.log_size()
    context = {
        "size": size,
        "latest": rows_of(access.entries(max(0, size - _LATEST))[::-1]),
        "checkpoint": access.latest_checkpoint(),
        "verifier_key": access.verifier_key(),
        "origin": access.origin(),
        "base": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "public/log.html", context)


@require_safe
def checkpoint(_request: HttpRequest) -> HttpResponse:
    """The newest signed checkpoint (a C2SP signed note)."""
    note = access.checkpoint()
    if note is None:
        raise NotFound
    return HttpResponse(note, content_type=_TEXT)


@require_safe
def key(_request: HttpRequest) -> HttpResponse:
    """The log's verifier key, as monitors want it."""
    return HttpResponse(access.verifier_key() + "\n", content_type=_TEXT)


@require_safe
def entry(_request: HttpRequest, index: int) -> HttpResponse:
    """The bytes of one entry, exactly as they are hashed."""
    response = HttpResponse(access.entry(index).body, content_type="application/json")
    response["Cache-Control"] = _FOR_EVER
    return response


@require_safe
def entry_page(request: HttpRequest, index: int) -> HttpResponse:
    """One entry for a person to read, and to have checked by the browser."""
    found = access.entry(index)
    under = access.latest_checkpoint()
    if under is None or index >= under.size:
        raise NotFound
    fields = found.fields
    context = {
        "entry": rows_of([found])[0],
        "round": fields.get("round"),
        "hidden": len(fields.get("hidden", {})),
        "about_request": is_about_request(found),
        "body": found.body.decode(),
        "leaf": leaf_hash(found.body).hex(),
        "checkpoint": under,
        "root": access.root_at(under.size).hex(),
        "verifier_key": access.verifier_key(),
    }
    return render(request, "public/entry.html", context)


@require_safe
def entry_proof(request: HttpRequest, index: int) -> HttpResponse:
    """That this entry is in the log; `?size=` asks for the proof under an earlier checkpoint that somebody kept."""
    size = request.GET.get("size")
    if size is not None and not _is_number(size):
        raise NotFound
    text = access.proof_of(index, None if size is None else int(size))
    if text is None:
        raise NotFound
    return HttpResponse(text, content_type=_TEXT)


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """Up to 256 entries from `?start=` on, one a line: what is hashed is the line without its end."""
    start = request.GET.get("start", "0")
    if not _is_number(start):
        raise NotFound
    lines = b"".join(each.body + b"\n" for each in access.entries(int(start), access.BATCH))
    return HttpResponse(lines, content_type="application/x-ndjson")


@require_safe
def proof(_request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """That the newest entry about this subject is in the log (`c2sp.org/tlog-proof@v1`)."""
    text = access.proof_for(subject_id)
    if text is None:
        raise NotFound
    return HttpResponse(text, content_type=_TEXT)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18  # noqa: PLR2004 - fits the database's integers
