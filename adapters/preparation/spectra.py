"""The run's one short-time Fourier transform: computed in blocks, stored, read in blocks."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import scipy
from numpy.typing import NDArray

from application.ports.components import Sound, SpectrumBlock

WINDOW = 2048
HOP = 512
BINS = WINDOW // 2 + 1
_ROW_BYTES = 4 * BINS
BLOCK_COLUMNS = 1292
"""About 30 s at 22,050 Hz."""

_HANN = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)).astype(np.float32)


def columns(sound: Sound) -> Iterator[NDArray[np.float32]]:
    """Magnitudes of a mono sound in blocks of shape (at most 1292, 1025), in order.

    Column i is centred on sample 512 i, with zeros beyond both ends; there are 1 + n // 512.
    """
    half = WINDOW // 2
    total = 1 + sound.sample_count // HOP
    held = np.zeros(half, dtype=np.float32)
    done = 0
    for block in sound.blocks():
        held = np.concatenate([held, block.samples[:, 0]])
        ready = max(0, (len(held) - WINDOW) // HOP + 1)
        yield from _transformed(held, ready)
        done += ready
        held = held[ready * HOP :]
    held = np.concatenate([held, np.zeros(WINDOW, dtype=np.float32)])
    yield from _transformed(held, total - done)


class _Columns(ABC):
    """A spectrum (port `Spectra`) whose `column_count` columns are read a stretch at a time."""

    window = WINDOW
    hop = HOP

    def __init__(self, column_count: int, *, rate_hz: int, block_columns: int) -> None:
        self.column_count = column_count
        self.rate_hz = rate_hz
        self._block = block_columns

    def blocks(self, *, overlap: int = 0) -> Iterator[SpectrumBlock]:
        count = self.column_count
        for start in range(0, count, self._block):
            stop = min(start + self._block, count)
            lead, trail = min(overlap, start), min(overlap, count - stop)
            part = self._read(start - lead, stop + trail)
            yield SpectrumBlock(start - lead, lead, trail, part)

    @abstractmethod
    def _read(self, first: int, end: int) -> NDArray[np.float32]:
        """The magnitudes of columns `first` to before `end`."""


class FileSpectra(_Columns):
    """The stored spectrum: a raw float32 file of rows of 1025."""

    def __init__(self, file: Path, *, rate_hz: int, block_columns: int = BLOCK_COLUMNS) -> None:
        count = file.stat().st_size // _ROW_BYTES
        super().__init__(count, rate_hz=rate_hz, block_columns=block_columns)
        self._file = file

    def _read(self, first: int, end: int) -> NDArray[np.float32]:
        flat = np.fromfile(
            self._file, dtype="<f4", count=BINS * (end - first), offset=_ROW_BYTES * first
        )
        return flat.reshape(-1, BINS)


class ArraySpectra(_Columns):
    """A spectrum held in memory, computed from a mono sound."""

    def __init__(self, sound: Sound, *, block_columns: int = BLOCK_COLUMNS) -> None:
        self._magnitude = np.concatenate(list(columns(sound)))
        count = int(self._magnitude.shape[0])
        super().__init__(count, rate_hz=sound.rate_hz, block_columns=block_columns)

    def _read(self, first: int, end: int) -> NDArray[np.float32]:
        return self._magnitude[first:end]


def _transformed(samples: NDArray[np.float32], count: int) -> Iterator[NDArray[np.float32]]:
    for first in range(0, count, BLOCK_COLUMNS):
        amount = min(BLOCK_COLUMNS, count - first)
        part = samples[first * HOP : (first + amount - 1) * HOP + WINDOW]
        windows = np.lib.stride_tricks.sliding_window_view(part, WINDOW)[::HOP]
        yield np.abs(scipy.fft.rfft(windows * _HANN, axis=1)).astype(np.float32)
