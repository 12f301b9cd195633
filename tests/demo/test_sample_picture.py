"""That the sample looks as its written-down truth says."""

from importlib import import_module
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFont

from entrypoints.demo import timeline as plan
from entrypoints.demo.sample import encode
from entrypoints.demo.timeline import HEIGHT_PX, WIDTH_PX
from entrypoints.demo.tools import Tools
from entrypoints.demo.valley import paint_valley
from tests.demo import reading
from tests.demo.reading import Picture

pytestmark = pytest.mark.slow


def grey(picture: Picture) -> NDArray[np.float64]:
    return np.asarray(picture.mean(axis=-1))


def test_it_is_thirty_seconds_of_h264_and_aac(sample: Path) -> None:
    found = reading.probe(sample)
    picture, sound = found["streams"]
    assert float(found["format"]["duration"]) == pytest.approx(plan.DURATION_S, abs=0.05)
    assert (picture["codec_name"], sound["codec_name"]) == ("h264", "aac")
    assert (picture["width"], picture["height"]) == (1280, 720)
    assert picture["avg_frame_rate"] == "25/1"
    assert int(picture["nb_read_packets"]) == 750
    assert picture["color_space"] == "bt709"
    assert (sound["channels"], sound["sample_rate"]) == (2, "48000")


def test_ffmpeg_sees_exactly_the_hard_cuts(sample: Path) -> None:
    assert reading.scene_changes(sample, above=0.3) == list(plan.HARD_CUTS_S)


def test_ffmpeg_sees_black_in_the_middle_of_the_fade(sample: Path) -> None:
    ((start_s, end_s),) = reading.black_spans(sample)
    assert start_s == pytest.approx(plan.BLACK.start_s, abs=0.05)
    assert end_s == pytest.approx(plan.BLACK.end_s, abs=0.05)
    assert plan.FADE.middle_s == pytest.approx((start_s + end_s) / 2, abs=0.05)


@pytest.mark.parametrize("at_s", [17.2, 17.48, 17.8])
def test_the_dissolve_is_a_steady_mixture(sample: Path, at_s: float) -> None:
    before, after = (
        grey(reading.frame(sample, plan.FACE.middle_s)),
        grey(reading.frame(sample, plan.QUESTION.middle_s)),
    )
    mixed = grey(reading.frame(sample, at_s))
    way = after - before
    share = float(((mixed - before) * way).sum() / (way * way).sum())
    assert share == pytest.approx(plan.DISSOLVE.share(at_s), abs=0.02)


def test_the_grey_card_is_flat_and_of_its_brightness(sample: Path) -> None:
    card = reading.frame(sample, plan.CARD.middle_s).astype(np.float64)
    assert card.mean() == pytest.approx(plan.CARD_GREY, abs=1.0)
    assert card.std() < 1.0


def similarity(first: Picture, second: Picture) -> NDArray[np.float64]:
    """The shift and scale that take features of one picture to those of another, as 2x3 matrix."""
    finder = cv2.SIFT.create(1500)
    points1, marks1 = finder.detectAndCompute(first, None)
    points2, marks2 = finder.detectAndCompute(second, None)
    pairs = cv2.BFMatcher(crossCheck=True).match(marks1, marks2)
    source = np.array([points1[pair.queryIdx].pt for pair in pairs])
    target = np.array([points2[pair.trainIdx].pt for pair in pairs])
    matrix, _ = cv2.estimateAffinePartial2D(source, target, ransacReprojThreshold=1.5)
    return np.asarray(matrix, dtype=np.float64)


def test_the_camera_turns_right_at_its_speed(sample: Path) -> None:
    """What it sees moves left; features, not optical flow."""
    at_s = plan.PAN.start_s + 1
    moved = similarity(reading.frame(sample, at_s), reading.frame(sample, at_s + 1))
    assert -moved[0, 2] / WIDTH_PX == pytest.approx(plan.PAN_WIDTHS_PER_S, rel=0.02)
    assert moved[1, 2] == pytest.approx(0.0, abs=0.5)
    assert moved[0, 0] == pytest.approx(1.0, abs=0.002)


