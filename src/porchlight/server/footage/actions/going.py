"""Somebody goes from a household: the ways in go with the person, and the key is due for a change."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction

from porchlight.core.errors import Refused
from porchlight.core.reasons import reason
from porchlight.core.visibility import Actor
from porchlight.server.footage.models import Clip, HouseholdKey, KeyDoor, Upload
from porchlight.server.foundation import clock
from porchlight.server.foundation.actions import action, audit
from porchlight.server.foundation.objects import object_store
from porchlight.server.households import actions as households
from porchlight.server.households.access import held_household, me, my_household


@action("footage.remove_member")
def remove_member(*, by: Actor, user_id: UUID) -> None:
    """Take a person out, with their sessions and their ways to the key, at once. See `households.remove_member`.

    What the person knows of the key stays known: so it is to be changed. Raises NotFound, Refused.
    """
    household_id = my_household(by).pk
    households.remove_member(by=by, user_id=user_id)
    _shut_out(household_id, user_id)


@action("footage.leave_household")
def leave_household(*, by: Actor) -> None:
    """The actor goes. Raises NotFound, Refused (`last_member`)."""
    household_id = my_household(by).pk
    households.leave_household(by=by)
    _shut_out(household_id, UUID(by.user_id or ""))


def _shut_out(household_id: UUID, user_id: UUID) -> None:
    KeyDoor.objects.filter(household_id=household_id, user_id=user_id).delete()
    uploads = Upload.objects.filter(household_id=household_id, user_id=user_id, used_at=None)
    given_up = list(uploads.select_for_update())
    for upload in given_up:
        transaction.on_commit(partial(object_store().delete, upload.object_name))
    uploads.filter(pk__in=[upload.pk for upload in given_up]).delete()
    due = HouseholdKey.objects.filter(household_id=household_id, retired_at=None, change_due_at=None)
    due.update(change_due_at=clock.now())


@action("footage.begin_afresh")
def begin_afresh(*, by: Actor) -> None:
    """Delete the household's key, everybody's ways to it and the clips that nothing else opens: for who lost them all.

    What was shared is the agency's own copy. Raises NotFound, Refused (`only_a_holder`).
    """
    household = held_household(by)
    if not me(by).holder:
        raise Refused((reason("only_a_holder"),))
    _delete_clips_and_keys(household.pk)
    audit(f"household:{household.pk}")


@action("footage.delete_all")
def delete_all(*, by: Actor) -> None:
    """Delete the household's clips, uploads and keys, with their bytes. What was shared is the agency's own copy."""
    household_id = my_household(by).pk
    _delete_clips_and_keys(household_id)
    uploads = Upload.objects.filter(household_id=household_id)
    # A used upload's object belongs to a clip or to a share by now.
    for name in uploads.filter(used_at=None).values_list("object_name", flat=True):
        transaction.on_commit(partial(object_store().delete, name))
    uploads.delete()


def _delete_clips_and_keys(household_id: UUID) -> None:
    clips = Clip.objects.filter(household_id=household_id)
    for name in clips.values_list("object_name", flat=True):
        transaction.on_commit(partial(object_store().delete, name))
    clips.delete()
    KeyDoor.objects.filter(household_id=household_id).delete()
    HouseholdKey.objects.filter(household_id=household_id).delete()
