"""face_attention: heads turned by known angles, and mouths of known opening."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from adapters.components.visual import faces
from adapters.components.visual.face_attention import COMPONENT
from adapters.components.visual.head_pose import (
    CHIN,
    FOREHEAD,
    LEFT_CHEEK,
    LOWER_LIP,
    POINT_COUNT,
    RIGHT_CHEEK,
    UPPER_LIP,
    head_pose,
)
from application.ports.components import Arrays, Inputs
from domain.component import EmptyReason
from tests.components.clips import OpenClip
from tests.components.drawings import HEIGHT_PX, WIDTH_PX, Picture
from tests.components.inputs import picture_inputs, planes_inputs
from tests.components.portraits import astronaut, framed, grid
from tests.components.served import Ask


def seen(asked: Ask, shown: list[Picture]) -> Inputs:
    found = asked(faces.COMPONENT, picture_inputs(faces.COMPONENT, shown))
    return picture_inputs(COMPONENT, shown, artifacts={"faces": found.arrays})


def turned(picture: Picture, degrees: float) -> Picture:
    """The picture turned clockwise about its middle."""
    turn = cv2.getRotationMatrix2D((WIDTH_PX / 2, HEIGHT_PX / 2), -degrees, 1.0)
    shown = cv2.warpAffine(picture, turn, (WIDTH_PX, HEIGHT_PX))
    return np.asarray(shown, dtype=np.uint8)


def test_a_portrait_looks_into_the_camera(asked: Ask) -> None:
    found = asked(COMPONENT, seen(asked, [framed(astronaut())] * 2)).arrays

    assert found["camera_share"] == 1.0
    assert np.abs(found["yaw"]).max() < 10
    assert np.abs(found["pitch"]).max() < 20
    # Her teeth show: the lips stand a little apart.
    assert 0.02 < found["median_mouth_opening"] < 0.15


@pytest.mark.parametrize("degrees", [-25.0, -10.0, 15.0, 30.0])
def test_a_tilted_picture_tilts_the_head_by_as_much(asked: Ask, degrees: float) -> None:
    portrait = framed(astronaut())
    found = asked(COMPONENT, seen(asked, [portrait, turned(portrait, degrees)])).arrays

    assert found["roll"][1] - found["roll"][0] == pytest.approx(degrees, abs=3.0)
    assert found["yaw"][1] == pytest.approx(found["yaw"][0], abs=5.0)


def test_faces_too_small_for_a_mesh_are_left_alone(asked: Ask) -> None:
    found = asked(COMPONENT, seen(asked, [grid(1, tile_px=64)] * 2))

    assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@pytest.mark.slow
@pytest.mark.requires("shared_media")
@pytest.mark.parametrize("name", ["talk_en_hill.mp4", "face_man_dark.mp4", "odd_dims_444.mp4"])
def test_people_who_speak_to_the_camera_look_at_it_and_move_their_lips(
    clip: OpenClip, asked: Ask, name: str
) -> None:
    opened = clip(f"real/{name}", longest_s=3)
    face = asked(faces.COMPONENT, opened.picture_inputs(faces.COMPONENT))
    inputs = opened.picture_inputs(COMPONENT, artifacts={"faces": face.arrays})
    found = asked(COMPONENT, inputs).arrays

    assert found["camera_share"] > 0.9
    assert np.ptp(np.quantile(found["mouth_opening"], [0.05, 0.95])) > 0.02


@pytest.mark.slow
@pytest.mark.requires("shared_media")
def test_a_man_who_throws_his_head_back_no_longer_looks_into_the_camera(
    clip: OpenClip, asked: Ask
) -> None:
    """Seen by eye: he looks into the lens for three seconds, then up at the ceiling till six."""
    planes = clip("real/face_chromakey_60fps.mp4", longest_s=6).planes[::6]
    found = attention(asked, planes)
    shown_s = found["times_s"] * 6

    assert found["camera"][shown_s <= 3].all()
    assert not found["camera"][shown_s >= 3.5].any()
    assert found["pitch"][shown_s >= 3.5].min() > found["pitch"][shown_s <= 3].max() + 20
    assert found["camera_share"] == pytest.approx(7 / 12, abs=0.1)


@pytest.mark.slow
@pytest.mark.requires("shared_media")
def test_a_man_who_looks_down_at_his_desk_is_told_by_his_pitch(clip: OpenClip, asked: Ask) -> None:
    """Seen by eye: down at 1.5 and 4 s, into the lens at 2.5 s."""
    planes = clip("real/talk_datastreams.mp4", longest_s=6).planes[[18, 30, 48]]
    down, ahead, again = attention(asked, planes)["pitch"]

    assert max(down, again) < ahead - 10


def attention(asked: Ask, planes: NDArray[np.uint8]) -> Arrays:
    """Of these frames alone, as if they followed each other."""
    face = asked(faces.COMPONENT, planes_inputs(faces.COMPONENT, planes))
    artifacts = {"faces": face.arrays}
    return asked(COMPONENT, planes_inputs(COMPONENT, planes, artifacts=artifacts)).arrays


angles = st.floats(-60, 60)


@given(yaw=angles, pitch=angles, roll=angles, opening=st.floats(0, 0.3), size=st.floats(10, 200))
def test_a_made_head_is_found_as_it_was_turned(
    yaw: float, pitch: float, roll: float, *, opening: float, size: float
) -> None:
    found = head_pose(_head(yaw, pitch, roll, opening=opening) * size + 96.0)

    assert found.yaw_deg == pytest.approx(yaw, abs=1e-6)
    assert found.pitch_deg == pytest.approx(pitch, abs=1e-6)
    assert found.mouth_opening == pytest.approx(opening, abs=1e-6)
    assert found.roll_deg == pytest.approx(roll, abs=1e-6)


def test_a_mesh_of_one_point_is_no_error() -> None:
    found = head_pose(np.zeros((POINT_COUNT, 3)))

    assert np.isfinite([found.yaw_deg, found.pitch_deg, found.roll_deg, found.mouth_opening]).all()


def _head(yaw: float, pitch: float, roll: float, *, opening: float) -> NDArray[np.float64]:
    """A head of height one: tilted clockwise, then raised, then turned to the picture's right."""
    mesh = np.zeros((POINT_COUNT, 3))
    mesh[LEFT_CHEEK], mesh[RIGHT_CHEEK] = (-0.4, 0, 0), (0.4, 0, 0)
    mesh[FOREHEAD], mesh[CHIN] = (0, -0.5, 0), (0, 0.5, 0)
    mesh[UPPER_LIP], mesh[LOWER_LIP] = (0, 0.2, -0.1), (0, 0.2 + opening, -0.1)
    y, p, r = np.radians([yaw, pitch, roll])
    # Clockwise on a picture whose y points down.
    tilt = np.array([[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]])
    # The face looks along -z; up is -y.
    rise = np.array([[1, 0, 0], [0, np.cos(p), np.sin(p)], [0, -np.sin(p), np.cos(p)]])
    turn = np.array([[np.cos(y), 0, -np.sin(y)], [0, 1, 0], [np.sin(y), 0, np.cos(y)]])
    return np.asarray(mesh @ (turn @ rise @ tilt).T, dtype=np.float64)
