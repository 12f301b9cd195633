"""Light, movement and titles inside one shot are no transitions."""

import cv2
import numpy as np
import pytest

from tests.components.films import SIZE_PX, Film, found_in, lit, shot
from tests.components.scenes import camera_move, disc_over


def strobe(film: Film, *, period: int, lift: int) -> Film:
    return [
        np.clip(frame.astype(np.int16) + lift * (index // period % 2), 0, 255).astype(np.uint8)
        for index, frame in enumerate(film)
    ]


@pytest.mark.parametrize("period", [1, 2, 3, 6])
@pytest.mark.parametrize("lift", [-220, 200])
def test_a_strobe_over_a_scene_is_no_cut(period: int, lift: int) -> None:
    found = found_in(strobe(shot("coffee", 120, pan=0.02), period=period, lift=lift))

    assert len(found["cut_times_s"]) <= 1


@pytest.mark.parametrize("period", [1, 3, 6])
def test_a_strobe_of_black_and_white_is_no_cut(period: int) -> None:
    black = [np.zeros((160, 284, 3), dtype=np.uint8)] * 120

    assert len(found_in(strobe(black, period=period, lift=255))["cut_times_s"]) == 0


def test_photo_flashes_and_lightning_are_no_cuts() -> None:
    film = shot("chelsea", 120, pan=0.05)
    glare = {20: 255, 21: 90, 50: 180, 51: 255, 52: 120, 90: 60}
    flashed = lit(film, lambda _: 1.0)
    for index, level in glare.items():
        flashed[index] = np.clip(film[index].astype(int) + level, 0, 255).astype(np.uint8)

    assert len(found_in(flashed)["cut_times_s"]) == 0


@pytest.mark.parametrize("pan", [1.0, 2.0])
@pytest.mark.parametrize("name", ["astronaut", "coffee", "immunohistochemistry"])
def test_a_fast_pan_is_no_cut(name: str, pan: float) -> None:
    still = camera_move(name, size_px=SIZE_PX, frames=24, start_zoom=2.5)
    swept = camera_move(name, size_px=SIZE_PX, frames=24, pan=pan, start_zoom=2.5)

    assert len(found_in(swept + still[::-1] + swept[::-1])["cut_times_s"]) <= 2


def test_shaking_zooming_and_passing_things_are_no_cuts() -> None:
    film = camera_move("gravel", size_px=SIZE_PX, frames=60, zoom=0.6)
    passed = list(disc_over(film, share=0.25, speed=0.6))

    assert len(found_in(passed)["cut_times_s"]) == 0


def test_noise_black_and_a_still_picture_are_one_shot() -> None:
    rng = np.random.default_rng(3)
    noise = [rng.integers(0, 256, (160, 284, 3), dtype=np.uint8) for _ in range(60)]
    black = [np.zeros((160, 284, 3), dtype=np.uint8)] * 60

    for film in (noise, black, shot("coffee", 1) * 60):
        found = found_in(film)
        assert found["shot_count"] == 1
        assert found["shot_bounds_s"].tolist() == [[0.0, 5.0]]


def test_a_title_that_appears_over_a_scene_is_no_dissolve() -> None:
    film = shot("chelsea", 60, pan=0.0)
    titled = []
    for index, frame in enumerate(film):
        written = cv2.putText(
            frame.copy(), "A TITLE", (70, 90), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (255, 255, 255), 7
        )
        share = float(np.clip((index - 24) / 10, 0, 1))
        titled.append(np.rint(frame * (1 - share) + written * share).astype(np.uint8))

    assert found_in(titled)["shot_count"] == 1


def test_a_scene_in_the_light_of_another_lamp_is_the_same_scene() -> None:
    film = shot("coffee", 48)

    dimmed = found_in(lit(film, lambda index: 1.0 if index < 24 else 0.6))

    assert dimmed["shot_count"] == 1
