"""The one spectrum of a run: equal to librosa's, wherever blocks end, from memory or disk."""

from pathlib import Path

import librosa
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.preparation.sound import ArraySound, FileSound
from adapters.preparation.spectra import ArraySpectra, FileSpectra, columns

RATE_HZ = 22_050


def noise(seconds: float, seed: int = 1) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    count = int(seconds * RATE_HZ)
    return np.random.default_rng(seed).standard_normal(count).astype(np.float32)


def test_it_is_the_transform_that_librosa_makes() -> None:
    samples = noise(3.0)
    ours = np.concatenate(list(columns(ArraySound(samples, rate_hz=RATE_HZ))))
    theirs = np.abs(librosa.stft(samples, n_fft=2048, hop_length=512, pad_mode="constant")).T
    assert ours.shape == theirs.shape
    np.testing.assert_allclose(ours, theirs, atol=1e-3)


def test_a_sine_stands_in_its_own_bin() -> None:
    moments_s = np.arange(RATE_HZ) / RATE_HZ
    tone = np.sin(2 * np.pi * 1000 * moments_s).astype(np.float32)
    found = np.concatenate(list(columns(ArraySound(tone, rate_hz=RATE_HZ))))
    assert found[20].argmax() * RATE_HZ / 2048 == pytest.approx(1000, abs=RATE_HZ / 4096)


@given(count=st.integers(0, 30_000), block_s=st.floats(0.02, 1.0))
def test_it_does_not_depend_on_where_blocks_end(count: int, block_s: float) -> None:
    samples = noise(2.0)[:count]
    whole = np.concatenate(list(columns(ArraySound(samples, rate_hz=RATE_HZ))))
    parts = np.concatenate(list(columns(ArraySound(samples, rate_hz=RATE_HZ, block_s=block_s))))
    assert whole.shape == (1 + count // 512, 1025)
    np.testing.assert_array_equal(whole, parts)


@pytest.mark.parametrize("overlap", [0, 7])
def test_blocks_from_disk_hold_the_context_that_was_asked_for(tmp_path: Path, overlap: int) -> None:
    sound = ArraySound(noise(4.0), rate_hz=RATE_HZ)
    whole = ArraySpectra(sound)
    (tmp_path / "spectra.f32").write_bytes(b"".join(b.tobytes() for b in columns(sound)))
    stored = FileSpectra(tmp_path / "spectra.f32", rate_hz=RATE_HZ, block_columns=50)
    everything = next(whole.blocks()).magnitude
    seen = 0
    for block in stored.blocks(overlap=overlap):
        inner = slice(block.lead, len(block.magnitude) - block.trail)
        stop = block.start + len(block.magnitude)
        np.testing.assert_array_equal(block.magnitude, everything[block.start : stop])
        seen += len(block.magnitude[inner])
    assert seen == stored.column_count == whole.column_count


@pytest.mark.parametrize("channels", [1, 2, 6])
def test_sound_from_disk_is_the_sound_in_memory(tmp_path: Path, channels: int) -> None:
    samples = np.random.default_rng(2).standard_normal((5000, channels)).astype(np.float32)
    (tmp_path / "sound.f32").write_bytes(samples.tobytes())
    stored = FileSound(tmp_path / "sound.f32", rate_hz=1000, channels=channels, block_s=0.7)
    kept = ArraySound(samples, rate_hz=1000, block_s=0.7)
    for ours, theirs in zip(stored.blocks(overlap=13), kept.blocks(overlap=13), strict=True):
        assert (ours.start, ours.lead) == (theirs.start, theirs.lead)
        np.testing.assert_array_equal(ours.samples, theirs.samples)
