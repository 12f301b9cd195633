"""The pace of words at known times, with known pauses, fillers and questions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.components.audio.speech_pace import COMPONENT
from application.ports.components import Arrays, Inputs, Measurement
from domain.component import EmptyReason
from domain.video import Metadata
from tests.components.inputs import a_timeline, measured

Words = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def _measured(words_s: Words, *, pauses_s: list[list[float]], length_s: float) -> Measurement:
    """One stretch from 0 s on, all understood; every word has two syllables."""
    edges = np.concatenate([[0.0], np.ravel(pauses_s), [length_s]]).reshape(-1, 2)
    count = len(words_s)
    said: Arrays = {
        "word_bounds_s": words_s,
        "word_syllables": np.full(count, 2),
        "fillers": np.arange(count) % 5 == 0,
        "question_ends": np.arange(count) == count - 1,
        "understood_bounds_s": np.array([[0.0, length_s]]),
    }
    activity: Arrays = {
        "speech_bounds_s": edges,
        "pause_bounds_s": np.array(pauses_s).reshape(-1, 2),
    }
    inputs = Inputs(
        timeline=a_timeline(duration_s=length_s),
        metadata=Metadata(),
        artifacts={"speech_transcript": said, "voice_activity": activity},
    )
    return measured(COMPONENT, inputs)


def _words(*, every_s: float, length_s: float) -> Words:
    starts_s = np.arange(0, length_s - 1e-9, every_s)
    return np.stack([starts_s, starts_s + every_s], axis=1)


def test_words_at_an_even_pace_have_that_pace() -> None:
    arrays = _measured(_words(every_s=0.5, length_s=60), pauses_s=[], length_s=60.0).arrays
    assert arrays["words_per_minute"] == pytest.approx(120)
    assert arrays["articulation_per_s"] == pytest.approx(4)
    assert arrays["pause_share"] == 0
    assert arrays["fillers_per_minute"] == pytest.approx(24)
    assert arrays["question_count"] == 1
    np.testing.assert_allclose(arrays["pace"][3:-3], 120, rtol=0.06)


def test_pauses_slow_the_pace_and_not_the_articulation() -> None:
    words_s = _words(every_s=0.25, length_s=20)
    kept = words_s[(words_s[:, 0] % 4) < 3]
    pauses_s = [[at + 3.0, at + 4.0] for at in range(0, 20, 4)][:-1]
    arrays = _measured(kept, pauses_s=pauses_s, length_s=19.0).arrays
    assert arrays["words_per_minute"] == pytest.approx(60 * 60 / 19)
    assert arrays["articulation_per_s"] == pytest.approx(8)
    assert arrays["pause_share"] == pytest.approx(4 / 19)
    assert arrays["pauses_per_minute"] == pytest.approx(60 * 4 / 19)


def test_a_quicker_half_shows_in_the_curve_and_the_range() -> None:
    words_s = np.concatenate(
        [_words(every_s=0.6, length_s=30), 30 + _words(every_s=0.3, length_s=30)]
    )
    arrays = _measured(words_s, pauses_s=[], length_s=60.0).arrays
    slow, fast = arrays["times_s"] < 24, (arrays["times_s"] > 36) & (arrays["times_s"] < 55)
    np.testing.assert_allclose(arrays["pace"][slow][3:], 100, rtol=0.07)
    np.testing.assert_allclose(arrays["pace"][fast], 200, rtol=0.07)
    assert arrays["pace_range"] == pytest.approx(100, abs=15)


@pytest.mark.parametrize("count", [0, 1, 9])
def test_a_few_words_have_no_pace(count: int) -> None:
    words_s = _words(every_s=0.4, length_s=10)[:count]
    found = _measured(words_s, pauses_s=[], length_s=10.0)
    assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@given(
    every_s=st.floats(0.1, 2),
    length_s=st.floats(25, 300),
)
def test_any_even_pace_is_found(every_s: float, length_s: float) -> None:
    words_s = _words(every_s=every_s, length_s=length_s)
    arrays = _measured(words_s, pauses_s=[], length_s=length_s).arrays
    assert arrays["words_per_minute"] == pytest.approx(60 / every_s, abs=60 / length_s * 1.01)
    assert arrays["articulation_per_s"] == pytest.approx(2 / every_s, rel=0.1)
