"""The doors to a household's own video: keys, clips, uploads, and what can be known of sealed bytes."""

from porchlight.server.footage.access.doors import (
    DoorRow,
    clips_to_move,
    door_for,
    doors,
    own_doors,
    previous_key,
)
from porchlight.server.footage.access.own import (
    Room,
    UploadRow,
    clip_for,
    clip_range,
    clips,
    own_key,
    read_through,
    room,
    upload_for,
    upload_offset,
    uploads_begun,
    uploads_open,
)
from porchlight.server.footage.access.stored import object_names, uploads_growing

__all__ = [
    "DoorRow",
    "Room",
    "UploadRow",
    "clip_for",
    "clip_range",
    "clips",
    "clips_to_move",
    "door_for",
    "doors",
    "object_names",
    "own_doors",
    "own_key",
    "previous_key",
    "read_through",
    "room",
    "upload_for",
    "upload_offset",
    "uploads_begun",
    "uploads_growing",
    "uploads_open",
]
