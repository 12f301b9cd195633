"""The one conversion of pictures: known colours come out as they went in."""

import numpy as np
import pytest

from adapters.preparation import pictures
from adapters.preparation.stream import FrameStream

COLOURS = [(0, 0, 0), (255, 255, 255), (128, 128, 128), (200, 100, 50), (0, 0, 255), (255, 255, 0)]


@pytest.mark.parametrize("colour", COLOURS)
def test_a_flat_colour_survives_storage_within_one_percent(colour: tuple[int, int, int]) -> None:
    card = np.full((32, 48, 3), colour, dtype=np.uint8)
    back = pictures.rgb(pictures.planes_of(card))
    np.testing.assert_allclose(back.astype(int), card.astype(int), atol=3)


@pytest.mark.parametrize("grey", [0, 16, 64, 128, 200, 255])
def test_luma_is_full_range(grey: int) -> None:
    card = np.full((32, 48, 3), grey, dtype=np.uint8)
    np.testing.assert_allclose(pictures.luma(pictures.planes_of(card)).astype(int), grey, atol=2)


def test_flow_points_from_the_previous_frame_to_this_one() -> None:
    rough = np.random.default_rng(3).integers(0, 255, (40, 72), dtype=np.uint8)
    scene = np.kron(rough, np.ones((8, 8), dtype=np.uint8))
    stream = FrameStream()
    first = np.repeat(scene[:, :, None], 3, axis=2)
    moved = np.roll(first, 6, axis=1)
    assert stream.frame(0, pictures.planes_of(first)).flow is None
    flow = stream.frame(1, pictures.planes_of(moved)).flow
    assert flow is not None
    assert np.median(flow[..., 0]) == pytest.approx(3.0, abs=0.2)
    assert np.median(flow[..., 1]) == pytest.approx(0.0, abs=0.1)


def test_each_view_is_made_once_whoever_asks() -> None:
    """Counters of the main job: one conversion a frame, one flow a pair of frames."""
    stream = FrameStream()
    card = pictures.planes_of(np.full((64, 96, 3), 90, dtype=np.uint8))
    for index in range(4):
        frame = stream.frame(index, card)
        for _ in range(3):
            _ = frame.luma, frame.rgb, frame.hsv, frame.half_luma, frame.flow
    counted = dict(stream.counters)
    assert counted == {"luma": 4, "rgb": 4, "hsv": 4, "half_luma": 4, "flow": 3}
