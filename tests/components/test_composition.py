"""composition against pictures built to a known plan."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.components.visual.composition import (
    COMPONENT,
    edge_density,
    negative_space,
    symmetry,
    thirds_score,
)
from application.ports.components import Arrays
from domain.component import EmptyReason
from tests.components.clips import OpenClip
from tests.components.drawings import HEIGHT_PX, WIDTH_PX, Picture, flat, with_disc
from tests.components.inputs import measured, picture_inputs


def arrays_of(*shown: Picture) -> Arrays:
    found = measured(COMPONENT, picture_inputs(COMPONENT, shown))
    assert found.empty_reason is None
    return found.arrays


def noise(seed: int = 0) -> Picture:
    return np.random.default_rng(seed).integers(0, 256, (HEIGHT_PX, WIDTH_PX, 3), dtype=np.uint8)


def test_the_thirds_score_rises_as_a_subject_moves_from_centre_to_third() -> None:
    path = np.linspace(0.0, 1.0, 9)
    shown = [with_disc(flat(), x=0.5 - p / 6, y=0.5 - p / 6, radius=0.08) for p in path]
    found = arrays_of(*shown)

    np.testing.assert_allclose(found["thirds_score"], path, atol=0.05)
    np.testing.assert_allclose(found["subject_x"], 0.5 - path / 6, atol=0.01)
    np.testing.assert_allclose(found["subject_y"], 0.5 - path / 6, atol=0.01)
    assert (np.diff(found["thirds_score"]) > 0).all()


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (0.5, 0.5, 0.0),
        (1 / 3, 1 / 3, 1.0),
        (2 / 3, 1 / 3, 1.0),
        (1 / 3, 0.5, 1 - np.sqrt(0.5)),
        (0.0, 0.0, 0.0),
        (5 / 12, 5 / 12, 0.5),
    ],
)
def test_the_thirds_score_is_the_distance_to_the_nearest_crossing(
    x: float, y: float, expected: float
) -> None:
    assert thirds_score(x, y) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("radius", [0.05, 0.1, 0.2])
def test_the_size_of_the_subject_is_roughly_that_of_the_disc(radius: float) -> None:
    found = arrays_of(with_disc(flat(), x=0.4, y=0.5, radius=radius))
    truth = np.pi * radius**2 * HEIGHT_PX / WIDTH_PX

    # The map is coarse, 32 cells to the picture's height, and its slopes are soft.
    assert found["subject_area"][0] == pytest.approx(truth, rel=0.35, abs=0.002)


def test_a_mirrored_picture_is_symmetric_and_noise_is_not() -> None:
    half = noise()[:, : WIDTH_PX // 2]
    mirrored = np.concatenate([half, half[:, ::-1]], axis=1)
    opposed = np.concatenate([half, 255 - half[:, ::-1]], axis=1)

    assert symmetry(mirrored[..., 0]) == pytest.approx(1.0, abs=1e-6)
    assert symmetry(noise(3)[..., 0]) < 0.1
    assert symmetry(np.ascontiguousarray(opposed[..., 0])) < 0.1
    assert np.isnan(symmetry(flat(90, noise=2.0)[..., 0]))


@pytest.mark.parametrize("count", [1, 4, 10])
def test_edge_density_counts_the_outlines(count: int) -> None:
    luma = np.zeros((HEIGHT_PX, WIDTH_PX), dtype=np.uint8)
    for at in range(count):
        luma[:, 20 + at * 50 : 40 + at * 50] = 200

    # Each bar has two outlines of one pixel's width.
    assert edge_density(luma) == pytest.approx(2 * count / WIDTH_PX, rel=0.05)


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_negative_space_is_the_part_without_texture(share: float) -> None:
    luma = noise()[..., 0]
    luma[: int(share * HEIGHT_PX)] = 128

    assert negative_space(luma) == pytest.approx(share, abs=0.01)


def test_flat_frames_among_others_are_masked() -> None:
    found = arrays_of(noise(), flat(), flat(0))

    assert found["textured"].tolist() == [True, False, False]
    assert found["subject_found"].tolist() == [True, False, False]
    assert found["negative_space"].tolist() == [0.0, 1.0, 1.0]
    assert found["edge_density"][1:].tolist() == [0.0, 0.0]


def test_texture_without_a_subject_leaves_the_thirds_score_out() -> None:
    ramp = np.broadcast_to(np.linspace(90, 102, WIDTH_PX)[None, :, None], flat().shape)
    found = arrays_of(np.asarray(ramp, dtype=np.uint8))

    assert not found["has_subject"]
    assert np.isnan(found["mean_thirds_score"])


@pytest.mark.parametrize("picture", [flat(0), flat(255), flat(110, noise=1.5)])
def test_pictures_of_nothing_are_empty(picture: Picture) -> None:
    found = measured(COMPONENT, picture_inputs(COMPONENT, [picture] * 3))

    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


@settings(max_examples=15)
@given(x=st.floats(0.1, 0.9), y=st.floats(0.15, 0.85), radius=st.floats(0.04, 0.15))
def test_mirroring_a_picture_keeps_its_composition(x: float, y: float, radius: float) -> None:
    picture = with_disc(flat(), x=x, y=y, radius=radius)
    found, mirrored = arrays_of(picture), arrays_of(picture[:, ::-1].copy())

    for name in ("mean_thirds_score", "mean_symmetry", "mean_edge_density", "mean_negative_space"):
        assert found[name] == pytest.approx(mirrored[name], abs=0.03)


@pytest.mark.slow
def test_real_clips_rank_as_they_look(clip: OpenClip) -> None:
    """Slides and a lone logo leave more empty than a crowd, and hold less detail."""

    def arrays_of_clip(name: str) -> Arrays:
        found = measured(COMPONENT, clip(f"real/{name}").picture_inputs(COMPONENT))
        assert found.empty_reason is None
        return found.arrays

    logo, slides, crowd = (
        arrays_of_clip(name)
        for name in ("quicktime_3gp.3gp", "ru_slides_speech.mp4", "vertical_conf_crowd.mp4")
    )
    for quiet in (logo, slides):
        assert quiet["mean_negative_space"] > crowd["mean_negative_space"] + 0.2
        assert quiet["mean_edge_density"] < crowd["mean_edge_density"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["black_silent_25s.mp4", "long_av1_6min.mp4"])
def test_black_clips_are_empty(clip: OpenClip, name: str) -> None:
    found = measured(COMPONENT, clip(f"real/{name}", longest_s=20).picture_inputs(COMPONENT))

    assert found.empty_reason is EmptyReason.NOTHING_DETECTED
