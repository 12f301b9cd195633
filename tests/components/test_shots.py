"""Hard cuts in made films are found where they are, and shots fill the film."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.components.visual.shots import COMPONENT
from domain.component import EmptyReason
from tests.components.films import GRID_S, SCENES, SIZE_PX, Film, f1, found_in, joined, lit, shot
from tests.components.inputs import measured, picture_inputs
from tests.components.scenes import Picture, camera_move, noisy

LOOKS: dict[str, Callable[[Film], Film]] = {
    "as shot": lambda film: film,
    "dark": lambda film: lit(film, lambda _: 0.15),
    "of low contrast": lambda film: lit(film, lambda _: 0.2, lift=100),
    "noisy": lambda film: [
        noisy(frame, deviation=8, rng=np.random.default_rng(i)) for i, frame in enumerate(film)
    ],
    "letterboxed": lambda film: [_boxed(frame) for frame in film],
    "flickering": lambda film: lit(film, lambda i: 0.85 + 0.15 * np.sin(2.5 * i)),
}


def _boxed(frame: Picture) -> Picture:
    boxed = frame.copy()
    boxed[:22] = boxed[-22:] = 0
    return boxed


@pytest.mark.parametrize("look", LOOKS)
def test_hard_cuts_are_found_within_one_grid_step(look: str) -> None:
    film, truth_s = joined((14, 30, 9, 22, 5, 40, 17))

    found = found_in(LOOKS[look](film))

    assert f1(found["cut_times_s"], truth_s, within_s=GRID_S) >= 0.95
    assert set(found["transition_kinds"].tolist()) == {"cut"}


def test_a_cut_every_four_tenths_of_a_second_is_found() -> None:
    film, truth_s = joined((5, 5, 5, 4, 5) * 4)

    assert f1(found_in(film)["cut_times_s"], truth_s, within_s=GRID_S) >= 0.95


def test_a_cut_to_another_view_of_the_same_place_is_found() -> None:
    far = camera_move("coffee", size_px=SIZE_PX, frames=24)
    near = camera_move("coffee", size_px=SIZE_PX, frames=24, start_zoom=2.2)

    found = found_in(far + near)

    assert found["cut_times_s"] == pytest.approx([2.0], abs=GRID_S)


def test_upright_films_are_cut_alike() -> None:
    film = [np.ascontiguousarray(frame.transpose(1, 0, 2)) for frame in joined((20, 20, 20))[0]]

    assert found_in(film)["cut_times_s"] == pytest.approx([20 / 12, 40 / 12], abs=GRID_S)


def slide(text: str, *, ground: int = 245) -> Picture:
    page = np.full((320, 568, 3), ground, dtype=np.uint8)
    for row, line in enumerate(text.split("/")):
        place = (60, 100 + 70 * row)
        cv2.putText(page, line, place, cv2.FONT_HERSHEY_SIMPLEX, 1.2, (20, 20, 20), 2, cv2.LINE_AA)
    return page


def test_a_change_of_slide_counts_though_little_of_the_page_changes() -> None:
    pages = [slide("Sound/first tip"), slide("Light/second tip"), slide("Camera/the last")]
    film = [page for page in pages for _ in range(20)]

    assert found_in(film)["cut_times_s"] == pytest.approx([20 / 12, 40 / 12], abs=GRID_S)


def test_plain_cards_of_different_colours_are_shots() -> None:
    colours = [(200, 30, 30), (30, 60, 200), (20, 140, 60), (90, 90, 90), (210, 210, 210)]
    film = [np.full((160, 284, 3), colour, dtype=np.uint8) for colour in colours for _ in range(24)]

    assert found_in(film)["cut_times_s"] == pytest.approx([2.0, 4.0, 6.0, 8.0], abs=GRID_S)


def test_one_frame_is_too_little() -> None:
    found = measured(COMPONENT, picture_inputs(COMPONENT, shot("coffee", 1)))

    assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@settings(max_examples=15)
@given(lengths=st.lists(st.integers(5, 20), min_size=1, max_size=5), seed=st.integers(0, 7))
def test_shots_cover_the_film_without_gap_and_twice_the_same(lengths: list[int], seed: int) -> None:
    film, _ = joined(lengths, names=SCENES[seed:] + SCENES[:seed])

    found, again = (found_in(film), found_in(film)) if len(film) > 5 else ({}, {})

    bounds = found.get("shot_bounds_s", np.array([[0.0, len(film) / 12]]))
    assert bounds[0, 0] == 0.0
    assert bounds[-1, 1] == len(film) / 12
    assert np.array_equal(bounds[1:, 0], bounds[:-1, 1])
    assert np.all(np.diff(bounds, axis=1) > 0)
    assert all(np.array_equal(found[key], again[key]) for key in found)
