"""The stored frames of one component, from a file of the workspace or from memory."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from adapters.preparation import pictures


class ArrayFrames:
    """Frames held in memory as planes (port `Frames`)."""

    def __init__(self, indices: Sequence[int], planes: Sequence[pictures.Planes]) -> None:
        self._indices = np.asarray(indices, dtype=np.int64)
        self._planes = planes

    @property
    def indices(self) -> NDArray[np.int64]:
        return self._indices

    def rgb(self) -> Iterator[NDArray[np.uint8]]:
        return (pictures.rgb(planes) for planes in self._planes)

    def luma(self) -> Iterator[NDArray[np.uint8]]:
        return (pictures.luma(planes) for planes in self._planes)


class FileFrames:
    """Some of the frames of a raw file that holds one after another (port `Frames`).

    `rows` are the positions in the file of the frames with the timeline positions `indices`.
    """

    def __init__(
        self, file: Path, *, size: tuple[int, int], rows: Sequence[int], indices: Sequence[int]
    ) -> None:
        self._file = file
        self._width_px, self._height_px = size
        self._rows = rows
        self._indices = np.asarray(indices, dtype=np.int64)

    @property
    def indices(self) -> NDArray[np.int64]:
        return self._indices

    def rgb(self) -> Iterator[NDArray[np.uint8]]:
        return (pictures.rgb(planes) for planes in self._each())

    def luma(self) -> Iterator[NDArray[np.uint8]]:
        return (pictures.luma(planes) for planes in self._each())

    def _each(self) -> Iterator[pictures.Planes]:
        size_bytes = self._width_px * self._height_px * 3 // 2
        with self._file.open("rb") as stream:
            for row in self._rows:
                stream.seek(row * size_bytes)
                flat = np.fromfile(stream, dtype=np.uint8, count=size_bytes)
                yield flat.reshape(self._height_px * 3 // 2, self._width_px)
