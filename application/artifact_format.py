"""Artifacts as bytes: an NPZ file of typed arrays and one text of meta, never of objects (R-304).

Members are stored, not compressed: embeddings do not compress, and deflate costs twenty times the
writing. Equal arrays and meta give equal bytes, on every machine and at every time. Reading trusts
nothing: a pass over the headers alone bounds everything before an array is made, and there is no
way from a member to pickle or to an expression that is evaluated.
"""

import io
import json
import math
import re
import struct
import zipfile
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from application.errors import ArtifactCorrupt
from domain.canonical import JsonValue, canonical_json
from domain.schema import DType

META = "meta"
MEMBERS_MAX = 64
UNPACKED_BYTES_MAX = 256 * 2**20

_MAGIC = b"\x93NUMPY\x01\x00"
_HEADER_BYTES_MAX = 1024
_ALIGNMENT = 64
_HEADER = re.compile(
    rb"\{'descr': '([^']{2,12})', 'fortran_order': False, 'shape': \(([0-9, ]{0,400})\), \} *\n"
)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,79}")
_NUMBERS = {np.dtype(str(kind)).str for kind in DType if kind is not DType.TEXT}
_TEXT = re.compile(r"<U([1-9][0-9]{0,7})")
_LAST_CODE_POINT = 0x10FFFF

_RECORD = struct.Struct("<26x2H")
"""Of the record before each member, the lengths of its name and its extra field."""
_END = struct.Struct("<4s4H2IH")
_END_MARK = b"PK\x05\x06"
_END_64_LOCATOR_MARK = b"PK\x06\x07"
_END_64_LOCATOR_BYTES = 20
_DIRECTORY_BYTES_MAX = MEMBERS_MAX * 256

Arrays = Mapping[str, NDArray[Any]]
Layout = tuple[np.dtype[Any], tuple[int, ...], int, int]
"""Type, shape, where the member's record begins, and where in the member the values begin."""


def encode(arrays: Arrays, meta: Mapping[str, JsonValue]) -> bytes:
    """The bytes of an artifact; ValueError for a name, type or size that `decode` would refuse."""
    if META in arrays:
        raise ValueError(f"{META!r} is not free for an array")
    if len(arrays) >= MEMBERS_MAX:
        raise ValueError(f"{len(arrays)} arrays are more than an artifact holds")
    text = np.array(canonical_json(dict(meta)))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, array in {**arrays, META: text}.items():
            if not _NAME.fullmatch(name):
                raise ValueError(f"not an array name: {name!r}")
            # A ZipInfo of its own carries a fixed date and no trace of the machine.
            with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w") as member:
                for part in _parts(array):
                    member.write(part)
    if file.tell() > UNPACKED_BYTES_MAX:
        raise ValueError(f"{file.tell()} bytes are more than an artifact holds")
    return file.getvalue()


def decode(
    content: bytes, *, names: Collection[str] | None = None
) -> tuple[dict[str, NDArray[Any]], dict[str, JsonValue]]:
    """Arrays and meta of an artifact; of the arrays only `names`, when given.

    Raises `ArtifactCorrupt` for everything that `encode` does not write, before memory is spent
    on it, and KeyError for a name that the artifact does not hold. Whether the values are those
    that were written is the store's to know: it has compared the SHA-256.
    """
    try:
        _check_directory(content)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            layouts = _check_members(archive)
            wanted = [name for name in layouts if name != META] if names is None else names
            arrays = {name: _array(content, name, layouts[name]) for name in wanted}
            meta = json.loads(str(_array(content, META, layouts[META])))
    except _MALFORMED as error:
        raise ArtifactCorrupt(f"not an artifact: {type(error).__name__}") from error
    if not isinstance(meta, dict):
        raise ArtifactCorrupt("the meta is not an object")
    return arrays, meta


_MALFORMED = (
    zipfile.BadZipFile,
    NotImplementedError,  # a zip of a later version or an odd method
    RecursionError,  # meta nested without end
    EOFError,
    OverflowError,
    RuntimeError,  # zipfile's word for encrypted: no password is ever given
    UnicodeError,
    ValueError,
    struct.error,
)


