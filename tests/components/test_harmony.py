"""Keys of rendered scales and cadences in all 24 keys, notes, tuning and key changes."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.components.audio.harmony import COMPONENT
from application.ports.components import Arrays, Measurement
from domain.component import EmptyReason, SoundKind
from tests.components.clips import OpenClip
from tests.components.inputs import measured, sound_inputs
from tests.components.melodies import (
    HARMONIC_MINOR_SCALE,
    KEYS,
    MAJOR_CADENCE,
    MAJOR_SCALE,
    MINOR_CADENCE,
    NATURAL_MINOR_SCALE,
    RATE_HZ,
    Instrument,
    flute,
    hertz,
    organ,
    piano,
    played,
    scale,
)
from tests.components.signals import Samples, pink_noise, silence, tone, white_noise


def _measured(samples: Samples, *, block_columns: int = 1292) -> Measurement:
    sounds = {SoundKind.MUSIC: (samples, RATE_HZ)}
    return measured(COMPONENT, sound_inputs(COMPONENT, sounds, block_columns=block_columns))


def _key(arrays: Arrays) -> tuple[str, str]:
    return str(arrays["key"]), str(arrays["mode"])


@pytest.mark.parametrize("instrument", [flute, piano, organ])
@pytest.mark.parametrize("tonic", range(12))
def test_major_scales_and_cadences_are_in_their_key(instrument: Instrument, tonic: int) -> None:
    for chords in (scale(MAJOR_SCALE), MAJOR_CADENCE):
        arrays = _measured(played(chords, instrument, tonic=57 + tonic, note_s=0.8)).arrays
        assert _key(arrays) == (KEYS[(57 + tonic) % 12], "major")
        assert arrays["key_confidence"] > 0.5


@pytest.mark.parametrize("instrument", [flute, piano, organ])
@pytest.mark.parametrize("tonic", range(12))
def test_minor_scales_and_cadences_are_in_their_key(instrument: Instrument, tonic: int) -> None:
    for chords in (scale(NATURAL_MINOR_SCALE), scale(HARMONIC_MINOR_SCALE), MINOR_CADENCE):
        arrays = _measured(played(chords, instrument, tonic=50 + tonic, note_s=0.8)).arrays
        assert _key(arrays) == (KEYS[(50 + tonic) % 12], "minor")
        assert arrays["key_confidence"] > 0.4


@pytest.mark.parametrize("noise", [white_noise, pink_noise])
@pytest.mark.parametrize("duration_s", [2.0, 5.0, 30.0])
def test_noise_has_no_key(noise: Callable[..., Samples], duration_s: float) -> None:
    for seed in range(4):
        arrays = _measured(noise(duration_s, rate_hz=RATE_HZ, seed=seed)).arrays
        assert arrays["key_confidence"] < 0.3


@pytest.mark.parametrize("note", [45, 57, 62, 71, 84])
def test_a_note_fills_its_place(note: int) -> None:
    arrays = _measured(tone(hertz(note), 4, rate_hz=RATE_HZ)).arrays
    assert np.argmax(arrays["chroma_mean"]) == note % 12
    assert arrays["note_names"][note % 12] == KEYS[note % 12]
    assert arrays["chroma_mean"][note % 12] > 0.98
    np.testing.assert_allclose(arrays["chroma"][:, note % 12], 1)


@pytest.mark.parametrize("cents", [-40, -17, 0, 12, 35])
def test_tuning_is_found_and_does_not_move_the_key(cents: float) -> None:
    made = played(MAJOR_CADENCE, piano, tonic=62, note_s=1.0, tuning_cents=cents)
    arrays = _measured(made).arrays
    assert arrays["tuning_cents"] == pytest.approx(cents, abs=4)
    assert _key(arrays) == ("D", "major")


def test_a_change_of_key_is_found() -> None:
    first = played(MAJOR_CADENCE * 8, piano, tonic=60, note_s=1.0)
    second = played(MINOR_CADENCE * 8, piano, tonic=66, note_s=1.0)
    arrays = _measured(np.concatenate([first, second])).arrays
    assert arrays["key_names"].tolist() == ["C major", "F# minor"]
    assert arrays["key_change_times_s"] == pytest.approx([32], abs=4)
    assert arrays["key_bounds_s"][-1, 1] == pytest.approx(64, abs=0.5)


def test_silence_is_empty() -> None:
    found = _measured(white_noise(10, rate_hz=RATE_HZ, rms=1e-6))
    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


def test_silent_stretches_hold_no_notes() -> None:
    arrays = _measured(
        np.concatenate([tone(440, 5, rate_hz=RATE_HZ), silence(5, rate_hz=RATE_HZ)])
    ).arrays
    assert not arrays["chroma"][arrays["times_s"] > 6].any()


def test_one_second_is_too_little() -> None:
    found = _measured(tone(440, 1, rate_hz=RATE_HZ))
    assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


def test_results_do_not_depend_on_where_blocks_end() -> None:
    made = played(MINOR_CADENCE * 4, organ, tonic=55, note_s=0.7)
    whole, small = _measured(made).arrays, _measured(made, block_columns=29).arrays
    for name, expected in whole.items():
        if expected.dtype.kind == "U":
            assert np.array_equal(small[name], expected)
        else:
            np.testing.assert_allclose(small[name], expected, rtol=1e-6, atol=1e-9, err_msg=name)


@settings(max_examples=12)
@given(tonic=st.integers(45, 62), steps=st.integers(1, 11), gain=st.floats(0.01, 1))
def test_transposing_moves_the_key_by_as_much(tonic: int, steps: int, gain: float) -> None:
    low = _measured(played(MAJOR_CADENCE, piano, tonic=tonic)).arrays
    high = _measured(played(MAJOR_CADENCE, piano, tonic=tonic + steps) * np.float32(gain)).arrays
    moved = (KEYS.index(str(low["key"])) + steps) % 12
    assert _key(high) == (KEYS[moved], str(low["mode"]))


@pytest.mark.slow
def test_real_music_is_surer_of_its_key_than_real_speech(clip: OpenClip) -> None:
    def confidence(name: str) -> float:
        found = measured(COMPONENT, clip(f"real/{name}", longest_s=60).sound_inputs(COMPONENT))
        return float(found.arrays["key_confidence"])

    music = ("anim_bbb_30s.webm", "bw_chaplin.mp4", "audio_longer.mp4")
    speech = ("lecture_5min.mp4", "static_image_jfk.mp4", "ru_slides_speech.mp4")
    assert min(confidence(name) for name in music) > max(confidence(name) for name in speech)
    assert max(confidence(name) for name in speech) < 0.3
