"""Sound block by block: overlaps, ends, and samples that no player would play."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from adapters.preparation.sound import LEVEL_MAX, ArraySound, FileSound
from application.ports.components import Sound


def _both(folder: Path, samples: NDArray[np.float32], *, block_s: float) -> tuple[Sound, Sound]:
    file = folder / "sound.f32"
    samples.astype("<f4").tofile(file)
    return (
        ArraySound(samples, rate_hz=100, block_s=block_s),
        FileSound(file, rate_hz=100, channels=samples.shape[1], block_s=block_s),
    )


@pytest.mark.parametrize("overlap", [0, 3, 40])
def test_blocks_and_their_leads_are_the_sound(tmp_path: Path, overlap: int) -> None:
    samples = np.random.default_rng(1).uniform(-1, 1, (105, 2)).astype(np.float32)
    for sound in _both(tmp_path, samples, block_s=0.25):
        assert (sound.channels, sound.sample_count) == (2, 105)
        new = []
        for block in sound.blocks(overlap=overlap):
            stop = block.start + len(block.samples)
            np.testing.assert_array_equal(block.samples, samples[block.start : stop])
            assert block.lead == min(overlap, block.start + block.lead)
            new.append(block.samples[block.lead :])
        np.testing.assert_array_equal(np.concatenate(new), samples)


def test_nan_is_silence_and_nothing_is_much_above_full_scale(tmp_path: Path) -> None:
    """A track of floats may hold anything; the report's numbers must stay numbers."""
    samples = np.array([[0.5], [np.nan], [np.inf], [-np.inf], [1e30], [-1.5]], dtype=np.float32)
    expected = [0.5, 0, LEVEL_MAX, -LEVEL_MAX, LEVEL_MAX, -1.5]
    for sound in _both(tmp_path, samples, block_s=1):
        (block,) = sound.blocks()
        assert block.samples[:, 0].tolist() == expected
