"""Sharpness under blur, noise, exposure, coding and bars that were made."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from adapters.components.visual.sharpness import COMPONENT
from application.ports.components import Measurement
from domain.component import EmptyReason
from tests.components.drawings import Picture, flat
from tests.components.inputs import measured, picture_inputs
from tests.components.scenes import texture

SCENES = ("astronaut", "coffee", "chelsea", "rocket")
BLURS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
NOISES = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0)


def found(*shown: Picture) -> Measurement:
    pictures = [picture for picture in shown for _ in range(12)]
    return measured(COMPONENT, picture_inputs(COMPONENT, pictures))


def scalar(picture: Picture, name: str) -> float:
    return float(found(picture).arrays[name])


def scene(name: str) -> Picture:
    return np.asarray(
        cv2.resize(texture(name), (568, 320), interpolation=cv2.INTER_AREA), dtype=np.uint8
    )


def blurred(picture: Picture, sigma_px: float) -> Picture:
    if not sigma_px:
        return picture
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma_px), dtype=np.uint8)


def noisy(picture: Picture, sigma: float, *, seed: int = 1) -> Picture:
    """Grain of the luma: the same in all three colours."""
    grain = np.random.default_rng(seed).normal(0.0, sigma, picture.shape[:2])
    return np.asarray(np.clip(picture + grain[..., None], 0, 255).round(), dtype=np.uint8)


@pytest.mark.parametrize("name", SCENES)
def test_focus_falls_with_every_step_of_blur(name: str) -> None:
    """Tolerance of the catalogue: rank correlation at least 0.95."""
    values = [scalar(blurred(scene(name), step), "mean_focus") for step in BLURS]
    assert spearmanr(BLURS, values).statistic <= -0.95
    assert values[0] > 5 * values[4]


@pytest.mark.parametrize("name", SCENES)
def test_noise_rises_with_every_step_of_grain(name: str) -> None:
    values = [scalar(noisy(scene(name), step), "mean_noise") for step in NOISES]
    assert spearmanr(NOISES, values).statistic >= 0.95


@pytest.mark.parametrize("sigma", [2.0, 4.0, 8.0, 16.0])
def test_noise_is_the_deviation_that_was_added(sigma: float) -> None:
    assert scalar(noisy(flat(), sigma), "mean_noise") == pytest.approx(sigma, rel=0.05)
    # Texture hides some of it or adds to it: a fifth either way on natural pictures.
    for name in SCENES:
        assert scalar(noisy(scene(name), sigma), "mean_noise") == pytest.approx(sigma, rel=0.2)


def test_noise_is_not_taken_for_focus() -> None:
    soft = blurred(scene("chelsea"), 4.0)
    assert scalar(noisy(soft, 4.0), "mean_focus") < 0.5 * scalar(scene("chelsea"), "mean_focus")


def test_a_sharp_subject_before_a_soft_background_is_in_focus() -> None:
    sharp, soft = scene("astronaut"), blurred(scene("astronaut"), 6.0)
    mixed = soft.copy()
    mixed[:, 200:360] = sharp[:, 200:360]
    assert scalar(mixed, "mean_focus") > 0.6 * scalar(sharp, "mean_focus")


def test_exposure_counts_what_is_lost_at_both_ends() -> None:
    card = flat(128)
    card[:, :142], card[:, 426:] = 0, 255
    arrays = found(card).arrays
    np.testing.assert_allclose(arrays["dark_share"], 0.25, atol=0.01)
    np.testing.assert_allclose(arrays["bright_share"], 0.25, atol=0.01)


@pytest.mark.parametrize("name", SCENES)
def test_blocks_stand_out_the_more_the_coarser_the_coding(name: str) -> None:
    picture = texture(name)[
        : texture(name).shape[0] // 16 * 16, : texture(name).shape[1] // 16 * 16
    ]
    values = []
    for quality in (95, 60, 40, 20, 10, 5):
        coded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        values.append(scalar(np.asarray(cv2.imdecode(coded, 1), dtype=np.uint8), "blockiness"))
    assert values == sorted(values)
    assert values[0] < 0.2
    assert values[-1] > 0.5


@pytest.mark.parametrize(("top", "bottom", "left", "right"), [(40, 40, 0, 0), (0, 0, 90, 90)])
def test_bars_are_as_wide_as_they_were_made(top: int, bottom: int, left: int, right: int) -> None:
    picture = scene("coffee")
    picture[:top], picture[320 - bottom :] = 0, 0
    picture[:, :left], picture[:, 568 - right :] = 0, 0
    arrays = found(picture).arrays
    for side, px, length_px in (
        ("top", top, 320),
        ("bottom", bottom, 320),
        ("left", left, 568),
        ("right", right, 568),
    ):
        assert float(arrays[f"bar_{side}"]) == pytest.approx(px / length_px, abs=1.1 / length_px)


def test_night_and_a_fade_from_black_are_not_bars() -> None:
    night = found(flat(12)).arrays
    faded = found(flat(0), scene("coffee")).arrays
    for side in ("top", "bottom", "left", "right"):
        assert float(night[f"bar_{side}"]) == 0
        assert float(faded[f"bar_{side}"]) == 0


def test_black_is_measured_and_has_no_blocks_to_tell() -> None:
    arrays = found(flat(0)).arrays
    assert float(arrays["mean_focus"]) == pytest.approx(0.0, abs=0.01)
    assert not arrays["blockiness_known"]


def test_half_a_second_is_too_little() -> None:
    inputs = picture_inputs(COMPONENT, [flat()] * 6)
    assert measured(COMPONENT, inputs).empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@settings(max_examples=10)
@given(width_px=st.integers(8, 60), height_px=st.integers(8, 60), seed=st.integers(0, 99))
def test_any_small_picture_is_measured(width_px: int, height_px: int, seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (2 * height_px, 2 * width_px, 3))
    assert np.isfinite(scalar(noise.astype(np.uint8), "mean_noise"))
