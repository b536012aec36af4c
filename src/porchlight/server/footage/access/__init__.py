"""The doors to a household's own video: keys, clips, uploads, and what can be known of sealed bytes."""

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

__all__ = [
    "Room",
    "UploadRow",
    "clip_for",
    "clip_range",
    "clips",
    "own_key",
    "read_through",
    "room",
    "upload_for",
    "upload_offset",
    "uploads_begun",
    "uploads_open",
]
