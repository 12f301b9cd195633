"""A Matroska file whose frames are encrypted, made of an open one (RFC 9559, 5.1.4.1.31)."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

_SEGMENT, _TRACKS, _TRACK = b"\x18\x53\x80\x67", b"\x16\x54\xae\x6b", b"\xae"
_CLUSTER, _GROUP, _BLOCK, _SIMPLE_BLOCK = b"\x1f\x43\xb6\x75", b"\xa0", b"\xa1", b"\xa3"
_HELD = {_SEGMENT, _TRACKS, _CLUSTER, _GROUP}
# Places of things that move, room for them, and sums of what changes.
_DROPPED = {b"\x11\x4d\x9b\x74", b"\x1c\x53\xbb\x6b", b"\xec", b"\xbf"}
_BLOCK_HEAD_BYTES = 4


def locked(file: Path, *, into: Path, says_so: bool = True) -> Path:
    """Every frame as noise behind its signal byte and counter; the track names its key.

    Without `says_so` the frames are locked and nothing tells it.
    """
    noise = np.random.default_rng(7)

    def changed(name: bytes, content: bytes) -> bytes:
        if name in {_BLOCK, _SIMPLE_BLOCK}:
            frame = noise.bytes(len(content) - _BLOCK_HEAD_BYTES)
            return content[:_BLOCK_HEAD_BYTES] + b"\x01" + noise.bytes(8) + frame
        if name == _TRACK and says_so:
            return content + _encodings()
        return content

    into.write_bytes(_rewritten(file.read_bytes(), changed))
    return into


def _encodings() -> bytes:
    """Frames are encrypted by AES-128 in counter mode under a key of this name."""
    settings = _element(b"\x47\xe7", _element(b"\x47\xe8", b"\x01"))
    algorithm, key = _element(b"\x47\xe1", b"\x05"), _element(b"\x47\xe2", b"a key of somebody")
    encryption = _element(b"\x50\x35", algorithm + key + settings)
    kind = _element(b"\x50\x31", b"\x00") + _element(b"\x50\x32", b"\x01")
    encoding = _element(b"\x62\x40", kind + _element(b"\x50\x33", b"\x01") + encryption)
    return _element(b"\x6d\x80", encoding)


def _rewritten(content: bytes, changed: Callable[[bytes, bytes], bytes]) -> bytes:
    parts = []
    for name, inner in _elements(content):
        if name in _HELD:
            parts.append(_element(name, _rewritten(inner, changed)))
        elif name not in _DROPPED:
            parts.append(_element(name, changed(name, inner)))
    return b"".join(parts)


def _elements(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Names and contents of the EBML elements that stand one after another."""
    at = 0
    while at < len(content):
        name = content[at : at + _length_bytes(content[at])]
        at += len(name)
        width = _length_bytes(content[at])
        size = int.from_bytes(content[at : at + width]) - (1 << 7 * width)
        at += width
        yield name, content[at : at + size]
        at += size


def _length_bytes(first: int) -> int:
    return 9 - first.bit_length()


def _element(name: bytes, content: bytes) -> bytes:
    return name + b"\x01" + len(content).to_bytes(7) + content
