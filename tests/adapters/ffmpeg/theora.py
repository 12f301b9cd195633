"""Ogg files with Theora whose every picture has a packet, as the format asks.

A picture equal to the one before it is a packet without bytes. ffmpeg 6.0 writes none for it, and
every ffmpeg then takes the next picture for earlier than it is (5.1 writes and reads it right).
Layout: RFC 3533 (pages), Theora specification A.2.3 (granule positions).
"""

import struct
from collections.abc import Iterator
from pathlib import Path

_HEAD = struct.Struct("<4sBBqIIIB")
_CRC_AT = slice(22, 26)
_CRC_POLYNOMIAL = 0x04C11DB7
_IDENTIFIED_BY = b"\x80theora"
_SHIFT_AT = slice(40, 42)


def with_every_picture(file: Path) -> Path:
    """Puts the packets of repeated pictures back where the count of pictures leaps; returns it."""
    written = bytearray()
    stream, shift, shown = -1, 0, 0
    for page in _pages(file.read_bytes()):
        *_, granule, serial, _, _, lacing_count = _HEAD.unpack_from(page)
        start = _HEAD.size + lacing_count
        lacing, body = page[_HEAD.size : start], page[start:]
        if body.startswith(_IDENTIFIED_BY):
            stream, shift = serial, int.from_bytes(body[_SHIFT_AT], "big") >> 5 & 31
        elif serial == stream and granule > 0:
            count = (granule >> shift) + (granule & (1 << shift) - 1)
            packets = sum(size < 255 for size in lacing)
            lacing, shown = bytes(count - shown - packets) + lacing, count
        written += _page(page[: _HEAD.size], lacing, body)
    file.write_bytes(written)
    return file


def _pages(content: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(content):
        lacing_at = start + _HEAD.size
        body_at = lacing_at + content[lacing_at - 1]
        end = body_at + sum(content[lacing_at:body_at])
        yield content[start:end]
        start = end


def _page(head: bytes, lacing: bytes, body: bytes) -> bytes:
    page = bytearray(head[:-1] + bytes([len(lacing)]) + lacing + body)
    page[_CRC_AT] = bytes(4)
    page[_CRC_AT] = struct.pack("<I", _crc(bytes(page)))
    return bytes(page)


def _crc(page: bytes) -> int:
    remainder = 0
    for byte in page:
        remainder ^= byte << 24
        for _ in range(8):
            carry = _CRC_POLYNOMIAL if remainder & 0x80000000 else 0
            remainder = (remainder << 1 & 0xFFFFFFFF) ^ carry
    return remainder
