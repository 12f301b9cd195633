"""Weights out of PyTorch's files, without PyTorch and without running what a pickle asks for.

Both forms that torch.save has written are read: a row of pickles with the raw values behind them
(before 1.6), and a zip of one pickle and a file for each storage.
"""

import io
import pickle
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_TYPES = {
    "FloatStorage": "<f4",
    "DoubleStorage": "<f8",
    "HalfStorage": "<f2",
    "LongStorage": "<i8",
    "IntStorage": "<i4",
    "ByteStorage": "|u1",
}
_HEAD_PICKLES = 3
_COUNT_BYTES = 8


class ForeignPickle(pickle.UnpicklingError):
    """The file asks for something that is no tensor."""


def read_checkpoint(file: Path) -> Mapping[str, Any]:
    """What was saved, tensors as arrays. Raises ForeignPickle."""
    if zipfile.is_zipfile(file):
        return _read_zip(file)
    return _read_row(file)


def _read_zip(file: Path) -> Mapping[str, Any]:
    with zipfile.ZipFile(file) as archive:
        (listed,) = (name for name in archive.namelist() if name.endswith("/data.pkl"))
        root = listed.removesuffix("data.pkl")

        def values(key: str, kind: np.dtype[Any], _count: int) -> Array:
            return np.frombuffer(archive.read(f"{root}data/{key}"), kind)

        found: Mapping[str, Any] = _Tensors(io.BytesIO(archive.read(listed)), values).load()
        return found


def _read_row(file: Path) -> Mapping[str, Any]:
    """The values come after the pickle that needs them: it is read twice."""
    with file.open("rb") as stream:
        for _ in range(_HEAD_PICKLES):
            _Tensors(stream, _nothing).load()
        start = stream.tell()
        kinds: dict[str, np.dtype[Any]] = {}

        def remember(key: str, kind: np.dtype[Any], count: int) -> Array:
            kinds[key] = kind
            return np.zeros(count, kind)

        _Tensors(stream, remember).load()
        kept: dict[str, Array] = {}
        for key in _Tensors(stream, _nothing).load():
            count = int.from_bytes(stream.read(_COUNT_BYTES), "little")
            kept[key] = np.frombuffer(stream.read(count * kinds[key].itemsize), kinds[key])
        stream.seek(start)
        found: Mapping[str, Any] = _Tensors(stream, lambda key, _kind, _count: kept[key]).load()
        return found


def _nothing(key: str, kind: np.dtype[Any], count: int) -> Array:
    raise ForeignPickle(f"a tensor where none is: {key} {kind} {count}")


class _Tensors(pickle.Unpickler):
    """Knows tensors, ordered dictionaries and plain values; nothing else is looked up."""

    def __init__(self, stream: Any, values: Callable[[str, np.dtype[Any], int], Array]) -> None:
        super().__init__(stream)
        self._values = values

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _tensor
        if module == "torch" and name in _TYPES:
            return np.dtype(_TYPES[name])
        raise ForeignPickle(f"{module}.{name} is no part of a tensor")

    def persistent_load(self, pid: Any) -> Array:
        _, kind, key, _, count = pid[:5]
        return self._values(str(key), kind, int(count))


def _tensor(
    storage: Array, offset: int, size: Sequence[int], stride: Sequence[int], *_rest: object
) -> Array:
    """A view of a storage; offset and strides count values, not bytes."""
    steps = [step * storage.itemsize for step in stride]
    # A storage's slice knows its own end: a size that does not fit would read beyond it.
    last = offset + sum((length - 1) * step for length, step in zip(size, stride, strict=True))
    if any(length == 0 for length in size) or not 0 <= offset <= last < len(storage):
        raise ForeignPickle("a tensor reaches beyond its values")
    return np.lib.stride_tricks.as_strided(storage[offset:], tuple(size), tuple(steps)).copy()
