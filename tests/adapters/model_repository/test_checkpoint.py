"""Weights are read out of PyTorch's files, and nothing that a pickle asks for is run."""

import collections
import io
import os
import pickle
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from adapters.model_repository.checkpoint import ForeignPickle, read_checkpoint

VALUES = np.arange(24, dtype=np.float32).reshape(2, 3, 4)


class FloatStorage:
    """Stands in for torch's class of this name, which a checkpoint only names."""


def _rebuild_tensor_v2(*_arguments: object) -> None:
    """Stands in for torch's function of this name."""


class _Tensor:
    """Pickles as a tensor does: a call of torch's function with a storage, sizes and strides."""

    def __init__(self, size: tuple[int, ...], stride: tuple[int, ...], offset: int = 0) -> None:
        hooks: dict[str, object] = collections.OrderedDict()
        self.form = (offset, size, stride, False, hooks)

    def __reduce__(self) -> Any:
        return _rebuild_tensor_v2, (_STORAGE, *self.form)


class _Harm:
    """Pickles as a call of something that is no tensor."""

    def __init__(self, what: Callable[..., Any]) -> None:
        self.what = what

    def __reduce__(self) -> Any:
        return self.what, ("echo harm",)


_STORAGE = object()


class _Pickler(pickle.Pickler):
    """Writes storages as torch.save does, by a persistent id."""

    def persistent_id(self, obj: Any) -> Any:
        return ("storage", FloatStorage, "0", "cpu", VALUES.size) if obj is _STORAGE else None


def _pickled(obj: object) -> bytes:
    """Names of ours that stand in for torch's become torch's."""
    stream = io.BytesIO()
    _Pickler(stream, 2).dump(obj)
    here = __name__.encode()
    content = stream.getvalue().replace(b"c" + here + b"\nFloat", b"ctorch\nFloat")
    return content.replace(b"c" + here + b"\n_rebuild", b"ctorch._utils\n_rebuild")


def _zip(folder: Path, obj: object) -> Path:
    file = folder / "weights.pth"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("archive/data.pkl", _pickled(obj))
        archive.writestr("archive/data/0", VALUES.tobytes())
    return file


def _row(folder: Path, obj: object) -> Path:
    file = folder / "weights.pt"
    head = [_pickled(1), _pickled(1001), _pickled({})]
    values = struct.pack("<q", VALUES.size) + VALUES.tobytes()
    file.write_bytes(b"".join([*head, _pickled(obj), _pickled(["0"]), values]))
    return file


@pytest.mark.parametrize("write", [_zip, _row])
def test_tensors_are_read_with_their_shapes_and_strides(write: Any, tmp_path: Path) -> None:
    asked = {
        "whole": _Tensor((2, 3, 4), (12, 4, 1)),
        "turned": _Tensor((4, 3, 2), (1, 4, 12)),
        "middle": _Tensor((3,), (4,), offset=13),
        "step": 7,
    }
    found = read_checkpoint(write(tmp_path, asked))
    np.testing.assert_array_equal(found["whole"], VALUES)
    np.testing.assert_array_equal(found["turned"], VALUES.T)
    np.testing.assert_array_equal(found["middle"], VALUES[1, :, 1])
    assert found["step"] == 7


@pytest.mark.parametrize("write", [_zip, _row])
@pytest.mark.parametrize("what", [os.system, eval, zipfile.ZipFile])
def test_nothing_else_is_looked_up(write: Any, what: Callable[..., Any], tmp_path: Path) -> None:
    with pytest.raises(ForeignPickle):
        read_checkpoint(write(tmp_path, {"x": _Harm(what)}))


@pytest.mark.parametrize(
    ("size", "stride", "offset"), [((100,), (1,), 0), ((2,), (-1,), 0), ((2,), (1,), 23)]
)
def test_a_tensor_that_reaches_beyond_its_values_is_refused(
    size: tuple[int, ...], stride: tuple[int, ...], offset: int, tmp_path: Path
) -> None:
    """Memory beyond a storage is never read."""
    with pytest.raises(ForeignPickle):
        read_checkpoint(_zip(tmp_path, {"x": _Tensor(size, stride, offset)}))