def test_the_camera_goes_in_at_its_speed(sample: Path) -> None:
    at_s = plan.ZOOM.start_s + 1
    moved = similarity(reading.frame(sample, at_s), reading.frame(sample, at_s + 1))
    scale = float(np.hypot(moved[0, 0], moved[1, 0]))
    assert np.log(scale) == pytest.approx(plan.ZOOM_LOG_PER_S, rel=0.02)
    middle = moved @ np.array([WIDTH_PX / 2, HEIGHT_PX / 2, 1.0])
    assert middle == pytest.approx([WIDTH_PX / 2, HEIGHT_PX / 2], abs=1.0)


@pytest.mark.parametrize("span", [plan.OPENING, plan.QUESTION, plan.CARD, plan.CLOSING])
def test_a_still_part_stands_still(sample: Path, span: plan.Span) -> None:
    seen = reading.frames(sample, span.start_s + 1, count=8).astype(np.int16)
    assert np.abs(np.diff(seen, axis=0)).mean() < 0.5


def test_a_face_is_found_where_there_is_one_and_nowhere_else(sample: Path) -> None:
    """By scikit-image's cascade of local binary patterns."""
    skimage: Any = import_module("skimage")
    cascade = Path(skimage.__file__).parent / "data" / "lbpcascade_frontalface_opencv.xml"
    detector: Any = import_module("skimage.feature").Cascade(str(cascade))

    def faces(at_s: float) -> int:
        small = cv2.resize(reading.frame(sample, at_s), (640, 360), interpolation=cv2.INTER_AREA)
        found = detector.detect_multi_scale(
            img=small, scale_factor=1.2, step_ratio=1, min_size=(50, 50), max_size=(140, 140)
        )
        return len(found)

    assert faces(plan.FACE.middle_s) == 1
    assert [faces(span.middle_s) for span in (plan.OPENING, plan.QUESTION)] == [0, 0]


@pytest.mark.parametrize("letters", ["How I film at night", "Как снимать ночью? Семь приёмов"])
def test_the_font_has_every_letter(demo_tools: Tools, letters: str) -> None:
    font = ImageFont.truetype(str(demo_tools.font), 40)
    missing = bytes(font.getmask("\uffff"))
    drawn = {letter: bytes(font.getmask(letter)) for letter in letters if letter != " "}
    assert missing not in drawn.values()
    assert len(set(drawn.values())) == len(drawn)


@pytest.mark.parametrize("span", [plan.OPENING, plan.QUESTION])
def test_a_title_card_has_two_lines_of_large_letters(sample: Path, span: plan.Span) -> None:
    """Rows with hard edges stand in bands: accent, two lines, and the small line below."""
    edges = np.abs(np.diff(grey(reading.frame(sample, span.middle_s)), axis=1)) > 40
    busy = edges.sum(axis=1) > 2
    starts = np.flatnonzero(np.diff(busy.astype(int), prepend=0) == 1)
    ends = np.flatnonzero(np.diff(busy.astype(int), append=0) == -1)
    tall = [end - start for start, end in zip(starts, ends, strict=True) if end - start > 60]
    assert len(tall) == 2


def test_the_same_pictures_make_the_same_file(demo_tools: Tools, tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (720, 1280, 3), dtype=np.uint8)
    made = []
    for name in ("first.mp4", "second.mp4"):
        pictures = (np.roll(noise, 9 * i, axis=1) for i in range(12))
        encode(pictures, None, tmp_path / name, demo_tools.ffmpeg)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


def test_the_same_valley_is_painted_every_time() -> None:
    assert np.array_equal(paint_valley(300), paint_valley(300))


def test_the_photographs_come_from_the_installed_wheel() -> None:
    skimage: Any = import_module("skimage")
    folder = Path(skimage.__file__).parent / "data"
    for name in ("astronaut.png", "coffee.png", "hubble_deep_field.jpg"):
        with Image.open(folder / name) as photo:
            assert min(photo.size) >= 400
