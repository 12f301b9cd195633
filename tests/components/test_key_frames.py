"""key_frames against videos whose best frames are known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from adapters.components.visual import motion, sharpness, shots
from adapters.components.visual.frame_quality import colourfulness
from adapters.components.visual.key_frames import COMPONENT, KEY_FRAMES_MAX, choose
from application.ports.components import Arrays, Inputs
from domain.component import EmptyReason
from tests.components.clips import Clip, OpenClip
from tests.components.drawings import Picture, flat, with_disc
from tests.components.inputs import measured, picture_inputs

DISC = with_disc(flat(), x=0.5, y=0.5)


def shots_of(*bounds_s: float) -> Arrays:
    """A `shots` artifact whose shots touch at the given moments."""
    edges = np.array(bounds_s, dtype=np.float64)
    return {
        "shot_bounds_s": np.stack([edges[:-1], edges[1:]], axis=1),
        "cut_times_s": edges[1:-1],
        "transition_kinds": np.array(["cut"] * (len(edges) - 2), dtype="<U8"),
    }


def focus_of(focus: NDArray[np.float64]) -> Arrays:
    return {"focus": focus, "times_s": np.arange(len(focus)) / 12}


def inputs_of(
    shown: list[Picture], *bounds_s: float, focus: NDArray[np.float64] | None = None
) -> Inputs:
    given_focus = np.ones(len(shown)) if focus is None else focus
    artifacts = {"shots": shots_of(*bounds_s), "sharpness": focus_of(given_focus)}
    return picture_inputs(COMPONENT, shown, artifacts=artifacts)


def arrays_of(inputs: Inputs) -> Arrays:
    found = measured(COMPONENT, inputs)
    assert found.empty_reason is None
    return found.arrays


def test_each_shot_gives_its_sharpest_stored_frame() -> None:
    shown = [DISC] * 120
    inputs = inputs_of(shown, 0, 3, 6, 10)
    assert inputs.frames is not None
    stored = inputs.frames.indices
    sharpest = [int(stored[np.searchsorted(stored, at)]) for at in (15, 50, 90)]
    focus = np.full(120, 0.2)
    focus[sharpest] = 1.0

    found = arrays_of(inputs_of(shown, 0, 3, 6, 10, focus=focus))

    assert found["frame_indices"].tolist() == sharpest
    assert found["reasons"].tolist() == ["opening", "new_shot", "new_shot"]
    np.testing.assert_allclose(found["times_s"], np.array(sharpest) / 12)


def test_a_long_shot_is_told_in_parts() -> None:
    found = arrays_of(inputs_of([DISC] * 240, 0, 20))

    assert found["reasons"].tolist() == ["opening"] + ["long_shot"] * 4
    assert (np.diff(found["times_s"]) > 1).all()


def test_frames_beside_a_transition_are_left_alone() -> None:
    """The sharpest frame stands at a cut; a frame inside the shot is taken."""
    focus = np.full(120, 0.5)
    focus[[58, 59, 60, 61]] = 1.0
    found = arrays_of(inputs_of([DISC] * 120, 0, 5, 10, focus=focus))

    assert (np.abs(found["times_s"] - 5) >= 0.5).all()


def test_black_frames_are_never_taken() -> None:
    shown = [flat(3, noise=2.0)] * 60 + [DISC] * 60
    found = arrays_of(inputs_of(shown, 0, 10))

    assert (found["frame_indices"] >= 60).all()


def test_a_shot_of_black_gives_nothing_and_all_black_is_empty() -> None:
    half = arrays_of(inputs_of([flat(0)] * 60 + [DISC] * 60, 0, 5, 10))
    none = measured(COMPONENT, inputs_of([flat(0)] * 60, 0, 5))

    assert half["frame_indices"].min() >= 60
    assert none.empty_reason is EmptyReason.NOTHING_DETECTED


def test_the_thumbnail_names_the_strongest_side() -> None:
    dull = with_disc(flat(60), x=0.5, y=0.5, colour=(90, 90, 90))
    vivid = with_disc(flat(110), x=0.5, y=0.5, radius=0.45, colour=(250, 30, 20))
    shown = [dull] * 48 + [vivid] * 48 + [dull] * 48
    found = arrays_of(inputs_of(shown, 0, 4, 8, 12))

    assert 48 <= found["thumbnail_indices"][0] < 96
    assert found["thumbnail_reasons"][0] == "colorful"
    assert (np.diff(found["thumbnail_scores"]) <= 0).all()


def test_thumbnail_candidates_stand_apart() -> None:
    found = arrays_of(inputs_of([DISC] * 480, 0, 2, 4, 6, 20, 40))
    times_s = np.sort(found["thumbnail_indices"]) / 12

    assert len(times_s) == 3
    assert (np.diff(times_s) >= 4).all()


def test_unknown_focus_counts_as_blurred() -> None:
    focus = np.ones(120)
    focus[:60] = np.nan
    found = arrays_of(inputs_of([DISC] * 120, 0, 10, focus=focus))

    assert (found["scores"][found["frame_indices"] < 60] < 0.6).all()
    assert found["thumbnail_indices"][0] >= 60


def test_colourfulness_is_that_of_the_formula() -> None:
    """Half red, half green: both opponent channels are known numbers."""
    picture = np.zeros((10, 10, 3), dtype=np.uint8)
    picture[:5, :, 0], picture[5:, :, 1] = 200, 200

    assert colourfulness(flat(99)) == 0.0
    assert colourfulness(picture) == pytest.approx(np.hypot(200, 0) + 0.3 * np.hypot(0, 100))


def test_one_frame_is_enough() -> None:
    assert arrays_of(inputs_of([DISC], 0, 1 / 12))["frame_indices"].tolist() == [0]


@given(
    lengths_s=st.lists(st.floats(0.1, 60.0), min_size=1, max_size=80),
    stored=st.integers(1, 250),
    seed=st.integers(0, 1000),
)
def test_key_frames_rise_are_stored_few_and_cover_the_video(
    lengths_s: list[float], stored: int, seed: int
) -> None:
    edges = np.concatenate([[0.0], np.cumsum(lengths_s)])
    duration_s = float(edges[-1])
    times_s = (np.arange(stored) + 0.5) * duration_s / stored
    scores = np.random.default_rng(seed).uniform(0, 1, stored)
    bounds_s = np.stack([edges[:-1], edges[1:]], axis=1)
    found = choose(bounds_s, times_s, scores, duration_s=duration_s)

    rows = [one.row for one in found]
    assert 1 <= len(rows) <= KEY_FRAMES_MAX
    assert rows == sorted(set(rows))
    gaps_s = np.diff(np.concatenate([[0.0], times_s[rows], [duration_s]]))
    # A quarter of the video without a key frame would hide something.
    assert gaps_s.max() <= max(0.25 * duration_s, 9.0, 2 * duration_s / stored)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "edges_s"),
    [
        ("ru_slides_speech.mp4", [0, 4.25, 8.5, 12.75, 17.0]),
        ("en_slides_tts.webm", [0, 3, 6, 9, 12]),
        ("fades_dissolves.mp4", [0, 4, 7, 10, 13]),
    ],
)
def test_each_shot_of_a_real_clip_is_shown(clip: OpenClip, name: str, edges_s: list[float]) -> None:
    """With shots and sharpness as they are measured, not as they are made."""
    times_s = measured(COMPONENT, measured_inputs(clip(f"real/{name}"))).arrays["times_s"]

    assert (np.histogram(times_s, edges_s)[0] >= 1).all()
    assert len(times_s) <= KEY_FRAMES_MAX


@pytest.mark.slow
def test_a_dark_clip_has_key_frames_and_a_black_one_has_none(clip: OpenClip) -> None:
    dark, black = (
        measured(COMPONENT, measured_inputs(clip(f"real/{name}")))
        for name in ("dark_noise_juggle.mp4", "black_silent_25s.mp4")
    )

    assert dark.arrays["frame_indices"].size
    assert black.empty_reason is EmptyReason.NOTHING_DETECTED


def measured_inputs(opened: Clip) -> Inputs:
    artifacts: dict[str, Arrays] = {}
    for component in (motion.COMPONENT, shots.COMPONENT, sharpness.COMPONENT):
        inputs = opened.picture_inputs(component, artifacts=artifacts)
        artifacts[component.spec.name] = measured(component, inputs).arrays
    return opened.picture_inputs(COMPONENT, artifacts=artifacts)
