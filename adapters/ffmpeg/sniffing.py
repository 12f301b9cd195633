"""What a file is by its first bytes, before any parser of media sees it."""

import stat
from pathlib import Path

from domain.errors import UnsupportedInput

_HEAD_BYTES = 1024
_MOV_BOXES = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"styp", b"moof"}
_PICTURE_BRANDS = {b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1", b"crx "}
_MAGIC = (
    (b"\x1a\x45\xdf\xa3", "matroska"),
    (b"FLV\x01", "flv"),
    (b"OggS", "ogg"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf"),
    (b"\x00\x00\x01\xba", "mpeg"),
)
_TS_SYNC = 0x47
_TS_PACKETS = ((188, 0), (192, 4), (204, 0))
_TS_PACKETS_SEEN = 3


def sniff(file: Path) -> str:
    """The container of a file by its magic bytes, as the name of the demuxer that reads it.

    Refuses with `UnsupportedInput` what is not a regular file, is empty, or is not a container
    of `domain.video.CONTAINERS`.
    """
    if not stat.S_ISREG(file.stat().st_mode):
        raise UnsupportedInput("not a regular file", detail="unreadable")
    with file.open("rb") as opened:
        head = opened.read(_HEAD_BYTES)
    if not head:
        raise UnsupportedInput("the file is empty", detail="empty")
    container = _container(head)
    if container is None:
        raise UnsupportedInput("not a video container that is read here")
    return container


def _container(head: bytes) -> str | None:
    for magic, container in _MAGIC:
        if head.startswith(magic):
            return container
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return "avi"
    if head[4:8] in _MOV_BOXES:
        is_picture = head[4:8] == b"ftyp" and head[8:12] in _PICTURE_BRANDS
        return None if is_picture else "mov"
    return "mpegts" if _is_transport_stream(head) else None


def _is_transport_stream(head: bytes) -> bool:
    for size, offset in _TS_PACKETS:
        syncs = head[offset : offset + size * _TS_PACKETS_SEEN : size]
        if syncs == bytes([_TS_SYNC]) * _TS_PACKETS_SEEN:
            return True
    return False
