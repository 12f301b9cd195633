"""Sound as components read it: block by block, from a file of the workspace or from memory."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from application.ports.components import SoundBlock

BLOCK_S = 30.0
LEVEL_MAX = 8.0


class ArraySound:
    """Sound held in memory (port `Sound`): float32 samples of shape (n, channels)."""

    def __init__(
        self, samples: NDArray[np.float32], *, rate_hz: int, block_s: float = BLOCK_S
    ) -> None:
        shaped = samples[:, None] if samples.ndim == 1 else samples
        self._samples = np.ascontiguousarray(shaped, dtype=np.float32)
        self._rate_hz = rate_hz
        self._block = max(1, int(block_s * rate_hz))

    @property
    def rate_hz(self) -> int:
        return self._rate_hz

    @property
    def channels(self) -> int:
        return int(self._samples.shape[1])

    @property
    def sample_count(self) -> int:
        return int(self._samples.shape[0])

    def blocks(self, *, overlap: int = 0) -> Iterator[SoundBlock]:
        for start, lead, stop in _bounds(self.sample_count, self._block, overlap):
            yield SoundBlock(start - lead, lead, _playable(self._samples[start - lead : stop]))


class FileSound:
    """Sound in a raw little-endian float32 file, channels interleaved (port `Sound`).

    Blocks are read, not mapped, so that memory does not grow with what was looked at.
    """

    def __init__(
        self, file: Path, *, rate_hz: int, channels: int, block_s: float = BLOCK_S
    ) -> None:
        self._file = file
        self._rate_hz = rate_hz
        self._channels = channels
        self._sample_count = file.stat().st_size // (4 * channels)
        self._block = max(1, int(block_s * rate_hz))

    @property
    def rate_hz(self) -> int:
        return self._rate_hz

    @property
    def channels(self) -> int:
        return self._channels

    @property
    def sample_count(self) -> int:
        return self._sample_count

    def blocks(self, *, overlap: int = 0) -> Iterator[SoundBlock]:
        step = self._channels
        with self._file.open("rb") as stream:
            for start, lead, stop in _bounds(self._sample_count, self._block, overlap):
                stream.seek(4 * step * (start - lead))
                flat = np.fromfile(stream, dtype="<f4", count=step * (stop - start + lead))
                yield SoundBlock(start - lead, lead, _playable(flat.reshape(-1, step)))


def _playable(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Tracks of floats may hold anything; no player gives NaN or 18 dB more than full scale."""
    # NaN compares False and so takes the way that mends it.
    if float(np.abs(samples).max(initial=0.0)) <= LEVEL_MAX:
        return samples
    return np.clip(np.nan_to_num(samples, nan=0.0), -LEVEL_MAX, LEVEL_MAX)


def _bounds(count: int, block: int, overlap: int) -> Iterator[tuple[int, int, int]]:
    for start in range(0, count, block):
        yield start, min(overlap, start), min(start + block, count)
