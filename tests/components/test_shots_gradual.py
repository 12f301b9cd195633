"""Dissolves and fades in made films are found as what they are, at their middle."""

import numpy as np
import pytest

from tests.components.films import dissolved, faded, found_in, lit, shot


@pytest.mark.parametrize("frames", [6, 9, 12, 18])
@pytest.mark.parametrize(
    "names", [("chelsea", "coffee"), ("rocket", "grass"), ("coins", "astronaut")]
)
def test_a_dissolve_is_found_at_its_middle(names: tuple[str, str], frames: int) -> None:
    one, other = (shot(name, 48, pan=0.05) for name in names)

    found = found_in(dissolved(one, other, frames))

    assert found["transition_kinds"].tolist() == ["dissolve"]
    assert found["cut_times_s"] == pytest.approx([(48 - frames / 2) / 12], abs=0.25)
    length_s = np.diff(found["transition_bounds_s"], axis=1)
    assert length_s == pytest.approx(frames / 12, abs=0.45)


@pytest.mark.parametrize("level", [0, 255])
@pytest.mark.parametrize("frames", [4, 6, 10])
def test_a_fade_through_black_or_white_is_one_transition(level: int, frames: int) -> None:
    one, other = shot("chelsea", 40), shot("coffee", 40)

    found = found_in(faded(one, other, frames, level=level))

    assert found["transition_kinds"].tolist() == ["fade"]
    assert found["cut_times_s"] == pytest.approx([40 / 12], abs=0.25)


def test_an_opening_and_a_closing_fade_part_no_shots() -> None:
    film = shot("coffee", 60)
    shares = np.clip(np.minimum(np.arange(60) / 12, (59 - np.arange(60)) / 12), 0, 1)

    found = found_in(lit(film, lambda index: float(shares[index])))

    assert found["shot_count"] == 1
    assert found["opening_fade_s"] == pytest.approx(1.0, abs=0.35)
    assert found["closing_fade_s"] == pytest.approx(1.0, abs=0.35)
