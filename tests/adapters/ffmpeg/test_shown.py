"""What is foretold of each frame's source picture is what the decoder really shows."""

import io
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.components.visual.motion import COMPONENT
from adapters.ffmpeg.moments import each_moment_us, shown_times_s
from tests.adapters.ffmpeg.decoding import Bench
from tests.adapters.ffmpeg.made import H264, WIDTH_PX, encode, number_of, numbered
from tests.adapters.ffmpeg.test_picture import INTERLACED, woven
from tests.components.inputs import measured, planes_inputs
from tests.components.scenes import seen_by, texture

TOLERANCE_US = 2_000
RATES = ("24", "25", "30", "50", "60", "24000/1001", "10", "5")


@given(
    steps_us=st.lists(st.integers(0, 400_000), max_size=60),
    first_us=st.integers(-(10**9), 10**12),
    frame_count=st.integers(1, 80),
)
@example(steps_us=[83_334], first_us=0, frame_count=2)
@example(steps_us=[85_333, 1], first_us=0, frame_count=2)
def test_a_frame_shows_the_last_picture_that_has_begun(
    steps_us: list[int], first_us: int, frame_count: int
) -> None:
    """Newer ones than the moment, two milliseconds granted, are never shown."""
    made_us = [0, *np.cumsum(steps_us).tolist()]
    found = shown_times_s([first_us + made for made in made_us], frame_count=frame_count)
    for index, shown_s in enumerate(found):
        moment_us = Fraction(index * 1_000_000, 12) + TOLERANCE_US
        assert round(shown_s * 1e6) == max(made for made in made_us if made <= moment_us)
    assert len(found) == frame_count


@given(
    moments_us=st.lists(st.integers(-(10**6), 10**13), min_size=1, max_size=40),
    frame_count=st.integers(0, 60),
)
def test_any_clock_gives_a_time_for_each_frame(moments_us: list[int], frame_count: int) -> None:
    """Hardening case 14: clocks that leap by days or go back end no run and take no memory."""
    found = shown_times_s(iter(moments_us), frame_count=frame_count)
    assert len(found) == frame_count
    made_us = {moment - moments_us[0] for moment in moments_us}
    assert {round(shown_s * 1e6) for shown_s in found} <= made_us


def test_without_pictures_nothing_is_shown() -> None:
    written = io.BytesIO(b"# timecode format v2\n")
    assert shown_times_s(each_moment_us(written), frame_count=3) == ()


@pytest.mark.parametrize("rate", RATES)
def test_frames_show_the_pictures_foretold_at_every_rate(
    rate: str, bench: Bench, tmp_path: Path
) -> None:
    """R-401: each picture spells its number."""
    rate_hz = Fraction(rate)
    count = round(5 * rate_hz)
    clip = encode(
        tmp_path / "c.mp4",
        [numbered(n) for n in range(count)],
        "-r",
        rate,
        *H264,
        rate_hz=float(rate_hz),
    )
    whole = bench.decode(clip)
    shown = [number_of(luma) for luma in whole.luma]
    assert len(shown) == 60
    assert whole.decoded.shown_s == pytest.approx([n / rate_hz for n in shown], abs=2e-4)


@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_frames_show_the_pictures_foretold_at_a_rate_that_varies(
    suffix: str, seed: int, bench: Bench, tmp_path: Path
) -> None:
    """Hardening case 14: pictures are on for 10 to 400 ms."""
    steps = np.random.default_rng(seed).choice([1, 2, 3, 5, 8, 40], size=120)
    kept = [0, *[int(n) for n in np.cumsum(steps) if n < 600]]
    chosen = "+".join(f"eq(n,{n})" for n in kept)
    graph = ("-vf", f"select='{chosen}',format=yuv420p", "-fps_mode", "passthrough")
    pictures = [numbered(n) for n in range(600)]
    clip = encode(tmp_path / f"c.{suffix}", pictures, *graph, *H264, rate_hz=100)
    whole = bench.decode(clip)
    shown = [number_of(luma) for luma in whole.luma]
    assert len(set(shown)) > 20
    assert whole.decoded.shown_s == pytest.approx([n / 100 for n in shown], abs=1.1e-3)


def test_an_interlaced_picture_is_two_of_half_its_length(bench: Bench, tmp_path: Path) -> None:
    """The place of the bar tells which field is shown."""
    whole = bench.decode(encode(tmp_path / "c.ts", woven(75), *INTERLACED))
    assert whole.video.interlaced
    assert whole.decoded.picture_count == 75
    fields = [round(50 * shown_s) for shown_s in whole.decoded.shown_s]
    assert any(field % 2 for field in fields)
    for luma, field in zip(whole.luma, fields, strict=True):
        middle = luma[luma.shape[0] // 4 : -luma.shape[0] // 4].mean(axis=0)
        left_px = int(np.argmax(middle > 128)) * WIDTH_PX / luma.shape[1]
        assert left_px == pytest.approx(field * 6 % (WIDTH_PX - 40), abs=2)


@pytest.mark.parametrize("rate_hz", [10, 25, 30])
def test_a_smooth_pan_is_smooth_after_coding_and_decoding(
    rate_hz: int, bench: Bench, tmp_path: Path
) -> None:
    """A tripod's pan at 30 fps must not pass for a hand's: its shake was 0.15."""
    picture, count = texture("coffee"), 2 * rate_hz
    pan = [0.375 * (n / rate_hz - 1) for n in range(count)]
    film = [seen_by(picture, size_px=(568, 320), right=at, zoom=1.8)[..., 1] for at in pan]
    whole = bench.decode(encode(tmp_path / "c.mp4", film, rate_hz=rate_hz))
    inputs = planes_inputs(COMPONENT, whole.frames, shown_s=whole.decoded.shown_s)
    found = measured(COMPONENT, inputs).arrays
    assert found["camera_pan"] == pytest.approx(np.full(24, 0.375), rel=0.03)
    assert float(found["shake"]) < 0.01
