"""frame_embedding and repetition: what looks alike lies close together, and what comes again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from adapters.components.visual import repetition
from adapters.components.visual.frame_embedding import COMPONENT, unit
from application.ports.components import Arrays, Inputs
from domain.component import EmptyReason
from tests.components.clips import OpenClip
from tests.components.dependencies import computed_inputs
from tests.components.drawings import Picture, flat
from tests.components.inputs import measured, picture_inputs
from tests.components.portraits import astronaut, cat, cup, framed
from tests.components.served import Ask

EGYPTIAN_CAT, ESPRESSO, CUP = 285, 967, 968


def embedded(asked: Ask, shown: list[Picture]) -> Arrays:
    return asked(COMPONENT, picture_inputs(COMPONENT, shown)).arrays


def repeated(artifact: Arrays, duration_s: float) -> Inputs:
    return computed_inputs(repetition.COMPONENT, duration_s, {"frame_embedding": artifact})


def test_a_mirrored_cat_is_near_and_other_things_are_far(asked: Ask) -> None:
    mirrored = np.ascontiguousarray(framed(cat())[:, ::-1])
    shown = [framed(cat()), mirrored, framed(cup()), framed(astronaut())]
    found = embedded(asked, shown)
    cosines = found["vectors"] @ found["vectors"].T

    assert cosines[0, 1] > 0.9
    assert cosines[0, 2:].max() < 0.5
    np.testing.assert_allclose(np.diag(cosines), 1.0, atol=1e-5)
    assert found["top_classes"][:2, 0].tolist() == [EGYPTIAN_CAT] * 2
    assert set(found["top_classes"][2, :2].tolist()) == {ESPRESSO, CUP}
    assert found["change"][0] == 0.0
    assert found["change"][1] < 0.1
    assert found["change"][2] > 0.5


@pytest.mark.parametrize("picture", [flat(0), flat(255), flat(110, noise=60.0)])
def test_one_frame_of_nothing_is_measured(asked: Ask, picture: Picture) -> None:
    found = embedded(asked, [picture])

    assert found["mean_change"] == 0.0
    assert np.linalg.norm(found["vectors"][0]) == pytest.approx(1.0, abs=1e-5)


def test_a_scene_that_comes_again_is_told_so(asked: Ask) -> None:
    """Cat 2 s, cup 2 s, portrait 2 s, cat again 2 s."""
    shown = [framed(cat())] * 24 + [framed(cup())] * 24 + [framed(astronaut())] * 24
    shown += [np.ascontiguousarray(framed(cat())[:, ::-1])] * 24
    found = measured(repetition.COMPONENT, repeated(embedded(asked, shown), 8.0)).arrays

    np.testing.assert_allclose(found["scene_bounds_s"][:, 0], [0, 2, 4, 6], atol=0.1)
    assert found["scene_repeats"].tolist() == [-1, -1, -1, 0]
    assert found["repeated_share"] == pytest.approx(0.25, abs=0.02)
    assert (found["familiarity"][72:] > 0.9).all()
    assert found["familiarity"][:24].max() == 0.0


@pytest.mark.slow
@pytest.mark.requires("shared_media")
def test_real_clips_rank_by_what_they_show(clip: OpenClip, asked: Ask) -> None:
    """Thirty shots are more diverse than four slides or one woman speaking."""
    diversity = {}
    for name in ("fast_cuts_04s.mp4", "talk_en_hill.mp4", "static_image_jfk.mp4"):
        opened = clip(f"real/{name}", longest_s=5)
        artifact = asked(COMPONENT, opened.picture_inputs(COMPONENT)).arrays
        found = measured(repetition.COMPONENT, repeated(artifact, 5.0)).arrays
        diversity[name] = float(found["diversity"])

    assert diversity["fast_cuts_04s.mp4"] > diversity["talk_en_hill.mp4"] + 0.2
    assert diversity["static_image_jfk.mp4"] < 0.05


@pytest.mark.slow
@pytest.mark.requires("shared_media")
@pytest.mark.parametrize(
    ("name", "longest_s", "truth"),
    [
        # Fifteen shots of 0.4 s that come a second time in the same order.
        ("fast_cuts_04s.mp4", 12, (30, 0.5)),
        # Four shots, of which a dissolve makes the first two one; fades part the others.
        ("fades_dissolves.mp4", 13, (3, 0.0)),
        ("surveil_bottles.mp4", 4, (1, 0.0)),
        ("talk_vertical_hevc1.mp4", 6, (1, 0.0)),
    ],
)
def test_scenes_of_real_clips_are_counted_and_found_again(
    clip: OpenClip, asked: Ask, name: str, longest_s: float, truth: tuple[int, float]
) -> None:
    scene_count, repeated_share = truth
    opened = clip(f"real/{name}", longest_s=longest_s)
    artifact = asked(COMPONENT, opened.picture_inputs(COMPONENT)).arrays
    found = measured(repetition.COMPONENT, repeated(artifact, longest_s)).arrays

    assert found["scene_count"] == scene_count
    assert found["repeated_share"] == pytest.approx(repeated_share, abs=0.03)


def test_steps_of_a_fade_and_flashes_are_no_scenes() -> None:
    """Two shots of two seconds, between them four frames that each look like nothing else; the
    first frame of all is a flash as well."""
    rows = [9] + [0] * 24 + [1, 2, 3, 4] + [5] * 24
    found = measured(repetition.COMPONENT, repeated(made(rows, length=1), 53 / 12)).arrays

    assert found["scene_count"] == 2
    np.testing.assert_allclose(found["scene_bounds_s"][1, 0], 29 / 12, atol=1 / 12)


def made(order: list[int], *, length: int = 12) -> Arrays:
    """An embedding whose scenes point along axes, `length` frames each."""
    vectors = np.repeat(np.eye(1280, dtype=np.float32)[order], length, axis=0)
    return {"vectors": vectors, "times_s": np.arange(len(vectors)) / 12}


def test_a_made_order_of_scenes_is_found_exactly() -> None:
    order = [0, 1, 0, 2, 1, 1]
    found = measured(repetition.COMPONENT, repeated(made(order), 6.0)).arrays

    assert found["scene_count"] == 5
    assert found["scene_repeats"].tolist() == [-1, -1, 0, -1, 1]
    assert found["repeated_share"] == pytest.approx(0.5, abs=0.01)
    # Of all ordered pairs of different parts, those of one scene are alike: 2, 3 and 1 of 6.
    parts = np.repeat(order, 8)
    alike = (parts[:, None] == parts)[~np.eye(48, dtype=bool)].mean()
    assert found["diversity"] == pytest.approx(1 - alike, abs=1e-6)


def test_less_than_a_second_is_too_little() -> None:
    found = measured(repetition.COMPONENT, repeated(made([0], length=11), 0.9))

    assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@given(order=st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_only_the_first_scene_of_a_kind_is_new(order: list[int]) -> None:
    found = measured(repetition.COMPONENT, repeated(made(order), float(len(order)))).arrays

    kinds = [kind for at, kind in enumerate(order) if not at or order[at - 1] != kind]
    new = {kinds.index(kind) for kind in kinds}
    assert set(np.flatnonzero(found["scene_repeats"] < 0).tolist()) == new


@given(st.lists(st.floats(0, 100, width=32), min_size=2, max_size=20))
def test_vectors_have_length_one_whatever_comes(values: list[float]) -> None:
    vector: NDArray[np.float32] = np.asarray(values, dtype=np.float32)

    assert np.linalg.norm(unit(vector).astype(np.float64)) == pytest.approx(1.0, abs=1e-4)
