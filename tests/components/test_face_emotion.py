"""face_emotion: a smile is a smile, noise is smoothed within one appearance only."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.components.visual import faces
from adapters.components.visual.face_emotion import COMPONENT, confidence, smoothed
from adapters.components.visual.face_emotion_schema import EMOTIONS
from adapters.memory.inference import MadeModel, MemoryInference
from application.ports.components import Arrays, Inputs
from domain.component import EmptyReason
from domain.served_model import ServedModel
from tests.components.clips import Clip, OpenClip
from tests.components.drawings import Picture, flat
from tests.components.inputs import measured, picture_inputs
from tests.components.portraits import astronaut, framed, grid
from tests.components.served import Ask

HAPPY = EMOTIONS.index("happy")


def seen(asked: Ask, shown: list[Picture]) -> Inputs:
    found = asked(faces.COMPONENT, picture_inputs(faces.COMPONENT, shown))
    return picture_inputs(COMPONENT, shown, artifacts={"faces": found.arrays})


def arrays_of(asked: Ask, inputs: Inputs) -> Arrays:
    found = asked(COMPONENT, inputs)
    assert found.empty_reason is None
    return found.arrays


def test_a_smiling_portrait_is_happy_whichever_way_it_looks(asked: Ask) -> None:
    portrait = framed(astronaut())
    mirrored = np.ascontiguousarray(portrait[:, ::-1])
    found = arrays_of(asked, seen(asked, [portrait] * 3 + [flat()] * 3 + [mirrored] * 3))

    assert found["labels"].tolist() == list(EMOTIONS)
    np.testing.assert_allclose(found["times_s"], np.array([0, 1, 2, 6, 7, 8]) / 12)
    assert (found["probabilities"][:, HAPPY] > 0.9).all()
    np.testing.assert_allclose(found["probabilities"].sum(axis=1), 1.0, atol=1e-5)
    assert found["confidence"].min() > 0.8


def test_each_face_of_a_grid_is_read_and_faces_too_small_are_not(asked: Ask) -> None:
    found = arrays_of(asked, seen(asked, [grid(4, tile_px=150)] * 2))
    assert found["track_probabilities"].shape == (4, 7)
    assert (found["track_probabilities"].argmax(axis=1) == HAPPY).all()

    small = seen(asked, [grid(1, tile_px=62)] * 2)
    assert small.artifacts["faces"]["counts"].tolist() == [1, 1]
    assert asked(COMPONENT, small).empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@pytest.mark.slow
@pytest.mark.requires("shared_media")
def test_a_smile_ranks_above_faces_that_do_not_smile(clip: OpenClip, asked: Ask) -> None:
    """The wall's man and the woman who makes faces speak and startle, neither smiles."""
    smile = arrays_of(asked, seen(asked, [framed(astronaut())]))["mean_probabilities"][HAPPY]
    for name in ("face_man_dark.mp4", "burned_subs_ru.mp4", "odd_dims_444.mp4"):
        inputs = of_clip(asked, clip(f"real/{name}", longest_s=3))
        assert arrays_of(asked, inputs)["mean_probabilities"][HAPPY] < smile - 0.5


def of_clip(asked: Ask, opened: Clip) -> Inputs:
    found = asked(faces.COMPONENT, opened.picture_inputs(faces.COMPONENT))
    return opened.picture_inputs(COMPONENT, artifacts={"faces": found.arrays})


def made_faces(frames: int) -> Arrays:
    """Two appearances one after the other in the middle of the frame, 80 pixels wide."""
    box = np.array([0.4, 0.3, 80 / 568, 0.25])
    marks = np.tile([0.5, 0.5], (frames, 6, 1))
    marks[:, 1, 0] = 0.6
    return {
        "face_frame_indices": np.arange(frames),
        "face_tracks": (np.arange(frames) >= frames // 2).astype(np.int64),
        "face_boxes": np.tile(box, (frames, 1)),
        "face_marks": marks,
        "face_scores": np.ones(frames),
        "face_presence": np.ones(frames),
    }


def test_what_the_model_says_is_smoothed_within_an_appearance() -> None:
    """A model that says happy of white and sad of black; white turns black with the appearance."""

    def told(given: Arrays) -> Arrays:
        white = given["face"].mean(axis=(1, 2, 3)) > 128
        answer = np.zeros((len(white), 7), dtype=np.float32)
        answer[white, HAPPY] = 1.0
        answer[~white, EMOTIONS.index("sad")] = 1.0
        return {"probabilities": answer}

    model = ServedModel(
        name="emotion", version="1", weights_sha256="ab" * 32, engine="made", batch_max=8
    )
    made = MadeModel(served=model, inputs={"face": ((64, 64, 1), "uint8")}, compute=told)
    inference = MemoryInference({"emotion": made})
    shown = [flat(255)] * 12 + [flat(0)] * 12
    inputs = picture_inputs(COMPONENT, shown, artifacts={"faces": made_faces(24)})
    found = measured(COMPONENT, replace(inputs, inference=inference)).arrays

    np.testing.assert_allclose(found["probabilities"][:12, HAPPY], 1.0, atol=1e-6)
    np.testing.assert_allclose(found["probabilities"][12:, HAPPY], 0.0, atol=1e-6)
    assert sum(count for _, count in inference.calls) == 24
    assert max(count for _, count in inference.calls) == 8


def test_a_blink_of_an_expression_is_smoothed_away_and_a_lasting_one_is_not() -> None:
    """Twelve faces a second of one appearance: a single one, then two seconds that go on."""
    times_s = np.arange(72) / 12
    happy = (times_s >= 4).astype(np.float64)
    happy[24] = 1.0
    found = smoothed(np.stack([happy, 1 - happy], axis=1), times_s, np.zeros(72, dtype=np.int64))

    assert found[24, 0] == pytest.approx(1 / (12 * 0.5 * np.sqrt(2 * np.pi)), abs=0.01)
    assert found[times_s < 1, 0].max() < 0.05
    assert found[times_s > 5.2, 0].min() > 0.98
    step = found[(times_s >= 3.5) & (times_s <= 4.5), 0]
    assert np.ptp(step) > 0.6
    assert np.interp(0.5, step, np.arange(len(step))) == pytest.approx(5.5, abs=0.5)


@given(
    raw=st.lists(st.integers(0, 6), min_size=1, max_size=60),
    split=st.integers(0, 60),
    side_px=st.floats(1, 500),
)
def test_smoothing_keeps_probabilities_and_never_mixes_appearances(
    raw: list[int], split: int, side_px: float
) -> None:
    rows = np.eye(7)[raw]
    tracks = (np.arange(len(raw)) >= split).astype(np.int64)
    found = smoothed(rows, np.arange(len(raw)) / 12, tracks)

    np.testing.assert_allclose(found.sum(axis=1), 1.0)
    for track in (0, 1):
        never = np.flatnonzero(rows[tracks == track].sum(axis=0) == 0)
        assert not found[tracks == track][:, never].any()
    sure = confidence(found, np.full(len(raw), side_px))
    assert ((sure >= 0) & (sure <= 1 + 1e-12)).all()
