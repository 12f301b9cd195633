"""Motion against camera moves of known speed."""

import math

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from adapters.components.visual.motion import COMPONENT
from application.ports.components import Arrays
from domain.component import EmptyReason
from tests.components.clips import OpenClip
from tests.components.inputs import measured, picture_inputs
from tests.components.scenes import Picture, camera_move, disc_over, noisy, seen_by, texture

TEXTURES = ("astronaut", "chelsea", "gravel", "grass", "coffee", "hubble_deep_field")
SIZES = ((568, 320), (320, 568), (320, 320))


def moved(pictures: list[Picture]) -> Arrays:
    return measured(COMPONENT, picture_inputs(COMPONENT, pictures)).arrays


def typical(curve: NDArray[np.float64]) -> float:
    return float(np.median(curve[1:]))


@pytest.mark.parametrize("speed", [0.02, 0.05, 0.2, 0.5, 1.0])
@pytest.mark.parametrize("name", TEXTURES)
def test_a_pan_of_known_speed_is_measured_within_a_tenth(name: str, speed: float) -> None:
    for size_px in SIZES:
        zoom = 3.0 if speed > 0.3 else 1.2
        found = moved(camera_move(name, size_px=size_px, pan=speed, frames=8, start_zoom=zoom))

        assert typical(found["camera_pan"]) == pytest.approx(speed, rel=0.1)
        assert abs(typical(found["camera_tilt"])) < 0.1 * speed
        expected = speed * size_px[0] / size_px[1]
        assert typical(found["magnitude"]) == pytest.approx(expected, rel=0.1)


@pytest.mark.parametrize("speed", [-0.4, -0.05, 0.05, 0.4])
def test_a_camera_turning_up_has_a_positive_tilt(speed: float) -> None:
    found = moved(camera_move("chelsea", tilt=speed, frames=8, start_zoom=2.0))

    assert typical(found["camera_tilt"]) == pytest.approx(speed, rel=0.1)
    assert typical(found["magnitude"]) == pytest.approx(abs(speed), rel=0.1)


@pytest.mark.parametrize("speed", [-0.7, -0.1, 0.1, 0.7])
@pytest.mark.parametrize("name", ["astronaut", "grass", "coffee"])
def test_a_camera_going_in_has_a_positive_zoom(name: str, speed: float) -> None:
    found = moved(camera_move(name, zoom=speed, frames=8, start_zoom=1.6))

    assert typical(found["camera_zoom"]) == pytest.approx(speed, rel=0.1)
    assert abs(typical(found["camera_pan"])) < 0.01


@pytest.mark.parametrize("speed", [-40.0, 10.0, 40.0])
def test_a_camera_rolling_clockwise_has_a_positive_roll(speed: float) -> None:
    found = moved(camera_move("gravel", roll=speed, frames=8))

    assert typical(found["camera_roll"]) == pytest.approx(speed, rel=0.1)


def test_a_shaking_camera_is_told_by_its_known_speed() -> None:
    moments = np.arange(36) / 12
    places = 0.01 * np.sin(2 * math.pi * 3 * moments)
    picture = texture("coffee")
    shaken = [seen_by(picture, size_px=(568, 320), right=r, zoom=1.3) for r in places]

    found = moved(shaken)

    true_pan = np.diff(places) * 12
    assert found["camera_pan"][1:] == pytest.approx(true_pan, abs=0.1 * np.abs(true_pan).max())
    assert float(found["shake"]) == pytest.approx(
        math.sqrt(np.mean(true_pan**2)) * 568 / 320, rel=0.15
    )


@pytest.mark.parametrize("share", [0.1, 0.2, 0.3])
@pytest.mark.parametrize("background", ["coffee", "chelsea", "gravel"])
def test_a_thing_that_moves_is_not_a_pan(background: str, share: float) -> None:
    behind = camera_move(background, frames=8)
    found = moved(list(disc_over(behind, share=share, speed=0.3)))

    assert np.abs(found["camera_pan"]).max() < 0.01
    assert typical(found["object_magnitude"]) > 0.3 * share


def test_a_thing_that_moves_does_not_bend_the_pan_behind_it() -> None:
    behind = camera_move("grass", frames=8, pan=-0.1)
    found = moved(list(disc_over(behind, share=0.2, speed=0.3)))

    assert typical(found["camera_pan"]) == pytest.approx(-0.1, rel=0.1)


@pytest.mark.parametrize("name", TEXTURES)
def test_a_still_picture_does_not_move(name: str) -> None:
    found = moved(camera_move(name, frames=8))

    assert found["magnitude"].max() < 0.001
    assert found["still_share"] == 1.0


