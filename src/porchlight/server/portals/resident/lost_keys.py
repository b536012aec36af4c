"""For who lost the words: the ways that are left, and without any of them a new beginning."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from porchlight.server.footage import access, actions
from porchlight.server.households.access import me
from porchlight.server.portals.resident.frame import ResidentRequest


@require_safe
def lost(request: ResidentRequest) -> HttpResponse:
    """What still opens the key, and what it means if nothing does."""
    if access.own_key(request.actor) is None:
        return redirect("keys")
    return render(request, "resident/key_lost.html", _facts(request))


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth carries no types
def afresh(request: ResidentRequest) -> HttpResponse:
    """Delete the key and the clips under it, after saying so; only for a holder."""
    if access.own_key(request.actor) is None:
        return redirect("keys")
    facts = _facts(request)
    if not facts["holder"]:
        return redirect("key-lost")
    if request.method != "POST":
        return render(request, "resident/key_afresh.html", facts)
    if "sure" not in request.POST:
        return render(request, "resident/key_afresh.html", {**facts, "unsure": True}, status=422)
    actions.begin_afresh(by=request.actor)
    messages.success(request, _("The old key and its clips are deleted. Make a new key, and keep its sheet."))
    return redirect("keys")


def _facts(request: ResidentRequest) -> dict[str, object]:
    opening = access.doors(request.actor).exclude(sealed_key="")
    own = access.own_doors(request.actor)
    return {
        "passkey": own.filter(kind="passkey").exists(),
        "others": any(str(each.user_id) != request.actor.user_id for each in opening),
        "holder": me(request.actor).holder,
        "clips": access.clips(request.actor).count(),
    }
