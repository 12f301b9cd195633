"""Every analysis frame shows the picture of its moment, whatever the container's clock does."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from domain.component import SoundKind
from tests.adapters.ffmpeg.decoding import Bench, Whole
from tests.adapters.ffmpeg.made import (
    H264,
    beeps,
    encode,
    flashes,
    number_of,
    numbered,
    run_ffmpeg,
)
from tests.adapters.ffmpeg.theora import with_every_picture

TOLERANCE_S = Fraction(2, 1000)
"""A picture this much after a moment still belongs to it: containers round to milliseconds."""


def shown_numbers(whole: Whole) -> list[int]:
    return [number_of(luma) for luma in whole.luma]


@pytest.mark.parametrize("rate", [Fraction(25), Fraction(30_000, 1001), Fraction(5), Fraction(60)])
def test_frame_k_shows_the_picture_at_k_twelfths_of_a_second(
    rate: Fraction, bench: Bench, tmp_path: Path
) -> None:
    """R-401."""
    count = round(4 * rate)
    clip = encode(tmp_path / "c.mp4", [numbered(n) for n in range(count)], rate_hz=float(rate))
    whole = bench.decode(clip)
    expected = [int((Fraction(k, 12) + TOLERANCE_S) * rate) for k in range(48)]
    assert shown_numbers(whole) == expected
    assert whole.decoded.picture_count == whole.video.picture_count == count
    assert whole.decoded.duration_s == pytest.approx(float(count / rate), abs=0.001)


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "flv"])
def test_a_variable_frame_rate_is_laid_on_the_grid(
    suffix: str, bench: Bench, tmp_path: Path
) -> None:
    """Hardening case 14; Matroska and FLV round times to milliseconds."""
    kept = [0, 3, 4, 5, 20, 21, 50, 90, 91, 92, 93, 130, 197, 198, 199]
    chosen = "+".join(f"eq(n,{n})" for n in kept)
    pictures = [numbered(n) for n in range(200)]
    graph = ("-vf", f"select='{chosen}',format=yuv420p", "-fps_mode", "passthrough")
    clip = encode(tmp_path / f"c.{suffix}", pictures, *graph, *H264, rate_hz=50)
    whole = bench.decode(clip)
    at_s = [k / 12 + TOLERANCE_S for k in range(whole.decoded.frame_count)]
    assert shown_numbers(whole) == [max(n for n in kept if n / 50 <= time) for time in at_s]
    assert whole.decoded.picture_count == len(kept)


@pytest.mark.parametrize(
    ("suffix", "options"),
    [
        ("mp4", (*H264, "-c:a", "aac")),
        ("mkv", (*H264, "-c:a", "aac")),
        ("flv", (*H264, "-c:a", "aac", "-ar", "44100")),
        ("ts", (*H264, "-c:a", "aac", "-output_ts_offset", "36000")),
        ("mpg", ("-c:v", "mpeg1video", "-q:v", "2", "-c:a", "mp2")),
        ("avi", ("-c:v", "mpeg4", "-q:v", "2", "-c:a", "pcm_s16le")),
        ("ogv", ("-c:v", "libtheora", "-q:v", "9", "-c:a", "libvorbis")),
        ("mov", (*H264, "-c:a", "pcm_s16le")),
        ("asf", ("-c:v", "wmv2", "-q:v", "2", "-c:a", "wmav2")),
        ("webm", ("-c:v", "libvpx", "-b:v", "2M", "-cpu-used", "8", "-c:a", "libopus")),
    ],
)
def test_a_flash_and_a_beep_stay_together(
    suffix: str, options: tuple[str, ...], bench: Bench, tmp_path: Path
) -> None:
    """Alignment after extraction: within one frame and 10 ms, in every kind of container."""
    at_s = [1.0, 2.0, 4.0]
    pictures = flashes(125, at=[round(25 * t) for t in at_s])
    clip = encode(tmp_path / f"c.{suffix}", pictures, *options, sound=beeps(5, at_s))
    if suffix == "ogv":
        with_every_picture(clip)
    assert_together(bench.decode(clip), at_s)


@pytest.mark.parametrize("late_s", [-0.7, 0.4])
def test_sound_that_starts_before_or_after_the_picture_keeps_its_place(
    late_s: float, bench: Bench, tmp_path: Path
) -> None:
    at_s = [1.0, 2.0, 4.0]
    sound = beeps(5, at_s, late_s=late_s)
    pictures = flashes(125, at=[round(25 * t) for t in at_s])
    options = (*H264, "-c:a", "pcm_s16le", "-avoid_negative_ts", "make_non_negative")
    clip = encode(tmp_path / "c.mkv", pictures, *options, sound=sound)
    whole = bench.decode(clip)
    assert_together(whole, at_s)
    assert whole.decoded.sounds[SoundKind.ORIGINAL].sample_count == pytest.approx(
        5 * 48_000, abs=48
    )


def test_a_gap_in_the_sound_is_filled_with_silence(bench: Bench, tmp_path: Path) -> None:
    """Packets of a second are missing: what follows keeps its moment."""
    at_s = [1.0, 4.0]
    options = (*H264, "-c:a", "pcm_s16le", "-bsf:a", "noise=drop=between(n\\,70\\,118)")
    pictures = flashes(125, at=[25, 100])
    clip = encode(tmp_path / "c.mkv", pictures, *options, sound=beeps(5, at_s))
    assert_together(bench.decode(clip), at_s)


def test_sound_longer_than_the_picture_is_cut_to_it(bench: Bench, tmp_path: Path) -> None:
    """R-103, hardening case 15."""
    clip = encode(
        tmp_path / "c.mp4", flashes(50, at=[25]), *H264, "-c:a", "aac", sound=beeps(9, [1.0])
    )
    whole = bench.decode(clip)
    counts = {kind: sound.sample_count for kind, sound in whole.decoded.sounds.items()}
    assert counts == {"original": 96_000, "music": 44_100, "speech": 32_000}


def test_sound_shorter_than_the_picture_is_padded_with_silence(
    bench: Bench, tmp_path: Path
) -> None:
    clip = encode(
        tmp_path / "c.mov", flashes(75, at=[25]), *H264, "-c:a", "pcm_s16le", sound=beeps(1.5, [1])
    )
    whole = bench.decode(clip)
    original = whole.sounds[SoundKind.ORIGINAL]
    assert len(original) == 3 * 48_000
    assert np.all(original[round(1.6 * 48_000) :] == 0)


def assert_together(whole: Whole, at_s: list[float]) -> None:
    """Flashes begin on their frames; beeps begin within 10 ms, in every rendering."""
    lit = whole.luma.mean(axis=(1, 2)) > 128
    begins = [k for k in range(1, len(lit)) if lit[k] and not lit[k - 1]]
    assert begins == [round(12 * moment) for moment in at_s]
    for kind, samples in whole.sounds.items():
        rate_hz = whole.decoded.sounds[kind].rate_hz
        assert onsets_s(samples[:, 0], rate_hz) == pytest.approx(at_s, abs=0.010)


def onsets_s(samples: np.ndarray[tuple[int], np.dtype[np.float32]], rate_hz: int) -> list[float]:
    """Moments at which a sound louder than a third of the peak follows a tenth of silence."""
    loud = np.flatnonzero(np.abs(samples) > np.abs(samples).max() / 3)
    starts = np.flatnonzero(np.diff(loud, prepend=-rate_hz) > rate_hz // 10)
    return [float(loud[start] / rate_hz) for start in starts]


def test_what_an_edit_list_leaves_out_is_neither_counted_nor_shown(
    bench: Bench, tmp_path: Path
) -> None:
    """A cut without re-encoding keeps the pictures since the last key picture, hidden."""
    at_s = [1.0, 2.0, 4.0]
    options = (*H264, "-g", "50", "-c:a", "aac")
    pictures = [numbered(n) for n in range(125)]
    source = encode(tmp_path / "s.mp4", pictures, *options, sound=beeps(5, at_s))
    clip = tmp_path / "c.mp4"
    run_ffmpeg("-ss", "0.6", "-i", str(source), "-c", "copy", str(clip))
    whole = bench.decode(clip)
    assert whole.decoded.picture_count == whole.video.picture_count == 110
    assert shown_numbers(whole)[:3] == [15, 17, 19]
    original = whole.sounds[SoundKind.ORIGINAL][:, 0]
    assert onsets_s(original, 48_000) == pytest.approx([t - 0.6 for t in at_s], abs=0.010)
