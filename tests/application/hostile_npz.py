"""Files that only look like artifacts, each harmful to a reader that trusts it."""

import io
import struct
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from application.artifact_format import encode

MIB = 2**20
HEADER = "{{'descr': '{}', 'fortran_order': False, 'shape': ({}), }}"
GOOD = encode({"x": np.arange(8.0)}, {})


class Exploding:
    """Unpickling it raises: proof that a reader went as far."""

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return (exec, ("raise RuntimeError('a pickle ran')",))


def npy(header: str, body: bytes = b"", *, version: int = 1) -> bytes:
    text = header.encode("latin-1") + b"\n"
    length = struct.pack("<H" if version == 1 else "<I", len(text))
    return b"\x93NUMPY" + bytes([version, 0]) + length + text + body


def zipped(members: list[tuple[str, bytes]], *, method: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return file.getvalue()


def saved(**arrays: Any) -> bytes:
    file = io.BytesIO()
    np.savez(file, allow_pickle=True, **arrays)
    return file.getvalue()


def meta(text: str = "{}") -> tuple[str, bytes]:
    return "meta.npy", npy(HEADER.format(f"<U{len(text)}", ""), text.encode("utf-32-le"))


def member(descr: str, shape: str, body: bytes = b"", *, name: str = "x.npy") -> bytes:
    return zipped([(name, npy(HEADER.format(descr, shape), body)), meta()])


def patched(content: bytes, mark: bytes, offset: int, value: bytes) -> bytes:
    """The content with bytes changed at an offset after every occurrence of a zip record's mark."""
    changed, at = bytearray(content), content.find(mark)
    while at >= 0:
        changed[at + offset : at + offset + len(value)] = value
        at = content.find(mark, at + 1)
    return bytes(changed)


CENTRAL, LOCAL, END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"


def twice() -> bytes:
    body = npy(HEADER.format("<f8", ""), bytes(8))
    once = zipped([("x.npy", body), ("y.npy", body), meta()])
    return once.replace(b"y.npy", b"x.npy")


def packed_array() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        x = npy(HEADER.format("<f8", "8,"), bytes(64))
        archive.writestr(zipfile.ZipInfo("x.npy"), x, compress_type=zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("meta.npy"), meta()[1])
    return file.getvalue()


@cache
def pickles() -> dict[str, bytes]:
    """Hardening 70."""
    objects = np.array([Exploding()], dtype=object)
    structured = np.zeros(1, dtype=[("a", "<f8"), ("b", "O")])
    return {
        "an object array": saved(x=objects, meta=np.array("{}")),
        "a record with an object": saved(x=structured, meta=np.array("{}")),
        "meta as an object": saved(x=np.zeros(1), meta=np.array({}, dtype=object)),
        "a pickle beside the arrays": zipped([("x.pkl", b"cos\nsystem\n."), meta()]),
        "a pickle named as an array": zipped([("x.npy", b"\x80\x04."), meta()]),
        "an object array of our spelling": member("|O", "1,", b"\x80\x04N."),
    }


@cache
def bombs() -> dict[str, bytes]:
    """Hardening 71, what would fill the memory."""
    zeros = npy(HEADER.format("|u1", f"{100 * MIB},"), bytes(100 * MIB))
    many = [(f"a{i}.npy", npy(HEADER.format("<f8", ""), bytes(8))) for i in range(10_000)]
    return {
        "a bomb of 1027 to 1": zipped([("x.npy", zeros), meta()], method=zipfile.ZIP_DEFLATED),
        "a header that lies of 745 GiB": member("<f8", "100000000000,", bytes(8)),
        "a shape beyond all integers": member("<f8", f"{'9' * 80}, {'9' * 80}", bytes(8)),
        "a text of 4 GiB": member("<U999999999", "", bytes(8)),
        "10,000 members": zipped([*many, meta()]),
        "65 members": zipped([*many[:64], meta()]),
        "a member that claims 3 GiB": patched(
            GOOD, CENTRAL, 20, struct.pack("<II", 3 * 2**30, 3 * 2**30)
        ),
        "a header of 60 kB": zipped([("x.npy", npy(" " * 60_000)), meta()]),
        "nested without end": zipped([meta("[" * 100_000)]),
        "a list of members of 300 MB": GOOD[: GOOD.rfind(END)]
        + patched(GOOD[GOOD.rfind(END) :], END, 12, struct.pack("<I", 300_000_000)),
    }


@cache
def lies() -> dict[str, bytes]:
    """Hardening 71, the rest: everything else that `encode` would not write."""
    return {**_strange_zips(), **_strange_members(), **_strange_arrays()}


def _strange_zips() -> dict[str, bytes]:
    end = GOOD.rfind(END)
    locator = b"PK\x06\x07" + bytes(16)
    return {
        "nothing": b"",
        "no zip": b"\x93NUMPY" + bytes(100),
        "half of a zip": GOOD[: len(GOOD) // 2],
        "a zip with a tail": GOOD + b"tail",
        "a zip with a comment": patched(GOOD, END, 20, b"\x04\x00") + b"tail",
        "a zip of many disks": patched(GOOD, END, 4, b"\x01\x00"),
        "a zip64 that says otherwise": GOOD[:end] + locator + GOOD[end:],
    }


def _strange_members() -> dict[str, bytes]:
    aes = patched(patched(GOOD, CENTRAL, 8, b"\x01\x00"), LOCAL, 6, b"\x01\x00")
    return {
        "no members": zipped([]),
        "no meta": zipped([("x.npy", npy(HEADER.format("<f8", ""), bytes(8)))]),
        "meta that is a number": saved(x=np.zeros(1), meta=np.array(1.0)),
        "meta of two texts": saved(x=np.zeros(1), meta=np.array(["{}", "{}"])),
        "meta that is no JSON": zipped([meta("{")]),
        "meta that is a list": zipped([meta("[]")]),
        "one name twice": twice(),
        "a path upwards": member("<f8", "", bytes(8), name="../x.npy"),
        "a path from the root": member("<f8", "", bytes(8), name="/x.npy"),
        "a path downwards": member("<f8", "", bytes(8), name="a/x.npy"),
        "a hidden name": member("<f8", "", bytes(8), name=".x.npy"),
        "a name without an end": member("<f8", "", bytes(8), name="x"),
        "an encrypted member": aes,
        "an encrypted member, said once": patched(GOOD, CENTRAL, 8, b"\x01\x00"),
        "a compressed member": packed_array(),
        "a compressed meta": zipped([meta()], method=zipfile.ZIP_DEFLATED),
        "a member packed by bzip2": zipped([meta()], method=zipfile.ZIP_BZIP2),
        "an unknown packing": patched(GOOD, CENTRAL, 10, b"\x63\x00"),
        "another local name": patched(GOOD, LOCAL, 30, b"y"),
    }


def _strange_arrays() -> dict[str, bytes]:
    return {
        "a changed value": GOOD.replace(np.float64(3).tobytes(), np.float64(5).tobytes()),
        "too few values": member("<f8", "2,", bytes(8)),
        "too many values": member("<f8", "2,", bytes(24)),
        "big-endian numbers": member(">f8", "1,", bytes(8)),
        "halves": member("<f2", "4,", bytes(8)),
        "complex numbers": member("<c16", "", bytes(16)),
        "moments": member("<M8[s]", "1,", bytes(8)),
        "bytes": member("|S8", "", bytes(8)),
        "a text of no width": member("<U0", "2,"),
        "a negative length": member("<f8", "-1,"),
        "another order": zipped(
            [("x.npy", npy(HEADER.format("<f8", "").replace("F", "T"))), meta()]
        ),
        "an expression": zipped([("x.npy", npy(HEADER.format("<f8", "2**9,"))), meta()]),
        "a later version": zipped([("x.npy", npy(HEADER.format("<f8", ""), version=2)), meta()]),
        "more than 64 axes": member("<f8", "1, " * 70, bytes(8)),
        "a truth beyond true": member("|b1", "1,", b"\x02"),
        "text beyond Unicode": member("<U1", "1,", struct.pack("<I", 0x110000)),
        "text beyond everything": member("<U1", "", struct.pack("<I", 0xFFFFFFFF)),
    }
