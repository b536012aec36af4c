"""What kind of file the owner's video is, from its first bytes; its name is not asked."""

from pathlib import Path

from porchlight.seal.manifest import MediaType

_HEAD = 64
_TS_PACKET = 188


class NotAVideo(ValueError):
    """The file begins like no video that a clip can hold."""


def media_type_of(path: Path) -> MediaType:
    """The media type that the clip's manifest names. Raises NotAVideo."""
    with path.open("rb") as file:
        start = file.read(2 * _TS_PACKET + 1)
    box, brand = start[4:8], start[8:12]
    if box == b"ftyp":
        return "video/quicktime" if brand == b"qt  " else "video/mp4"
    if box in {b"moov", b"mdat", b"wide", b"free", b"skip"}:
        return "video/quicktime"  # older than the ftyp box
    if start.startswith(b"\x1a\x45\xdf\xa3"):
        return "video/webm" if b"webm" in start[:_HEAD] else "video/x-matroska"
    if start.startswith(b"RIFF") and start[8:12] == b"AVI ":
        return "video/x-msvideo"
    if len(start) > 2 * _TS_PACKET and start[0] == start[_TS_PACKET] == start[2 * _TS_PACKET] == ord("G"):
        return "video/mp2t"
    raise NotAVideo(f"{path} does not begin like a video: name an MP4 or another file of a camera's app")
