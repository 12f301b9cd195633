"""Transitions against made films whose cuts, dissolves and fades are known, and labelled clips."""

import itertools
from collections.abc import Callable, Sequence

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from adapters.components.visual.shots import COMPONENT
from application.ports.components import Arrays
from domain.component import EmptyReason
from tests.components.clips import OpenClip
from tests.components.inputs import measured, picture_inputs
from tests.components.scenes import Picture, camera_move, disc_over, noisy

GRID_S = 1 / 12
SIZE_PX = (284, 160)
SCENES = (
    "astronaut",
    "chelsea",
    "coffee",
    "rocket",
    "grass",
    "camera",
    "coins",
    "immunohistochemistry",
)
Film = list[Picture]


def shot(name: str, frames: int, *, pan: float = 0.1, tilt: float = 0.02) -> Film:
    return camera_move(name, size_px=SIZE_PX, frames=frames, pan=pan, tilt=tilt, zoom=0.05)


def joined(lengths: Sequence[int], *, names: Sequence[str] = SCENES) -> tuple[Film, list[float]]:
    """Shots of these lengths in frames, cut hard, and the moments of the cuts in seconds."""
    pans = itertools.cycle((0.1, -0.2, 0.0, 0.3))
    cast = itertools.cycle(names)
    film = [frame for length in lengths for frame in shot(next(cast), length, pan=next(pans))]
    return film, [float(end) / 12 for end in itertools.accumulate(lengths[:-1])]


def found_in(film: Film) -> Arrays:
    return measured(COMPONENT, picture_inputs(COMPONENT, film)).arrays


def f1(found_s: NDArray[np.float64], truth_s: Sequence[float], *, within_s: float) -> float:
    left = found_s.tolist()
    hits = 0
    for moment in truth_s:
        near = [other for other in left if abs(other - moment) <= within_s + 1e-9]
        if near:
            left.remove(min(near, key=lambda other: abs(other - moment)))
            hits += 1
    return 2 * hits / max(1, len(found_s) + len(truth_s))


def lit(film: Film, gain: Callable[[int], float], *, lift: float = 0.0) -> Film:
    return [
        np.clip(np.rint(frame * gain(index) + lift), 0, 255).astype(np.uint8)
        for index, frame in enumerate(film)
    ]


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


def dissolved(one: Film, other: Film, frames: int) -> Film:
    shares = (np.arange(frames) + 0.5) / frames
    mixed = [
        np.rint(a * (1 - share) + b * share).astype(np.uint8)
        for a, b, share in zip(one[-frames:], other[:frames], shares, strict=True)
    ]
    return one[:-frames] + mixed + other[frames:]


def faded(one: Film, other: Film, frames: int, *, level: int) -> Film:
    down = (np.arange(frames) + 0.5) / frames
    out = [
        np.rint(a * (1 - share) + level * share).astype(np.uint8)
        for a, share in zip(one[-frames:], down, strict=True)
    ]
    back = [
        np.rint(b * share + level * (1 - share)).astype(np.uint8)
        for b, share in zip(other[:frames], down, strict=True)
    ]
    return one[:-frames] + out + back + other[frames:]


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


LABELLED = {
    "real/fast_cuts_04s.mp4": [0.4 * k for k in range(1, 30)],
    "real/ru_slides_speech.mp4": [4.25, 8.5, 12.75],
    "real/en_slides_tts.webm": [3.0, 6.0, 9.0],
    "real/anim_bbb_30s.webm": [11.83, 15.67, 23.0],
    "real/anim_chrome_ad.webm": [7.42, 9.33, 10.58],
    "real/vertical_conf_crowd.mp4": [2.25],
    "real/multi_stream_nasa.mp4": [5.5, 8.08],
}


@pytest.mark.parametrize("name", LABELLED)
def test_cuts_of_labelled_clips_are_found(clip: OpenClip, name: str) -> None:
    found = measured(COMPONENT, clip(name).picture_inputs(COMPONENT)).arrays

    assert f1(found["cut_times_s"], LABELLED[name], within_s=GRID_S) >= 0.85


def test_the_joins_of_a_labelled_clip_are_found_with_their_kinds(clip: OpenClip) -> None:
    found = measured(COMPONENT, clip("real/fades_dissolves.mp4").picture_inputs(COMPONENT)).arrays

    assert found["transition_kinds"].tolist() == ["dissolve", "fade", "fade"]
    assert f1(found["cut_times_s"], [3.5, 6.5, 9.5], within_s=0.5) >= 0.8
    assert found["opening_fade_s"] > 0.4
    assert found["closing_fade_s"] > 0.4


@pytest.mark.slow
def test_the_slides_of_a_long_lecture_are_found(clip: OpenClip) -> None:
    found = measured(COMPONENT, clip("real/lecture_5min.mp4").picture_inputs(COMPONENT)).arrays

    assert f1(found["cut_times_s"], [30.0 * k for k in range(1, 10)], within_s=GRID_S) >= 0.85


@pytest.mark.parametrize(
    "name",
    [
        *("real/static_image_jfk.mp4", "real/surveil_street.avi", "real/surveil_bottles.mp4"),
        *("real/talk_en_hill.mp4", "real/face_man_dark.mp4", "real/hdr10_av1_portrait.mp4"),
        *("real/face_chromakey_60fps.mp4", "real/sport_juggle_silent.mp4"),
        *("bad/noise_video_audio.mp4", "bad/strobe_flash.mp4"),
    ],
)
def test_clips_of_one_shot_have_no_cut(clip: OpenClip, name: str) -> None:
    found = measured(COMPONENT, clip(name).picture_inputs(COMPONENT)).arrays

    assert found["cut_times_s"].tolist() == []


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
