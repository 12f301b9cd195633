"""on_screen_text against slides whose text, place and time are known, and against what is no text.

The words themselves are not in the artifact (R-703): how well they are read is tried one step
before.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pytest

from adapters.components.text import text_alignment, text_embedding
from adapters.components.visual.on_screen_text import COMPONENT
from adapters.components.visual.text_boxes import find_text
from adapters.components.visual.text_tracks import followed, read_over_time
from adapters.memory.inference import MemoryInference
from application.ports.components import Arrays
from application.ports.inference import Inference, ModelNotFound
from domain.component import EmptyReason
from domain.served_model import ServedModel
from tests.components.clips import OpenClip
from tests.components.inputs import measured, picture_inputs
from tests.components.scenes import texture
from tests.components.served import Ask, needing
from tests.components.slides import HEIGHT_PX, WIDTH_PX, Picture, Style, line_box, slide
from tests.components.texts import texts
from tests.components.word_errors import character_error_rate
from tests.outside import require

ENGLISH = (
    "How to film at night: 5 simple tips",
    "1. Use a close microphone",
    "Subscribe to the channel!",
    "TOP 10 CAMERAS of 2026",
)
RUSSIAN = (
    "Как снимать ночью: 5 простых советов",
    "1. Держите микрофон близко",
    "Подпишитесь на канал!",
    "СКИДКА 50% ТОЛЬКО СЕГОДНЯ",
)
STYLES = (
    Style(),
    Style(letter_px=22, ink="black", ground="white"),
    Style(letter_px=40, ink="yellow", ground="#5a5a5a"),
)


class Written(NamedTuple):
    """What is written in a real clip, line by line in order of appearance."""

    clip: str
    short_side_px: int
    lines: tuple[str, ...]
    errors_max: float


WRITTEN = (
    Written(
        "en_slides_tts.webm",
        720,
        (
            "Better sound in 3 steps",
            "1. Use a close microphone",
            "2. Record in a quiet room",
            "3. Check the level",
        ),
        0.05,
    ),
    Written(
        "ru_slides_speech.mp4",
        720,
        (
            "Как снять первое видео",
            "1. Свет 2. Звук 3. Кадр",
            "Крючок в первые 3 секунды",
            "удерживает зрителя",
            "Подпишитесь на канал!",
            "Ссылка в описании",
        ),
        0.10,
    ),
    Written(
        "burned_subs_ru.mp4",
        384,
        ("ВСЕМ ПРИВЕТ!", "Сегодня говорим про звук", "Ставьте лайк"),
        0.10,
    ),
)


@pytest.fixture(scope="module")
def reading(served: Inference) -> Inference:
    require("tesseract")
    needing(*COMPONENT.spec.models)
    return served


def read(served: Inference, picture: Picture) -> list[str]:
    [lines] = read_over_time(served, find_text(served, [picture]))
    return [line.reading.text for line in lines]


def test_a_line_that_comes_slowly_is_read_and_gone_once_it_has_gone(reading: Inference) -> None:
    """No picture differs from its neighbour by more than noise does; the last from the first."""
    empty, written = slide(()), slide((ENGLISH[0],))
    shares = [*np.linspace(0.0, 1.0, 65), *np.linspace(1.0, 0.0, 65)]
    faded = [(empty + share * (written - 1.0 * empty)).astype(np.uint8) for share in shares]
    shown = [
        [line.reading.text for line in lines]
        for lines in read_over_time(reading, find_text(reading, faded))
    ]
    assert (shown[0], shown[64], shown[-1]) == ([], [ENGLISH[0]], [])


def arrays_of(asked: Ask, shown: list[Picture]) -> Arrays:
    found = asked(COMPONENT, picture_inputs(COMPONENT, shown))
    assert found.empty_reason is None
    return found.arrays


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("lines", "errors_max"), [(ENGLISH, 0.05), (RUSSIAN, 0.10)])
def test_slides_are_read_letter_by_letter(
    reading: Inference, style: Style, lines: tuple[str, ...], errors_max: float
) -> None:
    found = read(reading, slide(lines, style))

    errors = character_error_rate("\n".join(lines), "\n".join(found))
    assert errors <= errors_max


def test_words_of_twin_letters_go_with_the_rest_of_the_picture(reading: Inference) -> None:
    assert read(reading, slide(["Ракета летит", "ВОСТОК"])) == ["Ракета летит", "ВОСТОК"]
    latin = read(reading, slide(["The soup is", "HOT"]))
    assert latin == ["The soup is", "HOT"]
    assert all(each.isascii() for each in latin)


def test_a_slide_is_seen_from_when_it_appears_to_when_it_goes(asked: Ask) -> None:
    """10 s: nothing for 4 s, then a slide in English for 4 s, then one in Russian."""
    english, russian = slide(ENGLISH[:3]), slide(RUSSIAN[:3])
    found = arrays_of(asked, [slide([])] * 48 + [english] * 48 + [russian] * 24)

    spacing_s = 10 / len(found["times_s"])
    truth_s = [(4, 8)] * 3 + [(8, 10)] * 3
    np.testing.assert_allclose(found["line_bounds_s"], truth_s, atol=spacing_s)
    assert found["first_text_s"] == pytest.approx(4, abs=spacing_s)
    assert found["text_time_share"] == pytest.approx(0.6, abs=0.05)
    assert found["line_count"] == 6
    assert found["line_scripts"].tolist() == ["latin"] * 3 + ["cyrillic"] * 3
    assert found["lines"].tolist() == [
        0 if moment_s < 4 else 3 for moment_s in found["times_s"].tolist()
    ]


def test_characters_scripts_and_calls_to_action_are_counted(asked: Ask) -> None:
    found = arrays_of(asked, [slide([*ENGLISH[:3], RUSSIAN[2]])] * 12)

    texts = [*ENGLISH[:3], RUSSIAN[2]]
    truth = [len(text.replace(" ", "")) for text in texts]
    assert found["line_characters"].tolist() == truth
    assert found["characters"].tolist() == [sum(truth)] * len(found["times_s"])
    letters = [sum(letter.isalpha() for letter in text) for text in texts]
    shares = dict(zip(found["scripts"].tolist(), found["script_shares"].tolist(), strict=True))
    assert shares["cyrillic"] == pytest.approx(letters[3] / sum(letters))
    assert shares["latin"] == pytest.approx(sum(letters[:3]) / sum(letters))
    assert found["calls_to_action"] == 2
    np.testing.assert_allclose(found["call_bounds_s"], [(0, 1)] * 2)
    assert found["language"] == "en"


@pytest.mark.parametrize(("left_px", "top_px"), [(60, 60), (300, 400)])
def test_boxes_lie_where_the_text_was_put(asked: Ask, left_px: int, top_px: int) -> None:
    style = Style(letter_px=48)
    picture = slide(["Better sound"], style, left_px=left_px, top_px=top_px)
    found = arrays_of(asked, [picture] * 12)

    truth = line_box("Better sound", style, left_px=left_px, top_px=top_px)
    boxes = found["boxes"] * [WIDTH_PX, HEIGHT_PX, WIDTH_PX, HEIGHT_PX]
    np.testing.assert_allclose(boxes[0], truth, atol=8)
    area_share = truth[2] * truth[3] / (WIDTH_PX * HEIGHT_PX)
    np.testing.assert_allclose(found["area_share"], area_share, rtol=0.15)


def test_no_word_is_kept(asked: Ask) -> None:
    """R-703: off for every owner so far."""
    found = arrays_of(asked, [slide(ENGLISH)] * 2)

    assert found["words"].size == 0
    assert all(
        array.dtype.kind != "U" or set(array.ravel().tolist()) <= set(schema.choices)
        for schema in COMPONENT.schema.arrays
        for array in [found[schema.name]]
    )


@pytest.mark.parametrize(
    "name", ["brick", "grass", "gravel", "coins", "coffee", "chelsea", "astronaut", "camera"]
)
def test_textures_and_things_hold_no_text(asked: Ask, name: str) -> None:
    picture = texture(name)
    even = picture[: picture.shape[0] // 2 * 2, : picture.shape[1] // 2 * 2]
    found = asked(COMPONENT, picture_inputs(COMPONENT, [np.ascontiguousarray(even)]))

    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


@pytest.mark.parametrize("level", [0, 128, 255])
def test_even_pictures_hold_no_text(asked: Ask, level: int) -> None:
    flat = np.full((HEIGHT_PX, WIDTH_PX, 3), level, dtype=np.uint8)
    for count in (1, 3):
        found = asked(COMPONENT, picture_inputs(COMPONENT, [flat] * count))
        assert found.empty_reason is EmptyReason.NOTHING_DETECTED


def test_one_frame_is_enough_and_digits_have_no_direction(asked: Ask) -> None:
    found = arrays_of(asked, [slide(["2026 - 50%", "12:30:45"])])

    assert found["text_time_share"] == 1.0
    assert found["text_vectors"].shape == (0, 512)
    assert found["script_shares"].tolist() == [0, 0, 0]
    assert found["line_scripts"].tolist() == ["other"] * 2


def test_a_picture_that_stands_still_is_looked_at_once(reading: Inference) -> None:
    calls: list[str] = []

    class Counting:
        """Counts the calls of each model."""

        def model(self, name: str) -> ServedModel:
            return reading.model(name)

        def infer(self, name: str, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
            calls.append(name)
            return reading.infer(name, inputs)

    inputs = replace(picture_inputs(COMPONENT, [slide(ENGLISH[:1])] * 36), inference=Counting())
    assert COMPONENT.measure(inputs).empty_reason is None
    assert calls.count("ppocr_detector") == 1
    assert calls.count("ppocr_reader") == 1


def test_without_its_models_it_fails_as_model_not_found() -> None:
    """R-205: never a stand-in."""
    inputs = picture_inputs(COMPONENT, [slide(ENGLISH)])

    with pytest.raises(ModelNotFound):
        COMPONENT.measure(replace(inputs, inference=MemoryInference()))


@pytest.mark.slow
@pytest.mark.requires("shared_media")
@pytest.mark.parametrize("written", WRITTEN, ids=lambda written: str(written.clip))
def test_real_clips_are_read(clip: OpenClip, reading: Inference, written: Written) -> None:
    opened = clip(f"real/{written.clip}", short_side_px=written.short_side_px)
    inputs = opened.picture_inputs(COMPONENT)
    assert inputs.detail is not None
    shown = list(read_over_time(reading, find_text(reading, inputs.detail.rgb())))
    said = "\n".join(track.best.reading.text for track in followed(shown))

    assert character_error_rate("\n".join(written.lines), said) <= written.errors_max


@pytest.mark.slow
@pytest.mark.requires("shared_media")
def test_the_slides_of_a_real_clip_are_timed_and_its_calls_are_seen(
    clip: OpenClip, asked: Ask
) -> None:
    """Cuts at 4.25, 8.5 and 12.75 s; the last slide of 17 s is blank."""
    inputs = clip("real/ru_slides_speech.mp4", short_side_px=720).picture_inputs(COMPONENT)
    found = asked(COMPONENT, inputs).arrays

    truth_s = [(0, 4.25)] * 2 + [(4.25, 8.5)] * 2 + [(8.5, 12.75)] * 2
    np.testing.assert_allclose(found["line_bounds_s"], truth_s, atol=17 / len(found["times_s"]))
    assert found["text_time_share"] == pytest.approx(0.75, abs=0.04)
    assert found["calls_to_action"] == 2
    assert found["language"] == "ru"


@pytest.mark.slow
@pytest.mark.requires("shared_media")
@pytest.mark.parametrize(
    ("name", "longest_s"),
    [
        ("talk_en_hill.mp4", 2.0),
        ("face_man_dark.mp4", 2.0),
        ("surveil_bottles.mp4", 20.0),
        ("black_silent_25s.mp4", 25.0),
        ("anim_bbb_vp9_sar.mp4", 4.0),
        ("anim_blupi_cinepak.mkv", 6.0),
        ("pancake_opus.mkv", 6.0),
    ],
)
def test_clips_without_text_hold_none(
    clip: OpenClip, asked: Ask, name: str, longest_s: float
) -> None:
    found = asked(COMPONENT, clip(f"real/{name}", longest_s=longest_s).picture_inputs(COMPONENT))

    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


@pytest.mark.parametrize(
    ("title", "is_same"), [("Как приготовить борщ", True), ("Обзор новой видеокарты", False)]
)
def test_the_screen_agrees_with_a_title_on_the_same_thing(
    asked: Ask, title: str, is_same: bool
) -> None:
    """As `text_alignment` compares them, though no word of the screen is kept."""
    told = texts(title=title)
    artifacts = {
        "text_embedding": asked(text_embedding.COMPONENT, told).arrays,
        "on_screen_text": arrays_of(asked, [slide(["Рецепт борща", "Свёкла, капуста и мясо"])]),
    }
    compared = measured(text_alignment.COMPONENT, replace(told, artifacts=artifacts)).arrays

    assert compared["title_screen_known"]
    assert compared["title_screen"] > 0.4 if is_same else compared["title_screen"] < 0.25