def _parts(array: NDArray[Any]) -> tuple[bytes, memoryview]:
    """Header and values of a member, the values without a copy where they lie in order."""
    values = np.asarray(array, order="C")
    if values.dtype.kind == "U" and values.dtype.itemsize == 0:
        values = values.astype("<U1")
    _check_type(values.dtype.str)
    shape = "".join(f"{length}, " for length in values.shape)
    shape = shape.rstrip(" ") if values.ndim == 1 else shape.removesuffix(", ")
    header = f"{{'descr': '{values.dtype.str}', 'fortran_order': False, 'shape': ({shape}), }}"
    start = len(_MAGIC) + 2
    end = -(-(start + len(header) + 1) // _ALIGNMENT) * _ALIGNMENT
    padded = header.encode().ljust(end - start - 1) + b"\n"
    # As plain bytes: a view of text is no buffer that a file takes.
    return _MAGIC + struct.pack("<H", len(padded)) + padded, values.reshape(-1).view(np.uint8).data


def _check_type(spelled: str) -> None:
    if spelled not in _NUMBERS and not _TEXT.fullmatch(spelled):
        raise ValueError(f"{spelled} is no type of an artifact's array")


def _check_directory(content: bytes) -> None:
    """Looks at the last record alone, so that no list of members is read that is too long.

    `zipfile` reads the list whole, by its bytes, before it tells how many members there are.
    """
    end = content[-_END.size :]
    if len(end) < _END.size or end[:4] != _END_MARK:
        raise ArtifactCorrupt("not a zip file, or something follows it")
    _, disk, first_disk, here, members, directory_bytes, *_ = _END.unpack(end)
    locator = content[-_END.size - _END_64_LOCATOR_BYTES :][:4]
    if disk or first_disk or here != members or locator == _END_64_LOCATOR_MARK:
        raise ArtifactCorrupt("not a zip file of the plain kind")
    if not 0 < members <= MEMBERS_MAX or directory_bytes > _DIRECTORY_BYTES_MAX:
        raise ArtifactCorrupt(f"{members} members in {directory_bytes} bytes are too many")


def _check_members(archive: zipfile.ZipFile) -> dict[str, Layout]:
    layouts: dict[str, Layout] = {}
    left = UNPACKED_BYTES_MAX
    for info in archive.infolist():
        name = info.filename.removesuffix(".npy")
        if not _NAME.fullmatch(name) or name == info.filename or name in layouts:
            raise ArtifactCorrupt("a member's name is not an array's, or stands twice")
        if info.compress_type != zipfile.ZIP_STORED:
            raise ArtifactCorrupt(f"{name} is compressed")
        left -= info.file_size
        if left < 0:
            raise ArtifactCorrupt(f"{name} claims {info.file_size} bytes")
        layouts[name] = _layout(archive, info)
    if META not in layouts or layouts[META][0].kind != "U" or layouts[META][1] != ():
        raise ArtifactCorrupt("there is no meta")
    return layouts


def _layout(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Layout:
    # Opening compares the member's own record with the list's, and refuses what is encrypted.
    with archive.open(info) as member:
        start = member.read(len(_MAGIC) + 2)
        if start[:-2] != _MAGIC:
            raise ArtifactCorrupt(f"{info.filename} is not an array")
        length = int.from_bytes(start[-2:], "little")
        if length > _HEADER_BYTES_MAX:
            raise ArtifactCorrupt(f"{info.filename} has a header of {length} bytes")
        header = _HEADER.fullmatch(member.read(length))
    if header is None:
        raise ArtifactCorrupt(f"{info.filename} has a header of another kind")
    spelled = header[1].decode("ascii")
    _check_type(spelled)
    dtype = np.dtype(spelled)
    shape = tuple(int(part) for part in header[2].split(b",") if part.strip())
    offset = len(start) + length
    if offset + math.prod(shape) * dtype.itemsize != info.file_size:
        raise ArtifactCorrupt(f"{info.filename} is not as large as its shape says")
    return dtype, shape, info.header_offset, offset


def _array(content: bytes, name: str, layout: Layout) -> NDArray[Any]:
    dtype, shape, record, offset = layout
    names = _RECORD.unpack_from(content, record)
    start = record + _RECORD.size + sum(names) + offset
    # A copy is aligned; arithmetic on what stands at odd addresses may add up in another order.
    values = np.frombuffer(content, dtype, count=math.prod(shape), offset=start)
    array = values.reshape(shape).copy()
    if dtype.kind == "b" and np.any(array.view(np.uint8) > 1):
        raise ArtifactCorrupt(f"{name} holds what is neither true nor false")
    if dtype.kind == "U" and array.size and _code_points(array).max() > _LAST_CODE_POINT:
        raise ArtifactCorrupt(f"{name} holds what is not text")
    return array


def _code_points(array: NDArray[Any]) -> NDArray[np.uint32]:
    return array.reshape(-1).view(np.uint32)
