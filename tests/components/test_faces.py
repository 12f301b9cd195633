"""faces against pictures whose faces are known by number, place and time, and what is no face."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.components.visual.face_detection import Face, find_faces
from adapters.components.visual.face_tracks import PRESENCE_SURE, SCORE_SURE, tracks
from adapters.components.visual.faces import COMPONENT
from application.ports.components import Arrays
from application.ports.inference import Inference
from domain.component import EmptyReason
from tests.components.clips import OpenClip
from tests.components.drawings import HEIGHT_PX, WIDTH_PX, Picture, flat, with_disc
from tests.components.inputs import picture_inputs
from tests.components.portraits import astronaut, cat, cup, framed, grid, with_faces
from tests.components.served import Ask, needing

TWO = [(0.25, 0.5), (0.75, 0.5)]


def arrays_of(asked: Ask, shown: list[Picture]) -> Arrays:
    found = asked(COMPONENT, picture_inputs(COMPONENT, shown))
    assert found.empty_reason is None
    return found.arrays


@pytest.mark.parametrize("count", range(1, 7))
def test_the_faces_of_a_grid_are_counted_exactly(asked: Ask, count: int) -> None:
    found = arrays_of(asked, [grid(count)] * 3)

    assert found["counts"].tolist() == [count] * 3
    assert found["count_max"] == found["track_count"] == count
    assert found["screen_time_share"] == found["first_3s_share"] == 1.0


def test_faces_enter_and_leave_when_they_were_made_to(asked: Ask) -> None:
    """One face from 2 s, another from 3.5 to 5 s, none after 6 s; 8 s in all."""
    one, both, nobody = with_faces(TWO[:1]), with_faces(TWO), flat()
    found = arrays_of(asked, [nobody] * 24 + [one] * 18 + [both] * 18 + [one] * 12 + [nobody] * 24)

    np.testing.assert_allclose(found["track_bounds_s"], [(2, 6), (3.5, 5)], atol=0.25)
    np.testing.assert_allclose(found["screen_time_share"], 0.5, atol=0.03)
    np.testing.assert_allclose(found["first_3s_share"], 1 / 3, atol=0.05)
    np.testing.assert_allclose(found["track_screen_share"], [0.5, 1.5 / 8], atol=0.03)
    assert found["counts"].tolist() == [0] * 24 + [1] * 18 + [2] * 18 + [1] * 12 + [0] * 24


@pytest.mark.parametrize("place", [(0.2, 0.3), (0.5, 0.5), (0.8, 0.7)])
def test_boxes_lie_where_the_faces_were_put(asked: Ask, place: tuple[float, float]) -> None:
    """In the tile of 220 pixels the face's middle stands at 104 across and 126 down, 105 high."""
    tile_px = 140
    found = arrays_of(asked, [with_faces([place], tile_px=tile_px)] * 3)

    size = np.array([WIDTH_PX, HEIGHT_PX])
    left, top, width, height = found["face_boxes"][0] * np.tile(size, 2)
    scale = tile_px / 220
    middle = (left + width / 2, top + height / 2)
    truth = np.array(place) * size + np.array([104 - 110, 126 - 110]) * scale
    np.testing.assert_allclose(middle, truth, atol=8)
    assert height == pytest.approx(105 * scale, rel=0.15)
    assert found["area_share"][0] == pytest.approx(width * height / (WIDTH_PX * HEIGHT_PX))


def test_cats_cups_and_discs_are_no_faces(asked: Ask) -> None:
    smile = with_disc(with_disc(flat(200), x=0.4, y=0.4), x=0.6, y=0.4)
    for picture in (framed(cat()), framed(cup()), smile, flat(0), flat(255)):
        found = asked(COMPONENT, picture_inputs(COMPONENT, [picture] * 3))
        assert found.empty_reason is EmptyReason.NO_FACES


