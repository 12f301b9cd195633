"""saliency against pictures where one thing is known to stand out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.components.visual.saliency import COMPONENT, attention, concentration
from application.ports.components import Arrays
from domain.component import EmptyReason
from tests.components.clips import OpenClip
from tests.components.drawings import Picture, flat, with_disc
from tests.components.inputs import measured, picture_inputs


def arrays_of(*shown: Picture) -> Arrays:
    found = measured(COMPONENT, picture_inputs(COMPONENT, shown))
    assert found.empty_reason is None
    return found.arrays


@pytest.mark.parametrize("noise", [0.0, 8.0])
@pytest.mark.parametrize("radius", [0.03, 0.1, 0.2, 0.3])
@pytest.mark.parametrize(("x", "y"), [(0.5, 0.5), (0.33, 0.33), (0.8, 0.65), (0.2, 0.4)])
def test_the_peak_lies_within_5_per_cent_of_the_centre_of_a_bright_disc(
    x: float, y: float, *, radius: float, noise: float
) -> None:
    found = arrays_of(with_disc(flat(noise=noise), x=x, y=y, radius=radius))

    assert np.hypot(found["peak_x"][0] - x, found["peak_y"][0] - y) < 0.05


@pytest.mark.parametrize("colour", [(10, 10, 10), (150, 90, 90), (100, 100, 190)])
def test_a_dark_or_coloured_disc_draws_the_eye_too(colour: tuple[int, int, int]) -> None:
    found = arrays_of(with_disc(flat(110), x=0.3, y=0.6, colour=colour))

    assert np.hypot(found["peak_x"][0] - 0.3, found["peak_y"][0] - 0.6) < 0.05


def test_one_thing_concentrates_more_than_many_and_noise_not_at_all() -> None:
    one = with_disc(flat(), x=0.3, y=0.4, radius=0.06)
    many = one
    for x in np.linspace(0.1, 0.9, 6):
        for y in (0.2, 0.5, 0.8):
            many = with_disc(many, x=x, y=y, radius=0.06)
    noise = np.random.default_rng(1).integers(0, 256, flat().shape, dtype=np.uint8)
    alone, crowded, nothing = (arrays_of(p)["mean_concentration"] for p in (one, many, noise))

    assert alone > crowded + 0.2 > nothing + 0.2
    assert nothing < 0.1


def test_concentration_is_one_for_a_single_cell_and_zero_for_an_even_spread() -> None:
    single = np.zeros((32, 57), dtype=np.float32)
    single[3, 4] = 9.0

    assert concentration(attention(single)) == pytest.approx(1.0)
    assert concentration(attention(np.ones((32, 57), dtype=np.float32))) == pytest.approx(0.0)


def test_the_grid_says_where_the_disc_is() -> None:
    grid = arrays_of(with_disc(flat(), x=0.83, y=0.17, radius=0.05))["attention_grid"]

    assert grid.sum() == pytest.approx(1.0)
    assert grid[0, 2] > 0.9


def test_flat_frames_among_others_are_masked() -> None:
    disc = with_disc(flat(), x=0.5, y=0.5)
    found = arrays_of(disc, flat(), disc, flat(0))

    assert found["structured"].tolist() == [True, False, True, False]
    assert found["structured_share"] == 0.5


@pytest.mark.parametrize("picture", [flat(0), flat(255), flat(110), flat(20, noise=6.0)])
def test_pictures_of_nothing_are_empty(picture: Picture) -> None:
    found = measured(COMPONENT, picture_inputs(COMPONENT, [picture] * 3))

    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


@settings(max_examples=15)
@given(x=st.floats(0.15, 0.85), y=st.floats(0.2, 0.8), radius=st.floats(0.03, 0.15))
def test_mirroring_a_picture_mirrors_its_peak(x: float, y: float, radius: float) -> None:
    picture = with_disc(flat(), x=x, y=y, radius=radius)
    found, mirrored = arrays_of(picture), arrays_of(picture[:, ::-1].copy())

    assert found["peak_x"][0] + mirrored["peak_x"][0] == pytest.approx(1.0, abs=0.04)
    assert found["concentration"][0] == pytest.approx(mirrored["concentration"][0], abs=0.01)


@pytest.mark.slow
def test_real_clips_are_measured_and_black_is_empty(clip: OpenClip) -> None:
    for name in ("talk_en_hill.mp4", "hands_coffee.mp4", "ru_vlog_vertical.mp4"):
        found = measured(COMPONENT, clip(f"real/{name}").picture_inputs(COMPONENT))
        assert found.arrays["structured_share"] > 0.9
    for name in ("black_silent_25s.mp4", "long_av1_6min.mp4"):
        found = measured(COMPONENT, clip(f"real/{name}", longest_s=20).picture_inputs(COMPONENT))
        assert found.empty_reason is EmptyReason.NOTHING_DETECTED


@pytest.mark.slow
def test_a_lone_digit_concentrates_more_than_a_crowd(clip: OpenClip) -> None:
    lone = measured(COMPONENT, clip("real/quicktime_3gp.3gp").picture_inputs(COMPONENT))
    crowd = measured(COMPONENT, clip("real/vertical_conf_crowd.mp4").picture_inputs(COMPONENT))

    assert lone.arrays["mean_concentration"] > crowd.arrays["mean_concentration"]
