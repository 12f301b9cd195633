"""The speed of motion does not depend on how a source's pictures fall onto the 12 fps grid."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.components.visual.motion import COMPONENT
from adapters.components.visual.true_steps import Speeds
from application.ports.components import Arrays
from tests.components.inputs import a_timeline, measured, picture_inputs
from tests.components.scenes import camera_move, seen_by, texture

SIZE_PX = (568, 320)
RATES = ("24", "25", "30", "50", "60", "24000/1001", "30000/1001", "10", "8", "15")


def shown_at(rate: str, *, frames: int) -> list[float]:
    """When the pictures were made that the grid shows of a source of this rate."""
    rate_hz = Fraction(rate)
    return [float(math.floor(Fraction(index, 12) * rate_hz) / rate_hz) for index in range(frames)]


def seen(places: list[float], shown_s: list[float], *, zoom: float = 1.8) -> Arrays:
    picture = texture("coffee")
    shown = [seen_by(picture, size_px=SIZE_PX, right=place, zoom=zoom) for place in places]
    return measured(COMPONENT, picture_inputs(COMPONENT, shown, shown_s=shown_s)).arrays


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("speed", [0.1, 0.375])
def test_a_smooth_pan_is_smooth_at_every_rate(rate: str, speed: float) -> None:
    shown_s = shown_at(rate, frames=24)
    found = seen([speed * (at_s - 1) for at_s in shown_s], shown_s)

    pan = found["camera_pan"]
    assert pan == pytest.approx(np.full(24, speed), rel=0.02)
    assert found["magnitude"] == pytest.approx(pan * SIZE_PX[0] / SIZE_PX[1], rel=0.05)
    assert float(found["shake"]) < 0.01
    assert found["still_share"] == 0.0


@pytest.mark.parametrize("rate", RATES)
def test_a_smooth_zoom_and_roll_are_smooth_at_every_rate(rate: str) -> None:
    shown_s = shown_at(rate, frames=18)
    picture = texture("gravel")
    shown = [
        seen_by(picture, size_px=SIZE_PX, zoom=1.4 * math.exp(0.3 * at_s), roll_degrees=15 * at_s)
        for at_s in shown_s
    ]
    found = measured(COMPONENT, picture_inputs(COMPONENT, shown, shown_s=shown_s)).arrays

    assert found["camera_zoom"] == pytest.approx(np.full(18, 0.3), rel=0.05)
    assert found["camera_roll"] == pytest.approx(np.full(18, 15.0), rel=0.05)


@pytest.mark.parametrize("rate", ["24", "25", "30", "60"])
def test_a_shaking_camera_is_told_alike_at_every_rate(rate: str) -> None:
    """A swing of 2.3 Hz over a pan: what of it the grid can show is known from its places."""
    shown_s = shown_at(rate, frames=60)
    swing = [0.008 * math.sin(2 * math.pi * 2.3 * at_s) for at_s in shown_s]
    places = [0.1 * (at_s - 2.5) + off for at_s, off in zip(shown_s, swing, strict=True)]
    found = seen(places, shown_s)

    true_pan = np.diff(places) / np.diff(shown_s)
    assert found["camera_pan"][1:] == pytest.approx(true_pan, abs=0.01)
    # A mean over T of a sine at f keeps sinc(fT); half a second of 7 frames is taken off.
    kept = np.sinc(2.3 / 12) * (1 - np.sin(7 * math.pi * 2.3 / 12) / np.sin(math.pi * 2.3 / 12) / 7)
    speed = 0.008 * 2 * math.pi * 2.3 / math.sqrt(2) * SIZE_PX[0] / SIZE_PX[1]
    assert float(found["shake"]) == pytest.approx(speed * kept, rel=0.1)


def test_a_cut_in_a_slow_source_is_bridged_and_not_a_standstill() -> None:
    """The frame before the cut shows the picture before it a second time."""
    shown_s = shown_at("10", frames=24)
    film = [
        seen_by(
            texture("coffee" if at_s < 0.55 else "gravel"),
            size_px=SIZE_PX,
            right=0.1 * (at_s - 1),
            zoom=1.4,
        )
        for at_s in shown_s
    ]
    found = measured(COMPONENT, picture_inputs(COMPONENT, film, shown_s=shown_s)).arrays

    assert np.flatnonzero(~found["matched"]).tolist() == [0, 7, 8]
    assert found["camera_pan"] == pytest.approx(np.full(24, 0.1), rel=0.1)


def test_slides_of_seconds_stand_still_between_their_changes() -> None:
    names = ("coffee", "gravel", "astronaut")
    slides = {name: seen_by(texture(name), size_px=SIZE_PX) for name in names}
    film = [slides[names[index // 24]] for index in range(72)]
    shown_s = [2.0 * (index // 24) for index in range(72)]
    found = measured(COMPONENT, picture_inputs(COMPONENT, film, shown_s=shown_s)).arrays

    assert found["magnitude"].max() < 0.001
    assert found["still_share"] == 1.0
    assert np.flatnonzero(~found["matched"]).tolist() == [0, 24, 48]


def test_times_of_another_number_of_frames_are_refused() -> None:
    shown = camera_move("coffee", frames=8)
    with pytest.raises(RuntimeError, match="once the video is decoded"):
        measured(COMPONENT, picture_inputs(COMPONENT, shown, shown_s=[0.0, 0.1]))


def test_steps_are_known_only_after_the_pass() -> None:
    with pytest.raises(RuntimeError, match="once the video is decoded"):
        _ = a_timeline().steps_s


def test_motion_of_a_picture_shown_again_is_that_of_the_step_it_belongs_to() -> None:
    steps_s = np.array([0.1, 0.0, 0.2, 0.0, 0.0, 0.15, 0.0])
    moved = np.array([1.0, 9.0, 4.0, 9.0, 9.0, 3.0, 9.0])
    matched = np.array([True, True, True, True, True, False, True])

    speeds = Speeds.over(steps_s, matched=matched)

    assert speeds.known.tolist() == [True, True, True, False, False, False, False]
    assert speeds.of(moved) == pytest.approx([10, 20, 20, 0, 0, 0, 0])


def test_a_picture_that_stays_to_the_end_stands() -> None:
    speeds = Speeds.over(np.array([0.1, 0.0, 0.0, 0.0, 0.0]), matched=np.ones(5, dtype=np.bool_))

    assert speeds.known.all()
    assert speeds.of(np.ones(5)) == pytest.approx([10, 0, 0, 0, 0])


@given(
    pictures=st.lists(st.tuples(st.integers(1, 4), st.integers(1, 40)), min_size=1, max_size=20),
    speed=st.floats(-5, 5),
)
def test_a_steady_motion_is_steady_whatever_the_steps(
    pictures: list[tuple[int, int]], speed: float
) -> None:
    """Each picture is on for some frames of the grid, and the next is some hundredths younger."""
    steps_s = np.concatenate([[0.0] * (frames - 1) + [gap / 100] for frames, gap in pictures])

    speeds = Speeds.over(steps_s, matched=np.ones(len(steps_s), dtype=np.bool_))

    assert speeds.known.all()
    assert speeds.of(speed * steps_s) == pytest.approx(np.full(len(steps_s), speed))


def test_pictures_a_millisecond_apart_tell_no_speed() -> None:
    speeds = Speeds.over(np.array([0.1, 0.001, 0.1]), matched=np.ones(3, dtype=np.bool_))

    assert speeds.known.tolist() == [True, False, True]
