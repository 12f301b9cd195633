"""That the sample sounds as its written-down truth says."""

from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
from scipy.signal import butter, sosfilt

from entrypoints.demo import timeline as plan
from entrypoints.demo.music import music
from entrypoints.demo.sound import integrated_lufs, speak
from entrypoints.demo.timeline import LINES, SAMPLE_RATE_HZ, Line
from entrypoints.demo.tools import Tools
from tests.demo import reading
from tests.demo.reading import Sound

pytestmark = pytest.mark.slow

# Krumhansl and Kessler's probe-tone ratings (1982), from the tonic upwards.
PROFILES = {
    "major": (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88),
    "minor": (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17),
}
NOTES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")


@pytest.fixture(scope="module")
def heard(sample: Path) -> Sound:
    return reading.sound(sample)


def test_its_loudness_is_the_known_one_by_two_meters(
    sample: Path, heard: Sound, demo_tools: Tools
) -> None:
    by_ffmpeg = integrated_lufs(sample, demo_tools.ffmpeg)
    by_pyloudnorm = pyloudnorm.Meter(SAMPLE_RATE_HZ).integrated_loudness(heard)
    assert by_ffmpeg == pytest.approx(plan.LOUDNESS_LUFS, abs=0.05)
    assert by_pyloudnorm == pytest.approx(plan.LOUDNESS_LUFS, abs=0.1)


def test_nothing_is_clipped_and_the_sound_fills_the_video(heard: Sound) -> None:
    assert np.abs(heard).max() < 0.9
    assert len(heard) / SAMPLE_RATE_HZ == pytest.approx(plan.DURATION_S, abs=0.05)


def test_its_tempo_is_the_known_one(heard: Sound) -> None:
    """By the rate at which its lowest sounds, drum and bass, swell."""
    rate_hz = 200
    low = sosfilt(butter(4, 120, fs=SAMPLE_RATE_HZ, output="sos"), heard.mean(axis=1))
    hop = SAMPLE_RATE_HZ // rate_hz
    energy = np.log1p((low[: len(low) // hop * hop].reshape(-1, hop) ** 2).sum(axis=1))
    swell = np.maximum(np.diff(energy), 0)
    strength = np.abs(np.fft.rfft(swell - swell.mean(), 1 << 18))
    bpm = np.fft.rfftfreq(1 << 18, 1 / rate_hz) * 60
    sought = (bpm > 60) & (bpm < 180)
    assert bpm[sought][np.argmax(strength[sought])] == pytest.approx(plan.TEMPO_BPM, rel=0.005)


def test_its_key_is_the_known_one(heard: Sound) -> None:
    """By correlation of all it sounds with the profiles of the 24 keys."""
    mono = heard.mean(axis=1)
    strength = np.abs(np.fft.rfft(mono * np.hanning(len(mono))))
    hertz = np.fft.rfftfreq(len(mono), 1 / SAMPLE_RATE_HZ)
    sought = (hertz > 100) & (hertz < 1500)
    pitch_class = np.round(12 * np.log2(hertz[sought] / 440) + 9).astype(int) % 12
    chroma = np.bincount(pitch_class, weights=strength[sought], minlength=12)
    likeness = {
        (NOTES[tonic], mode): np.corrcoef(np.roll(profile, tonic), chroma)[0, 1]
        for mode, profile in PROFILES.items()
        for tonic in range(12)
    }
    assert max(likeness, key=lambda key: likeness[key]) == (plan.KEY, plan.MODE)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.text)
def test_each_line_is_spoken_when_it_should_be(
    heard: Sound, demo_tools: Tools, tmp_path: Path, line: Line
) -> None:
    """The voice alone is found in the mix at its moment, and not two seconds away."""
    alone = speak(line, tmp_path / "line.wav", demo_tools.espeak)
    alone = alone[: round(line.span.seconds * SAMPLE_RATE_HZ)]
    assert len(alone) / SAMPLE_RATE_HZ > 1.5
    mono = heard.mean(axis=1)

    def likeness(at_s: float) -> float:
        start = round(at_s * SAMPLE_RATE_HZ)
        return float(np.corrcoef(mono[start : start + len(alone)], alone)[0, 1])

    away_s = -2.0 if line is LINES[-1] else 2.0
    assert likeness(line.span.start_s) > 0.3
    assert abs(likeness(line.span.start_s + away_s)) < 0.1


def test_the_music_lasts_as_long_as_the_video() -> None:
    assert music().shape == (plan.DURATION_S * SAMPLE_RATE_HZ, 2)


def test_the_same_is_played_and_said_every_time(demo_tools: Tools, tmp_path: Path) -> None:
    line = LINES[0]
    said = [speak(line, tmp_path / "line.wav", demo_tools.espeak) for _ in range(2)]
    assert np.array_equal(said[0], said[1])
    assert np.array_equal(music(), music())
