"""Every write of a household's video and keys."""

from porchlight.server.footage.actions.changing import begin_key_change, finish_key_changes, move_grants
from porchlight.server.footage.actions.clips import (
    append,
    begin_upload,
    delete_clip,
    drop_upload,
    expire,
    keep_clip,
    make_clip,
    take_upload,
)
from porchlight.server.footage.actions.doors import admit, drop_door, put_door
from porchlight.server.footage.actions.going import begin_afresh, delete_all, leave_household, remove_member
from porchlight.server.footage.actions.keys import Door, store_key

__all__ = [
    "Door",
    "admit",
    "append",
    "begin_afresh",
    "begin_key_change",
    "begin_upload",
    "delete_all",
    "delete_clip",
    "drop_door",
    "drop_upload",
    "expire",
    "finish_key_changes",
    "keep_clip",
    "leave_household",
    "make_clip",
    "move_grants",
    "put_door",
    "remove_member",
    "store_key",
    "take_upload",
]
