"""What on_screen_text is made of: boxes of likely pixels, columns of letters, readings in doubt."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.components.visual.text_boxes import boxes_of
from adapters.components.visual.text_lines import Reading, decoded
from adapters.components.visual.text_scripts import settled
from adapters.components.visual.text_tracks import Line, followed


def test_what_is_read_more_surely_and_fully_is_taken() -> None:
    latin = [Reading("CKKA 50%", 0.84), Reading("Hello", 0.99), Reading("x", 0.99)]
    cyrillic = {0: Reading("СКИДКА 50%", 0.95), 2: Reading()}

    assert settled(latin, cyrillic) == [cyrillic[0], latin[1], Reading()]


@pytest.mark.parametrize(
    ("latin", "cyrillic", "is_russian"),
    [
        ("BAXKHO", "ВАЖНО", True),
        ("HblHE", "НЫНЕ", True),
        ("HOXK", "НОЖ", True),
        ("IOPTA MOPE", "ЮРТА МОРЕ", True),
        ("TOKIO", "ТОКО", False),
        ("TOKIO", "ТОКИО", False),
        ("RADIO", "РАДЮ", False),
        ("XBOX CAP", "ХВОХ САР", False),
    ],
)
def test_halves_of_russian_letters_are_no_latin_ones(
    latin: str, cyrillic: str, *, is_russian: bool
) -> None:
    """The reader of Latin was surer of BAXKHO than that of Russian of ВАЖНО, and read more."""
    surer, other = Reading(latin, 0.98), Reading(cyrillic, 0.8)
    assert settled([surer], {0: other}) == [
        replace(other, confidence=0.98) if is_russian else surer
    ]


@pytest.mark.parametrize(("latin", "is_russian"), [("TOKIO", False), ("TOCT", True)])
def test_among_russian_lines_only_letters_that_look_alike_are_taken_for_russian(
    latin: str, *, is_russian: bool
) -> None:
    """I is no letter of Russian, whatever it may be half of."""
    surer, other = Reading(latin, 0.98), Reading("ТОКИО" if latin == "TOKIO" else "ТОСТ", 0.8)
    beside = Reading("МЫ ПОЕХАЛИ", 0.9)
    found = settled([surer, Reading()], {0: other, 1: beside})
    assert found == [other if is_russian else surer, beside]


@pytest.mark.parametrize(
    ("reading_", "is_text"),
    [
        (Reading("Hello", 0.71), True),
        (Reading("Hello", 0.69), False),
        (Reading("abc", 0.86), True),
        (Reading("abc", 0.84), False),
        (Reading("Привет", 0.41), True),
        (Reading("Привет", 0.39), False),
    ],
)
def test_what_is_read_in_doubt_is_no_text(reading_: Reading, *, is_text: bool) -> None:
    assert settled([reading_], {}) == [reading_ if is_text else Reading()]


@pytest.mark.parametrize(("likely", "count"), [(0.5, 0), (0.7, 1)])
def test_a_stretch_that_the_detector_doubts_is_no_line(likely: float, count: int) -> None:
    """Fences and grass are half as likely as letters."""
    shown = np.zeros((96, 224), dtype=np.float32)
    shown[30:42, 20:120] = likely

    assert len(boxes_of(shown, np.array([1.0, 1.0]))) == count


@given(text=st.text(st.characters(min_codepoint=33, max_codepoint=0x4FFF), min_size=1, max_size=30))
def test_columns_are_brought_to_the_characters_that_made_them(text: str) -> None:
    """Each is held for two columns, and none stands between, as a network spells them."""
    columns = [code for letter in text for code in (ord(letter), ord(letter), 0)]
    found = decoded(np.array(columns, dtype=np.int32), np.full(len(columns), 0.5, dtype=np.float32))

    assert found == Reading(text.strip(), 0.5)


@settings(max_examples=50)
@given(
    left=st.integers(12, 60),
    top=st.integers(12, 60),
    width=st.integers(30, 120),
    height=st.integers(6, 14),
)
def test_a_stretch_of_likely_pixels_is_one_box_around_it(
    left: int, top: int, width: int, height: int
) -> None:
    likely = np.zeros((96, 224), dtype=np.float32)
    likely[top : top + height, left : left + width] = 0.9
    [box] = boxes_of(likely, np.array([2.0, 3.0]))

    out = 1.6 * (width - 1) * (height - 1) / (2 * (width + height - 2))
    truth = np.array([left - out, top - out, left + width - 1 + out, top + height - 1 + out])
    np.testing.assert_allclose(box.corners[0], truth[:2] * [2, 3], atol=3)
    np.testing.assert_allclose(box.corners[2], truth[2:] * [2, 3], atol=3)
    assert box.score == pytest.approx(0.9, abs=1e-3)


def _line(text: str, top: float, *, height: float = 0.08) -> Line:
    bottom = min(top + height, 1.0)
    corners = np.array([(0.2, top), (0.8, top), (0.8, bottom), (0.2, bottom)])
    return Line(corners, np.zeros((48, 400, 3), dtype=np.uint8), Reading(text, 0.98))


def test_half_a_line_that_scrolls_in_or_out_belongs_to_the_whole_one() -> None:
    """What the border leaves of a line reads as another: seven credits were counted as ten."""
    tops = [0.86, 0.78, 0.7, 0.62]
    going = [*([_line("Ivan Petrov", top)] for top in tops), [_line("Ivan Petrov", 0.54)]]
    coming = [_line("lvqn Pctrcv no", 0.94, height=0.06)]

    (track,) = followed([coming, *going])
    assert track.rows == [0, 1, 2, 3, 4, 5]
    assert track.best.reading.text == "Ivan Petrov"

    still = [[_line("Ivan Petrov", 0.9)]] * 3
    assert len(followed([[_line("Another one", 0.92)], *still])) == 2
