"""Streaming picture components on real clips whose looks are known, and on pictures at the edge."""

import cv2
import numpy as np
import pytest

from adapters.components.visual import color, motion, sharpness, shots
from application.ports.components import Arrays, Component
from tests.components.clips import OpenClip
from tests.components.inputs import measured, picture_inputs
from tests.components.scenes import Picture, camera_move

STREAMING = (color.COMPONENT, motion.COMPONENT, sharpness.COMPONENT, shots.COMPONENT)


@pytest.fixture
def looks(clip: OpenClip) -> "Look":
    return Look(clip)


class Look:
    """Measures six seconds of a clip."""

    def __init__(self, clip: OpenClip) -> None:
        self._clip = clip

    def __call__(self, component: Component, name: str) -> Arrays:
        return measured(component, self._clip(name, longest_s=6).picture_inputs(component)).arrays


def test_black_and_white_film_has_no_colour_and_animation_has(looks: Look) -> None:
    for name in ("real/bw_chaplin.mp4", "real/bw_theora_text.ogv"):
        assert looks(color.COMPONENT, name)["grey_share"] == 1.0

    coloured = looks(color.COMPONENT, "real/sport_juggle_silent.mp4")
    assert coloured["grey_share"] == 0.0
    assert coloured["mean_colorfulness"] > 30


def test_a_black_clip_is_black_and_slides_are_not(looks: Look) -> None:
    assert looks(color.COMPONENT, "real/black_silent_25s.mp4")["black_share"] == 1.0
    assert looks(color.COMPONENT, "real/ru_slides_speech.mp4")["black_share"] == 0.0
    assert looks(color.COMPONENT, "real/surround_chid_51.mp4")["mean_brightness"] > 0.8
    assert looks(color.COMPONENT, "real/dark_noise_juggle.mp4")["mean_brightness"] < 0.1


def test_film_in_a_wider_frame_has_bars_and_space_at_one_side_is_none(looks: Look) -> None:
    framed = looks(sharpness.COMPONENT, "real/bw_chaplin.mp4")
    assert framed["bar_left"] == pytest.approx(float(framed["bar_right"]), abs=0.01)
    assert framed["bar_left"] == pytest.approx(0.125, abs=0.02)

    for name in ("real/static_image_jfk.mp4", "real/talk_en_hill.mp4", "real/hands_coffee.mp4"):
        plain = looks(sharpness.COMPONENT, name)
        assert all(float(plain[f"bar_{side}"]) == 0 for side in ("top", "bottom", "left", "right"))


def test_slides_drawn_by_machine_are_free_of_noise_and_film_is_not(looks: Look) -> None:
    drawn = looks(sharpness.COMPONENT, "real/ru_slides_speech.mp4")
    filmed = looks(sharpness.COMPONENT, "real/sport_juggle_silent.mp4")

    assert drawn["mean_noise"] < 0.3
    assert filmed["mean_noise"] > 1.0


def _tiny(index: int) -> Picture:
    blocks = np.random.default_rng(index).integers(0, 256, (16, 16, 3), dtype=np.uint8)
    enlarged = cv2.resize(blocks, (320, 320), interpolation=cv2.INTER_CUBIC)
    return np.asarray(enlarged, dtype=np.uint8)


EDGES = {
    "sixteen pixels enlarged": [_tiny(index // 6) for index in range(18)],
    "black": [np.zeros((320, 568, 3), dtype=np.uint8)] * 18,
    "white": [np.full((568, 320, 3), 255, dtype=np.uint8)] * 18,
    "four times as high as wide": camera_move("coffee", size_px=(320, 1280), frames=18, tilt=0.1),
    "four times as wide as high": camera_move("coffee", size_px=(1280, 320), frames=18, pan=0.1),
    "odd halves": camera_move("chelsea", size_px=(322, 570), frames=18, pan=0.3),
    "one frame": camera_move("coffee", frames=1),
}


@pytest.mark.parametrize("component", STREAMING, ids=lambda component: component.spec.name)
@pytest.mark.parametrize("edge", EDGES)
def test_pictures_at_the_edge_are_measured_or_said_to_be_too_little(
    component: Component, edge: str
) -> None:
    """R-206: one frame, black, extreme shapes end `ok` or `empty`, finite throughout."""
    found = measured(component, picture_inputs(component, EDGES[edge]))

    assert (found.empty_reason is not None) == (edge == "one frame")
    for array in component.schema.arrays if found.arrays else ():
        if array.presence is None and found.arrays[array.name].dtype.kind == "f":
            assert np.all(np.isfinite(found.arrays[array.name]))