def test_a_face_ranks_above_a_cat_and_the_mesh_denies_a_cup(served: Inference) -> None:
    """Of one picture each, before tracks are asked: the detector alone takes the cup for two faces,
    and the cat is left to `tracks`, which want to be surer."""
    needing(*COMPONENT.spec.models)
    shown = [framed(astronaut()), framed(cat()), framed(cup())]
    [portrait], [animal], denied = (found for _, found in find_faces(served, shown))

    assert denied == []
    assert animal.score < SCORE_SURE < portrait.score
    assert animal.presence < 0.5 < PRESENCE_SURE < portrait.presence


def test_one_frame_is_enough(asked: Ask) -> None:
    found = arrays_of(asked, [grid(2)])

    assert found["counts"].tolist() == [2]
    assert found["screen_time_share"] == 1.0


def test_a_cut_ends_a_face_although_another_stands_in_its_place(asked: Ask) -> None:
    dark = (with_faces(TWO[:1]) * 0.5).astype(np.uint8)
    dark[:, WIDTH_PX // 2 :] = 0
    found = arrays_of(asked, [with_faces(TWO[:1])] * 12 + [dark] * 12)

    np.testing.assert_allclose(found["track_bounds_s"], [(0, 1), (1, 2)], atol=0.1)


@pytest.mark.slow
@pytest.mark.requires("shared_media")
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("talk_webcam_mjpeg.avi", 1),
        ("face_man_dark.mp4", 1),
        ("talk_vertical_hevc1.mp4", 1),
        ("faces_grid_4.mp4", 4),
    ],
)
def test_real_faces_are_seen_all_the_time(
    clip: OpenClip, asked: Ask, name: str, count: int
) -> None:
    inputs = clip(f"real/{name}", longest_s=4).picture_inputs(COMPONENT)
    found = asked(COMPONENT, inputs).arrays

    assert found["screen_time_share"] > 0.97
    assert found["track_count"] == count
    assert (found["counts"] == count).mean() > 0.95
    assert found["track_confidence"].min() > 0.9


@pytest.mark.slow
@pytest.mark.requires("shared_media")
@pytest.mark.parametrize(
    ("name", "longest_s"),
    [
        ("anim_bbb_vp9_sar.mp4", 4.0),
        ("anim_chrome_ad.webm", 9.5),
        ("anim_blupi_cinepak.mkv", 2.0),
        ("hands_coffee.mp4", 4.0),
        ("countdown_leader.mp4", 2.0),
    ],
)
def test_cartoons_hands_and_digits_are_no_faces(
    clip: OpenClip, asked: Ask, name: str, longest_s: float
) -> None:
    found = asked(COMPONENT, clip(f"real/{name}", longest_s=longest_s).picture_inputs(COMPONENT))

    assert found.empty_reason is EmptyReason.NO_FACES


def a_face(x: float, *, side: float = 50.0, presence: float = 1.0, score: float = 0.9) -> Face:
    marks = np.zeros((6, 2))
    return Face(score, np.array([x, 100.0, side, side]), marks, presence)


def test_drawn_figures_that_pass_for_a_face_now_and_then_are_left_out() -> None:
    times_s = np.arange(4) / 12
    still = np.zeros(4, dtype=bool)
    doubtful = [[a_face(9, presence=p)] for p in (0.97, 0.5, 0.6, 0.4)]
    assert tracks(doubtful, times_s, still) == []
    assert tracks([[a_face(9, score=0.6)], [], [], []], times_s, still) == []


@given(
    speed=st.floats(-20, 20),
    lost=st.sets(st.integers(1, 22), max_size=6),
)
def test_a_moving_face_stays_one_face_although_missed_now_and_then(
    speed: float, lost: set[int]
) -> None:
    """Up to six of 24 frames are missed; another face far off stays another."""
    found = [
        [] if at in lost else [a_face(400 + speed * at / 12), a_face(-900.0)] for at in range(24)
    ]
    followed = tracks(found, np.arange(24) / 12, np.zeros(24, dtype=bool))

    assert [len(one.rows) for one in followed] == [24 - len(lost)] * 2
    for one in followed:
        assert np.ptp([face.box[0] for face in one.faces]) <= abs(speed) * 2 + 1e-9
