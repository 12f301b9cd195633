"""What hook, story_curve, composition and key_frames make of faces, speech, text, frame vectors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.components.visual import composition, hook, key_frames, story_curve
from application.ports.components import Arrays
from tests.components.dependencies import (
    computed_inputs,
    level,
    loudness_over,
    motion_over,
    shots_with,
    stepped,
)
from tests.components.drawings import Picture, flat, with_disc
from tests.components.inputs import measured, picture_inputs

DISC = with_disc(flat(), x=0.5, y=0.5)


def faces_at(
    duration_s: float,
    *stretches_s: tuple[float, float],
    box: tuple[float, float, float, float] = (0.2, 0.1, 0.2, 0.3),
) -> Arrays:
    """`faces` with one face of this box in these stretches of time, at 12 moments a second."""
    times_s = np.arange(round(duration_s * 12)) / 12
    counts = np.zeros(len(times_s), dtype=np.int64)
    for start_s, end_s in stretches_s:
        counts[(times_s >= start_s) & (times_s < end_s)] = 1
    frames = np.flatnonzero(counts)
    return {
        "times_s": times_s,
        "counts": counts,
        "area_share": counts * box[2] * box[3],
        "face_frame_indices": frames,
        "face_boxes": np.tile(np.array(box), (len(frames), 1)),
    }


def test_a_face_of_the_opening_is_told_from_those_of_the_rest() -> None:
    """R-204: `uses` is soft; a face for 1.5 s of the opening and 10 of the rest's 57 s."""
    artifacts = {"motion": motion_over(60, level(0.2)), "shots": shots_with(60, [])}
    without = measured(hook.COMPONENT, computed_inputs(hook.COMPONENT, 60, artifacts)).arrays
    artifacts["faces"] = faces_at(60, (1.5, 3.0), (20.0, 30.0))
    found = measured(hook.COMPONENT, computed_inputs(hook.COMPONENT, 60, artifacts)).arrays

    np.testing.assert_allclose(found["faces_opening"], [0.5, 0.3, 0.15], atol=0.02)
    np.testing.assert_allclose(found["faces_rest"], [10 / 57, 10 / 55, 10 / 50], atol=0.01)
    assert found["uses_faces"]
    assert not without["uses_faces"]
    assert np.isnan(without["faces_opening"]).all()
    for name, array in without.items():
        if "faces" not in name:
            np.testing.assert_array_equal(found[name], array)


def test_speech_of_the_opening_is_told_from_that_of_the_rest() -> None:
    """Somebody speaks from 2 to 6 s and from 30 to 57 s of a minute."""
    voice = {"speech_bounds_s": np.array([[2.0, 6.0], [30.0, 57.0]])}
    artifacts = {"motion": motion_over(60, level(0.2)), "shots": shots_with(60, [])}
    artifacts["voice_activity"] = voice
    found = measured(hook.COMPONENT, computed_inputs(hook.COMPONENT, 60, artifacts)).arrays

    np.testing.assert_allclose(found["voice_opening"], [1 / 3, 3 / 5, 4 / 10])
    np.testing.assert_allclose(found["voice_rest"], [30 / 57, 28 / 55, 27 / 50])
    assert found["uses_voice"]
    assert not found["uses_faces"]


def test_text_of_the_opening_is_told_from_that_of_the_rest() -> None:
    """Text stands from 1 to 4 s of a minute; a frame is looked at every half second."""
    times_s = np.arange(0.25, 60, 0.5)
    text = {"times_s": times_s, "lines": ((times_s > 1) & (times_s < 4)).astype(np.int64)}
    artifacts = {"motion": motion_over(60, level(0.2)), "shots": shots_with(60, [])}
    without = measured(hook.COMPONENT, computed_inputs(hook.COMPONENT, 60, artifacts)).arrays
    artifacts["on_screen_text"] = text
    found = measured(hook.COMPONENT, computed_inputs(hook.COMPONENT, 60, artifacts)).arrays

    np.testing.assert_allclose(found["text_opening"], [2 / 3, 3 / 5, 3 / 10])
    np.testing.assert_allclose(found["text_rest"], [1 / 57, 0, 0], atol=1e-9)
    assert found["uses_text"]
    assert not without["uses_text"]
    assert not without["text_known"].any()


def test_speech_is_told_along_the_story() -> None:
    moving = {"motion": motion_over(60, stepped(0.1, 0.2, start_s=10, end_s=20))}
    found = story({**moving, "voice_activity": {"speech_bounds_s": np.array([[10.25, 20.0]])}})

    np.testing.assert_allclose(found["voice_share"][19:22], [0.0, 0.5, 1.0], atol=1e-9)
    assert found["voice_share"].sum() / 2 == pytest.approx(9.75)
    assert found["climax_has_voice"]
    assert not story(moving)["voice_share"].any()


