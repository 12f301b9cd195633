"""The run's one short-time Fourier transform: computed in blocks, stored, read in blocks."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from application.ports.components import Sound, SpectrumBlock

WINDOW = 2048
HOP = 512
BINS = WINDOW // 2 + 1
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


class FileSpectra:
    """The stored spectrum: a raw float32 file of rows of 1025 (port `Spectra`)."""

    def __init__(self, file: Path, *, rate_hz: int, block_columns: int = BLOCK_COLUMNS) -> None:
        self._file = file
        self._rate_hz = rate_hz
        self._block = block_columns
        self._count = file.stat().st_size // (4 * BINS)

    @property
    def rate_hz(self) -> int:
        return self._rate_hz

    @property
    def window(self) -> int:
        return WINDOW

    @property
    def hop(self) -> int:
        return HOP

    @property
    def column_count(self) -> int:
        return self._count

    def blocks(self, *, overlap: int = 0) -> Iterator[SpectrumBlock]:
        with self._file.open("rb") as stream:
            for start in range(0, self._count, self._block):
                stop = min(start + self._block, self._count)
                lead, trail = min(overlap, start), min(overlap, self._count - stop)
                stream.seek(4 * BINS * (start - lead))
                amount = stop - start + lead + trail
                flat = np.fromfile(stream, dtype="<f4", count=BINS * amount)
                yield SpectrumBlock(start - lead, lead, trail, flat.reshape(-1, BINS))


class ArraySpectra:
    """A spectrum held in memory (port `Spectra`), computed from a mono sound."""

    def __init__(self, sound: Sound, *, block_columns: int = BLOCK_COLUMNS) -> None:
        blocks = list(columns(sound))
        self._magnitude = np.concatenate(blocks)
        self._rate_hz = sound.rate_hz
        self._block = block_columns

    @property
    def rate_hz(self) -> int:
        return self._rate_hz

    @property
    def window(self) -> int:
        return WINDOW

    @property
    def hop(self) -> int:
        return HOP

    @property
    def column_count(self) -> int:
        return int(self._magnitude.shape[0])

    def blocks(self, *, overlap: int = 0) -> Iterator[SpectrumBlock]:
        count = self.column_count
        for start in range(0, count, self._block):
            stop = min(start + self._block, count)
            lead, trail = min(overlap, start), min(overlap, count - stop)
            part = self._magnitude[start - lead : stop + trail]
            yield SpectrumBlock(start - lead, lead, trail, part)


def _transformed(samples: NDArray[np.float32], count: int) -> Iterator[NDArray[np.float32]]:
    for first in range(0, count, BLOCK_COLUMNS):
        amount = min(BLOCK_COLUMNS, count - first)
        part = samples[first * HOP : (first + amount - 1) * HOP + WINDOW]
        windows = np.lib.stride_tricks.sliding_window_view(part, WINDOW)[::HOP]
        yield np.abs(fft.rfft(windows * _HANN, axis=1)).astype(np.float32)
