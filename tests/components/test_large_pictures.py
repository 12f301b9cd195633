"""Every picture component on a film of 4K with one key frame in all, through the real decoder.

Six seconds: two faces, then a slide, then a cup of coffee passed by the camera. Only the first
frame is a key frame, the others stand on each other in both directions.
"""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from adapters.components.catalogue import ShippedComponents
from adapters.ffmpeg.confinement import Confinement
from adapters.ffmpeg.tools import Tools
from adapters.preparation.frames import ArrayFrames
from application.ports.components import Arrays
from application.ports.inference import Inference
from domain.component import EmptyReason, Modality
from domain.sampling import plan
from tests.adapters.ffmpeg.decoding import Bench, Whole
from tests.components.inputs import measured, planes_inputs
from tests.components.portraits import with_faces
from tests.components.scenes import camera_move
from tests.components.served import needing
from tests.components.slides import Style, slide
from tests.outside import require

SHIPPED = ShippedComponents()
SIZE_PX = (1280, 720)
LINES = ("How to film at night", "Use a close microphone")
FACES = [(0.25, 0.5), (0.75, 0.5)]
OFF = {"objects"}
"""Of a model that is nobody's to miss."""
SHOWN = [
    one for one in SHIPPED if one.spec.modality is Modality.VISUAL and one.spec.name not in OFF
]

pytestmark = [pytest.mark.slow, pytest.mark.requires("ffmpeg", "ffprobe")]


def film() -> bytes:
    """Seventy-two pictures in RGB, twelve a second."""
    faces, slides = (
        cv2.resize(picture, SIZE_PX, interpolation=cv2.INTER_CUBIC)
        for picture in (with_faces(FACES), slide(LINES, Style(letter_px=44)))
    )
    passed = camera_move("coffee", size_px=SIZE_PX, frames=24, pan=0.1)
    return b"".join(one.tobytes() for one in [*[faces] * 24, *[slides] * 24, *passed])


@dataclass(frozen=True)
class Seen:
    """What came out of the decoder, and what every component made of it."""

    whole: Whole
    artifacts: Mapping[str, Arrays]
    empty: Mapping[str, EmptyReason]


@pytest.fixture(scope="module")
def seen(served: Inference, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    needing(*{model for one in SHOWN for model in one.spec.models})
    require("tesseract")
    file = encoded(tmp_path_factory.mktemp("large") / "film.mp4")
    budgets = {one.spec.name: one.spec.detail for one in SHOWN if one.spec.detail is not None}
    wanted = plan(72, {}, budgets)
    tools = Tools.find()
    whole = Bench(tools, Confinement.best(tools)).decode(file, detail_indices=wanted.detail_union)
    artifacts: dict[str, Arrays] = {}
    empty: dict[str, EmptyReason] = {}
    for component in SHOWN:
        inputs = planes_inputs(component, whole.frames, artifacts=artifacts)
        if component.spec.detail is not None:
            indices = wanted.detail[component.spec.name]
            rows = np.searchsorted(wanted.detail_union, indices)
            inputs = replace(inputs, detail=ArrayFrames(indices, list(whole.details[rows])))
        found = measured(component, replace(inputs, inference=served))
        if found.empty_reason is None:
            artifacts[component.spec.name] = found.arrays
        else:
            empty[component.spec.name] = found.empty_reason
    return Seen(whole, artifacts, empty)


def encoded(file: Path) -> Path:
    """H.264 of 3840 by 2160, 24 frames a second, references on both sides, no key frame but one."""
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "1280x720", "-r", "12", "-i", "pipe:0"]
    graph = "fps=24,scale=3840:2160:out_color_matrix=bt709"
    codec = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "3", "-crf", "20"]
    groups = ["-x264-params", "keyint=infinite:scenecut=0:open-gop=1:b-adapt=0"]
    command = [str(require("ffmpeg")), "-v", "error", *raw, "-vf", graph, "-pix_fmt", "yuv420p"]
    colour = ["-colorspace", "bt709", "-color_range", "tv"]
    subprocess.run([*command, *codec, *groups, *colour, str(file)], input=film(), check=True)
    return file


def test_all_of_it_is_decoded_and_every_component_finds_something(seen: Seen) -> None:
    assert (seen.whole.video.shown_width_px, seen.whole.video.shown_height_px) == (3840, 2160)
    assert len(seen.whole.frames) == 72
    assert seen.empty == {}


def test_cuts_stand_where_the_pictures_change(seen: Seen) -> None:
    for name in ("shots", "shots_neural"):
        np.testing.assert_allclose(seen.artifacts[name]["cut_times_s"], [2, 4], atol=1 / 12)
    assert seen.artifacts["pacing"]["shot_count"] == 3
    np.testing.assert_allclose(
        seen.artifacts["repetition"]["scene_bounds_s"][:, 0], [0, 2, 4], atol=0.1
    )
    times_s = seen.artifacts["key_frames"]["times_s"]
    assert (np.histogram(times_s, [0, 2, 4, 6])[0] >= 1).all()


def test_faces_and_their_smiles_are_seen_for_two_seconds(seen: Seen) -> None:
    faces = seen.artifacts["faces"]
    assert faces["counts"].tolist() == [2] * 24 + [0] * 48
    np.testing.assert_allclose(faces["track_bounds_s"], [(0, 2)] * 2, atol=0.25)
    assert faces["screen_time_share"] == pytest.approx(1 / 3, abs=0.02)
    assert seen.artifacts["face_emotion"]["labels"].size == 7
    assert seen.artifacts["face_attention"]["camera_share"] == 1.0


def test_the_slide_is_read_from_frames_of_its_own_size(seen: Seen) -> None:
    text = seen.artifacts["on_screen_text"]
    assert text["line_count"] == 2
    assert text["line_characters"].tolist() == [len(line.replace(" ", "")) for line in LINES]
    np.testing.assert_allclose(text["line_bounds_s"], [(2, 4)] * 2, atol=0.2)
    assert text["language"] == "en"


def test_stills_stand_and_the_camera_passes_at_its_speed(seen: Seen) -> None:
    motion = seen.artifacts["motion"]
    still = ~between(motion["times_s"], 1.9, 2.1) & ~between(motion["times_s"], 3.9, 6.1)
    assert motion["magnitude"][still & (motion["times_s"] > 0.1)].max() < 0.001
    passing = between(motion["times_s"], 4.3, 5.9)
    assert np.median(motion["camera_pan"][passing]) == pytest.approx(0.1, rel=0.1)


def test_brightness_is_that_of_the_pictures(seen: Seen) -> None:
    color = seen.artifacts["color"]
    shown = np.frombuffer(film(), dtype=np.uint8).reshape(72, -1, 3)
    truth = (shown[[5, 30, 60]] @ np.array([0.299, 0.587, 0.114])).mean(axis=1) / 255
    np.testing.assert_allclose(color["brightness"][[5, 30, 60]], truth, atol=0.01)


def between(times_s: NDArray[np.float64], start_s: float, end_s: float) -> NDArray[np.bool_]:
    return (times_s >= start_s) & (times_s < end_s)
