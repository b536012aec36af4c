"""The household's key: public halves and wraps go through here, never a secret."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porchlight.server.footage import access, actions
from porchlight.server.footage.actions import Door
from porchlight.server.footage.actions.changing import MOST_GRANTS_AT_ONCE, MovedGrant, NewKey, ResealedDoor
from porchlight.server.households.access import housemates, own_household
from porchlight.server.portals.resident.frame import (
    ResidentRequest,
    bytes_in,
    home_first,
    json_of,
    list_in,
    not_understood,
    object_in,
    text_in,
    uuid_in,
)

FIELDS = ("recipient", "recovery_recipient", "wrapped_by_passphrase", "wrapped_by_recovery", "recovery_vouch")
_NEEDED = ("recipient", "recovery_recipient", "wrapped_by_recovery")


@require_safe
def keys(request: ResidentRequest) -> HttpResponse:
    """Make a key with its recovery sheet, ask to be let in, or unlock the one there is."""
    if own_household(request.actor) is None:
        return home_first(request)
    key = access.own_key(request.actor)
    own = access.own_doors(request.actor)
    facts = {
        "key": key,
        "room": access.room(request.actor),
        "may_open": key is not None
        and (bool(key.wrapped_by_passphrase) or own.exclude(sealed_key="").exists()),
        "waits": own.filter(sealed_key="").exists(),
        "passkeys": own.filter(kind="passkey").exists(),
        "waiting": access.doors(request.actor).filter(sealed_key="").count(),
        "to_move": access.clips_to_move(request.actor).count(),
    }
    return render(request, "resident/keys.html", facts)


@require_safe
def words(request: ResidentRequest) -> HttpResponse:
    """New words, from the unlocked key."""
    return _with_key(request, "resident/key_words.html")


@require_safe
def change(request: ResidentRequest) -> HttpResponse:
    """A new key with a new sheet."""
    return _with_key(request, "resident/key_change.html")


@require_safe
def passkeys(request: ResidentRequest) -> HttpResponse:
    """Passkeys that open the key."""
    return _with_key(request, "resident/key_passkeys.html")


@require_http_methods(["GET", "POST"])
def own(request: ResidentRequest) -> HttpResponse:
    """What the server holds of the key, for the browser that unlocks it; a POST stores a new one."""
    if request.method == "POST":
        given = json_of(request)
        if any(name not in given for name in _NEEDED):
            raise not_understood()
        door = _door(request, object_in(given, "door")) if "door" in given else None
        texts = {name: text_in(given, name) for name in FIELDS if name in given}
        actions.store_key(by=request.actor, door=door, **texts)
        return JsonResponse({"stored": True}, status=201)
    key = access.own_key(request.actor)
    if key is None:
        return JsonResponse({})
    previous = access.previous_key(request.actor)
    return JsonResponse(
        {name: getattr(key, name) for name in FIELDS}
        | {
            "doors": [_own_door(each) for each in access.own_doors(request.actor)],
            "previous": {"recipient": previous.recipient, "wrapped": key.wrapped_previous}
            if previous
            else None,
            "change_due": key.change_due_at is not None,
        }
    )


@require_http_methods(["GET", "POST"])
def doors(request: ResidentRequest) -> HttpResponse:
    """Everybody's ways to the key, for the browser that lets in or makes a new key; a POST keeps one of one's own."""
    if request.method == "POST":
        given = json_of(request)
        door = _door(request, object_in(given, "door"))
        made = actions.put_door(by=request.actor, key_recipient=text_in(given, "key"), door=door)
        return JsonResponse({"id": str(made)}, status=201)
    names = {each.user_id: each.name for each in housemates(request.actor)}
    rows = [
        {
            "id": str(each.pk),
            "kind": each.kind,
            "recipient": each.recipient,
            "holder": each.holder,
            "vouch": each.vouch,
            "waits": not each.sealed_key,
            "name": names.get(each.user_id, ""),
        }
        for each in access.doors(request.actor)
    ]
    return JsonResponse({"doors": rows})


@require_POST
def admit(request: ResidentRequest, door_id: UUID) -> HttpResponse:
    """Let a person of the household in to the key."""
    given = json_of(request)
    actions.admit(
        by=request.actor,
        door_id=door_id,
        key_recipient=text_in(given, "key"),
        recipient=text_in(given, "recipient"),
        sealed_key=text_in(given, "sealed_key"),
        vouch=text_in(given, "vouch"),
    )
    return JsonResponse({"admitted": True})


@require_POST
def drop(request: ResidentRequest, door_id: UUID) -> HttpResponse:
    """Take a passkey away, or words that wait."""
    kind = access.door_for(request.actor, door_id).kind
    actions.drop_door(by=request.actor, door_id=door_id)
    if kind == "passkey":
        messages.success(request, _("This passkey no longer opens your clips. Your words still do."))
        return redirect("key-passkeys")
    messages.success(request, _("They were not let in. They can make new words and ask again."))
    return redirect("people")


@require_POST
def begin_change(request: ResidentRequest) -> HttpResponse:
    """Put a new key in the place of the old one."""
    given = json_of(request)
    new = object_in(given, "new")
    parts = {name: text_in(new, name) for name in NewKey.__dataclass_fields__}
    resealed = [
        ResealedDoor(
            uuid_in(each, "id"),
            text_in(each, "recipient"),
            text_in(each, "sealed_key"),
            text_in(each, "vouch"),
        )
        for each in list_in(given, "doors")
    ]
    actions.begin_key_change(
        by=request.actor, old_recipient=text_in(given, "old"), new=NewKey(**parts), doors=resealed
    )
    return JsonResponse({"left": access.clips_to_move(request.actor).count()}, status=201)


@require_http_methods(["GET", "POST"])
def grants(request: ResidentRequest) -> HttpResponse:
    """The grants that are to move to the new key; a POST keeps some that did."""
    if request.method == "POST":
        given = json_of(request)
        moved = [
            MovedGrant(uuid_in(each, "id"), bytes_in(each, "grant")) for each in list_in(given, "grants")
        ]
        if len(moved) > MOST_GRANTS_AT_ONCE:
            raise not_understood()
        left = actions.move_grants(by=request.actor, key_recipient=text_in(given, "key"), grants=moved)
        return JsonResponse({"left": left})
    ids = [str(each) for each in access.clips_to_move(request.actor).values_list("pk", flat=True)]
    return JsonResponse({"clips": ids})


def _with_key(request: ResidentRequest, template: str) -> HttpResponse:
    key = access.own_key(request.actor)
    if key is None:
        return redirect("keys")
    own = access.own_doors(request.actor)
    facts = {
        "key": key,
        "passkeys": own.filter(kind="passkey"),
        "people": housemates(request.actor),
        "to_move": access.clips_to_move(request.actor).count(),
        "email": request.user.email,  # type: ignore[union-attr]  # the route is for who is signed in
    }
    return render(request, template, facts)


def _door(request: ResidentRequest, given: dict[str, Any]) -> Door:
    optional = {
        name: text_in(given, name) for name in ("sealed_key", "vouch", "label", "credential") if name in given
    }
    return Door(
        kind=text_in(given, "kind"),
        recipient=text_in(given, "recipient"),
        locked=text_in(given, "locked"),
        holder=request.user.email,  # type: ignore[union-attr]  # as above
        **optional,
    )


def _own_door(door: access.DoorRow) -> dict[str, str]:
    return {
        "id": str(door.pk),
        "kind": door.kind,
        "recipient": door.recipient,
        "locked": door.locked,
        "sealed_key": door.sealed_key,
        "credential": door.credential,
    }