def test_the_largest_face_is_placed_by_thirds() -> None:
    """Its middle stands at a third across and a third down; a smaller one beside it is ignored."""
    faces = dict(faces_at(1.0, (0.0, 1.0), box=(1 / 3 - 0.1, 1 / 3 - 0.15, 0.2, 0.3)))
    faces["face_frame_indices"] = np.tile(faces["face_frame_indices"], 2)
    small = faces["face_boxes"] * np.array([1, 1, 0.5, 0.5]) + np.array([0.4, 0, 0, 0])
    faces["face_boxes"] = np.concatenate([small, faces["face_boxes"]])
    inputs = picture_inputs(composition.COMPONENT, [DISC] * 12, artifacts={"faces": faces})
    found = measured(composition.COMPONENT, inputs).arrays

    assert found["mean_face_thirds_score"] == pytest.approx(1.0)
    assert found["mean_face_headroom"] == pytest.approx(1 / 3 - 0.15)
    np.testing.assert_allclose(found["face_x"], 1 / 3)
    assert len(found["face_times_s"]) == 12

    plain = measured(composition.COMPONENT, picture_inputs(composition.COMPONENT, [DISC])).arrays
    assert not plain["uses_faces"]
    assert np.isnan(plain["mean_face_thirds_score"])
    assert plain["face_x"].size == 0


def thumbnails(shown: list[Picture], faces: Arrays | None) -> Arrays:
    artifacts: dict[str, Arrays] = {
        "shots": shots_with(len(shown) / 12, [5.0]),
        "sharpness": {"focus": np.ones(len(shown)), "times_s": np.arange(len(shown)) / 12},
    }
    if faces is not None:
        artifacts["faces"] = faces
    inputs = picture_inputs(key_frames.COMPONENT, shown, artifacts=artifacts)
    return measured(key_frames.COMPONENT, inputs).arrays


def test_of_equal_frames_the_one_with_a_face_is_the_better_thumbnail() -> None:
    found = thumbnails([DISC] * 120, faces_at(10, (6.0, 8.0)))

    assert 6.0 <= found["thumbnail_indices"][0] / 12 < 8.0
    assert found["thumbnail_reasons"][0] == "face"
    assert found["uses_faces"]
    assert not thumbnails([DISC] * 120, None)["uses_faces"]


def test_a_face_too_small_to_be_seen_makes_no_thumbnail() -> None:
    tiny = thumbnails([DISC] * 120, faces_at(10, (6.0, 8.0), box=(0.5, 0.5, 0.05, 0.05)))
    plain = thumbnails([DISC] * 120, None)

    np.testing.assert_array_equal(tiny["thumbnail_indices"], plain["thumbnail_indices"])


def embedding_of(duration_s: float, start_s: float, end_s: float) -> Arrays:
    times_s = np.arange(round(duration_s * 12)) / 12
    change = np.where((times_s >= start_s) & (times_s < end_s), 0.6, 0.0)
    return {"times_s": times_s, "change": change.astype(np.float32)}


def story(artifacts: dict[str, Arrays]) -> Arrays:
    inputs = computed_inputs(story_curve.COMPONENT, 60.0, artifacts)
    return measured(story_curve.COMPONENT, inputs).arrays


def test_change_of_what_is_shown_lifts_the_story() -> None:
    """Motion rises from 10 to 20 s and the pictures change from 40 to 50 s, twice as much."""
    moving = {"motion": motion_over(60, stepped(0.1, 0.2, start_s=10, end_s=20))}
    before = story(moving)
    found = story({**moving, "frame_embedding": embedding_of(60, 40, 50)})

    middle = np.abs(found["times_s"] - 45) < 3
    assert found["energy"][middle].mean() > before["energy"][middle].mean() + 0.3
    assert found["uses_frame_embedding"]
    assert not before["uses_frame_embedding"]


@given(start_s=st.floats(0, 50), length_s=st.floats(1, 10))
def test_faces_are_told_along_the_story_without_moving_its_climax(
    start_s: float, length_s: float
) -> None:
    artifacts = {
        "motion": motion_over(60, stepped(0.05, 0.4, start_s=20, end_s=30)),
        "loudness": loudness_over(60, stepped(-30, -14, start_s=20, end_s=30)),
    }
    before = story(artifacts)
    found = story({**artifacts, "faces": faces_at(60, (start_s, start_s + length_s))})

    np.testing.assert_array_equal(found["energy"], before["energy"])
    assert found["face_share"].sum() / 2 == pytest.approx(length_s, abs=0.3)
    assert not before["face_share"].any()
    at = int(np.abs(found["times_s"] - found["climax_s"]).argmin())
    assert found["climax_has_face"] == (found["face_share"][at] > 0)
