"""Colour of cards, gradients and swings that were made."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.components.visual.color import COMPONENT
from application.ports.components import Arrays
from domain.component import EmptyReason
from tests.components.drawings import HEIGHT_PX, WIDTH_PX, Picture, flat
from tests.components.inputs import measured, picture_inputs
from tests.components.scenes import texture


def found(shown: list[Picture]) -> Arrays:
    return measured(COMPONENT, picture_inputs(COMPONENT, shown)).arrays


def card(*colour: int) -> Picture:
    return np.full((HEIGHT_PX, WIDTH_PX, 3), colour, dtype=np.uint8)


def halves(left: Picture, right: Picture) -> Picture:
    mixed = left.copy()
    mixed[:, WIDTH_PX // 2 :] = right[:, WIDTH_PX // 2 :]
    return mixed


@pytest.mark.parametrize("grey", [0, 26, 64, 128, 200, 255])
def test_brightness_of_a_flat_card_is_its_grey(grey: int) -> None:
    arrays = found([flat(grey)] * 12)
    np.testing.assert_allclose(arrays["brightness"], grey / 255, atol=0.01)
    np.testing.assert_allclose(arrays["contrast"], 0, atol=0.01)
    np.testing.assert_allclose(arrays["saturation"], 0, atol=0.01)


def test_contrast_of_half_black_and_half_white_is_a_half() -> None:
    arrays = found([halves(flat(0), flat(255))] * 12)
    assert float(arrays["mean_contrast"]) == pytest.approx(0.5, abs=0.01)
    assert float(arrays["mean_brightness"]) == pytest.approx(0.5, abs=0.01)


def test_contrast_of_a_gradient_is_that_of_an_even_distribution() -> None:
    ramp = np.linspace(0, 255, WIDTH_PX).round().astype(np.uint8)
    picture = np.ascontiguousarray(np.broadcast_to(ramp[None, :, None], (HEIGHT_PX, WIDTH_PX, 3)))
    arrays = found([picture] * 12)
    assert float(arrays["mean_contrast"]) == pytest.approx(1 / np.sqrt(12), abs=0.01)


@pytest.mark.parametrize(
    ("colour", "saturation"),
    [((255, 0, 0), 1.0), ((200, 100, 50), 0.75), ((100, 150, 150), 1 / 3), ((90, 90, 90), 0.0)],
)
def test_saturation_of_a_card_is_that_of_its_colour(
    colour: tuple[int, int, int], saturation: float
) -> None:
    assert float(found([card(*colour)] * 12)["mean_saturation"]) == pytest.approx(
        saturation, abs=0.02
    )


def test_warmth_is_red_less_blue() -> None:
    assert float(found([card(200, 100, 50)] * 12)["mean_warmth"]) == pytest.approx(
        150 / 255, abs=0.02
    )
    assert float(found([card(50, 100, 200)] * 12)["mean_warmth"]) == pytest.approx(
        -150 / 255, abs=0.02
    )


def test_colourfulness_is_that_of_the_paper() -> None:
    """Hasler and Süsstrunk's formula, written out anew over the whole picture."""
    picture = np.ascontiguousarray(texture("astronaut")[:512, :512])
    red, green, blue = (picture[..., i].astype(float) for i in range(3))
    first, second = red - green, (red + green) / 2 - blue
    spread, centre = np.hypot(first.std(), second.std()), np.hypot(first.mean(), second.mean())
    arrays = found([picture] * 12)
    assert float(arrays["mean_colorfulness"]) == pytest.approx(spread + 0.3 * centre, rel=0.03)
    assert float(found([flat(99)] * 12)["mean_colorfulness"]) < 1


def test_black_white_and_grey_frames_are_counted() -> None:
    shown = [flat(2)] * 6 + [flat(253)] * 6 + [card(200, 30, 30)] * 12
    arrays = found(shown)
    assert float(arrays["black_share"]) == 0.25
    assert float(arrays["white_share"]) == 0.25
    assert float(arrays["grey_share"]) == 0.5


@pytest.mark.parametrize("frequency_hz", [1.5, 3.0, 4.0])
def test_flicker_has_the_frequency_and_the_swing_that_were_made(frequency_hz: float) -> None:
    moments_s = np.arange(120) / 12
    greys = 128 + 40 * np.sin(2 * np.pi * frequency_hz * moments_s)
    arrays = found([flat(round(grey)) for grey in greys])
    assert arrays["flicker_found"]
    assert float(arrays["flicker_hz"]) == pytest.approx(frequency_hz, abs=0.15)
    assert float(arrays["flicker_strength"]) == pytest.approx(40 / 255, rel=0.15)


def test_steady_light_a_fade_and_a_cut_do_not_flicker() -> None:
    for greys in ([128] * 120, list(range(0, 240, 2)), [60] * 50 + [200] * 70):
        arrays = found([flat(grey) for grey in greys])
        assert not arrays["flicker_found"]
        assert float(arrays["flicker_strength"]) == 0


def test_the_palette_holds_the_colours_that_were_painted() -> None:
    shown = [halves(card(200, 30, 30), card(20, 40, 180))] * 24
    arrays = found(shown)
    assert sorted(map(tuple, arrays["palette_rgb"].tolist())) == [
        pytest.approx((20, 40, 180), abs=6),
        pytest.approx((200, 30, 30), abs=6),
    ]
    np.testing.assert_allclose(arrays["palette_shares"], 0.5, atol=0.03)


def test_half_a_second_is_too_little() -> None:
    inputs = picture_inputs(COMPONENT, [flat()] * 6)
    assert measured(COMPONENT, inputs).empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@settings(max_examples=15)
@given(width=st.integers(8, 40), height=st.integers(8, 40), seed=st.integers(0, 99))
def test_any_picture_has_a_palette_whose_shares_are_one(width: int, height: int, seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (2 * height, 2 * width, 3))
    arrays = found([noise.astype(np.uint8)] * 12)
    assert arrays["palette_shares"].sum() == pytest.approx(1.0)
    assert len(arrays["palette_rgb"]) <= 5
