"""body_pose: points where a body's are known to be, and arms that move at a known speed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from adapters.components.visual.body_pose import COMPONENT, gesture_energy
from adapters.components.visual.body_pose_schema import POINTS
from adapters.memory.inference import MadeModel, MemoryInference
from application.ports.components import Arrays
from domain.component import EmptyReason
from domain.served_model import ServedModel
from tests.components.clips import OpenClip
from tests.components.drawings import HEIGHT_PX, WIDTH_PX, flat
from tests.components.inputs import measured, picture_inputs
from tests.components.portraits import astronaut, framed
from tests.components.served import Ask

SIZE = np.array([WIDTH_PX, HEIGHT_PX])


def test_a_portrait_gives_its_points_and_no_gesture(asked: Ask) -> None:
    """Places by eye, in pixels of the photograph of 512 by 512."""
    found = asked(COMPONENT, picture_inputs(COMPONENT, [framed(astronaut())] * 3)).arrays
    places = found["points"][0] * SIZE
    photographed = (places - (SIZE - HEIGHT_PX) / 2) * 512 / HEIGHT_PX
    truth = {
        "nose": (223, 118),
        "left_eye": (246, 105),
        "right_eye": (204, 104),
        "left_shoulder": (315, 250),
        "right_shoulder": (110, 235),
    }

    for name, expected in truth.items():
        place = photographed[POINTS.index(name)]
        np.testing.assert_allclose(place, expected, atol=25, err_msg=name)
    assert found["body_share"] == 1.0
    assert found["gesture_energy"][1:].max() < 0.05


@pytest.mark.parametrize("level", [0, 128, 255])
def test_flat_frames_hold_no_body(asked: Ask, level: int) -> None:
    found = asked(COMPONENT, picture_inputs(COMPONENT, [flat(level)] * 3))

    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


@pytest.mark.slow
@pytest.mark.requires("shared_media")
def test_a_juggler_is_livelier_than_people_who_sit_and_a_screen_is_nobody(
    clip: OpenClip, asked: Ask
) -> None:
    energy = {}
    for name in ("sport_juggle_silent.mp4", "burned_subs_ru.mp4", "talk_vertical_hevc1.mp4"):
        inputs = clip(f"real/{name}", longest_s=3).picture_inputs(COMPONENT)
        found = asked(COMPONENT, inputs).arrays
        assert found["body_share"] > 0.9
        energy[name] = float(found["mean_gesture_energy"])
    lively = energy.pop("sport_juggle_silent.mp4")
    assert lively > 2 * max(energy.values())

    # Two men: the model points now at one, now at the other.
    inputs = clip("real/bw_chaplin.mp4", longest_s=6).picture_inputs(COMPONENT)
    assert 0.5 < asked(COMPONENT, inputs).arrays["mean_gesture_energy"] < 4

    for name in ("screen_gnome_monitors.webm", "quicktime_3gp.3gp"):
        inputs = clip(f"real/{name}", longest_s=3).picture_inputs(COMPONENT)
        assert asked(COMPONENT, inputs).empty_reason is EmptyReason.NOTHING_DETECTED


def a_body(*, wrist_px: float = 0.0, moved_px: float = 0.0) -> NDArray[np.float64]:
    """Shoulders 100 pixels apart, elbows and wrists below them; the wrists go up by `wrist_px`."""
    points = np.full((len(POINTS), 2), 200.0)
    for name, place in {
        "left_shoulder": (350, 100),
        "right_shoulder": (250, 100),
        "left_elbow": (360, 170),
        "right_elbow": (240, 170),
        "left_wrist": (365, 230 - wrist_px),
        "right_wrist": (235, 230 - wrist_px),
    }.items():
        points[POINTS.index(name)] = place
    return np.asarray(points + np.array([moved_px, 0.0]), dtype=np.float64)


def test_waving_is_measured_in_shoulder_widths_a_second_through_the_whole_component() -> None:
    """A made model whose wrists go up by 5 pixels a frame: two of four points, 0.3 widths/s."""
    calls = iter(range(100))

    def told(given: Arrays) -> Arrays:
        bodies = [a_body(wrist_px=5.0 * next(calls)) for _ in given["frame"]]
        rows = [np.column_stack([b[:, ::-1] / WIDTH_PX, np.ones(len(b))]) for b in bodies]
        return {"points": np.array(rows, dtype=np.float32)[:, None]}

    model = ServedModel(name="movenet", version="1", weights_sha256="ab" * 32, engine="made")
    made = MadeModel(served=model, inputs={"frame": ((192, 192, 3), "uint8")}, compute=told)
    inputs = picture_inputs(COMPONENT, [flat()] * 24)
    found = measured(COMPONENT, replace(inputs, inference=MemoryInference({"movenet": made})))

    assert found.arrays["mean_gesture_energy"] == pytest.approx(5 / 2 / 100 * 12, rel=1e-3)
    assert found.arrays["arms_followed"].tolist() == [False] + [True] * 23


@given(
    speed_px=st.floats(-20, 20),
    camera_px=st.floats(-50, 50),
    gap_s=st.floats(0.05, 1.0),
)
def test_walking_and_panning_are_no_gestures(
    speed_px: float, camera_px: float, gap_s: float
) -> None:
    bodies = [a_body(wrist_px=speed_px * at, moved_px=camera_px * at) for at in range(5)]
    sure = np.ones((5, len(POINTS)), dtype=bool)
    times_s = np.linspace(0.0, 4 * gap_s, 5)
    found = gesture_energy(np.array(bodies), sure, times_s, width_min_px=20.0)

    np.testing.assert_allclose(found[1:], abs(speed_px) / 2 / 100 / gap_s, atol=1e-9)


def test_what_leaps_from_one_person_to_another_is_no_gesture() -> None:
    """Two people stand still three shoulder widths apart, the model points at them in turns; then
    at one who stands half as near behind the other."""
    one, other = a_body(), a_body(moved_px=300.0)
    behind = one[5:7].mean(axis=0) + (one - one[5:7].mean(axis=0)) / 2
    bodies = np.array([one, other, one, one, behind, behind])
    sure = np.ones((len(bodies), len(POINTS)), dtype=bool)
    found = gesture_energy(bodies, sure, np.arange(len(bodies)) / 12, width_min_px=20.0)

    np.testing.assert_allclose(found, [np.nan, np.nan, np.nan, 0.0, np.nan, 0.0], atol=1e-9)


def test_far_frames_hidden_arms_and_tiny_bodies_say_nothing() -> None:
    bodies = np.array([a_body(), a_body(wrist_px=9.0)])
    sure = np.ones((2, len(POINTS)), dtype=bool)
    hidden = sure.copy()
    arms = [at for at, name in enumerate(POINTS) if name.endswith(("elbow", "wrist"))]
    hidden[1, arms] = False

    assert np.isnan(gesture_energy(bodies, sure, np.array([0, 1.5]), width_min_px=20.0)).all()
    assert np.isnan(gesture_energy(bodies, hidden, np.array([0, 0.1]), width_min_px=20.0)).all()
    assert np.isnan(gesture_energy(bodies, sure, np.array([0, 0.1]), width_min_px=200.0)).all()