def test_a_still_picture_under_compression_noise_does_not_move() -> None:
    rng = np.random.default_rng(7)
    still = camera_move("coffee", frames=8)
    coded = []
    for picture in still:
        grainy = noisy(picture, deviation=1.5, rng=rng)
        packed = cv2.imencode(".jpg", grainy, [cv2.IMWRITE_JPEG_QUALITY, 85])[1]
        coded.append(np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), dtype=np.uint8))

    assert moved(coded)["magnitude"].max() < 0.001


def test_a_flickering_lamp_is_not_motion() -> None:
    still = camera_move("coffee", frames=12)
    lit = [
        np.clip(p * (1.0 if i % 2 else 0.7), 0, 255).astype(np.uint8) for i, p in enumerate(still)
    ]

    assert moved(lit)["magnitude"].max() < 0.02


def test_a_cut_makes_no_motion() -> None:
    shown = camera_move("coffee", frames=12, pan=0.1) + camera_move("gravel", frames=12, pan=0.1)

    found = moved(shown)

    assert np.flatnonzero(~found["matched"]).tolist() == [0, 12]
    assert found["magnitude"].max() < 0.25
    assert found["camera_pan"] == pytest.approx(0.1, rel=0.15)


def test_noise_is_empty_because_nothing_can_be_followed() -> None:
    rng = np.random.default_rng(1)
    shown = [rng.integers(0, 256, (320, 568, 3), dtype=np.uint8) for _ in range(12)]

    found = measured(COMPONENT, picture_inputs(COMPONENT, shown))

    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


def test_black_is_still_and_one_frame_is_too_little() -> None:
    black = np.zeros((320, 568, 3), dtype=np.uint8)

    assert moved([black] * 12)["still_share"] == 1.0
    alone = measured(COMPONENT, picture_inputs(COMPONENT, [black]))
    assert alone.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@settings(max_examples=10)
@given(
    pan=st.floats(-0.6, 0.6),
    tilt=st.floats(-0.6, 0.6),
    zoom=st.floats(-0.4, 0.4),
    name=st.sampled_from(TEXTURES),
)
def test_any_steady_move_is_found_and_twice_the_same(
    pan: float, tilt: float, zoom: float, name: str
) -> None:
    shown = camera_move(name, pan=pan, tilt=tilt, zoom=zoom, frames=6, start_zoom=2.5)

    found, again = moved(shown), moved(shown)

    assert typical(found["camera_pan"]) == pytest.approx(pan, rel=0.1, abs=0.005)
    assert typical(found["camera_tilt"]) == pytest.approx(tilt, rel=0.1, abs=0.01)
    assert typical(found["camera_zoom"]) == pytest.approx(zoom, rel=0.1, abs=0.01)
    assert all(np.array_equal(found[key], again[key]) for key in found)


def test_what_was_seen_does_not_depend_on_how_much_follows() -> None:
    """Pairs are summed up many at a time; where a batch ends must not show."""
    film = camera_move("coffee", size_px=(284, 160), frames=130, pan=0.1, tilt=0.05)

    whole = picture_inputs(COMPONENT, film).observed
    start = picture_inputs(COMPONENT, film[:71]).observed

    for name in ("right", "down", "zoom", "roll", "magnitude", "objects", "mismatch"):
        assert np.array_equal(whole[name][:70], start[name])


@pytest.mark.parametrize(
    "name",
    ["real/static_image_jfk.mp4", "real/ru_slides_speech.mp4", "real/black_silent_25s.mp4"],
)
def test_clips_of_still_pictures_are_still(clip: OpenClip, name: str) -> None:
    found = measured(COMPONENT, clip(name).picture_inputs(COMPONENT)).arrays

    assert found["still_share"] > 0.97
    assert np.median(found["magnitude"]) < 0.001


@pytest.mark.parametrize(
    "name",
    ["real/surveil_street.avi", "real/sport_juggle_silent.mp4", "real/bw_chaplin.mp4"],
)
def test_clips_from_a_camera_on_a_tripod_have_no_pan(clip: OpenClip, name: str) -> None:
    found = measured(COMPONENT, clip(name).picture_inputs(COMPONENT)).arrays

    assert np.median(np.abs(found["camera_pan"])) < 0.005
    assert np.median(found["magnitude"]) > 0.002


def test_a_clip_whose_camera_leaves_the_room_is_a_pan(clip: OpenClip) -> None:
    shown = clip("real/hdr10_av1_portrait.mp4").picture_inputs(COMPONENT)
    found = measured(COMPONENT, shown).arrays

    assert np.median(np.abs(found["camera_pan"])) > 0.3
    assert np.median(found["object_magnitude"]) < np.median(found["magnitude"]) / 2
