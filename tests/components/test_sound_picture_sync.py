"""Cuts on and off made beat grids, and cuts at random."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from adapters.components.audio import onsets, tempo
from adapters.components.audio.sound_picture_sync import COMPONENT
from application.ports.components import Arrays, Measurement
from domain.component import EmptyReason, SoundKind
from tests.components.dependencies import computed_inputs, shots_with
from tests.components.inputs import measured, sound_inputs
from tests.components.rhythms import RATE_HZ, beats, drum_loop
from tests.components.signals import Samples, white_noise

DURATION_S = 60.0
Moments = NDArray[np.float64]


def _measured(
    cuts_s: Moments,
    *,
    beats_s: Moments,
    onsets_s: Moments | None = None,
    duration_s: float = DURATION_S,
) -> Measurement:
    artifacts: dict[str, Arrays] = {
        "shots": shots_with(duration_s, [float(cut_s) for cut_s in cuts_s]),
        "tempo": {"beat_times_s": beats_s},
        "onsets": {"onset_times_s": beats_s if onsets_s is None else onsets_s},
    }
    return measured(COMPONENT, computed_inputs(COMPONENT, duration_s, artifacts))


def _on_grid(moments_s: Moments) -> Moments:
    """As cuts are known: on the 12 fps timeline."""
    return np.ceil(moments_s * 12) / 12


@pytest.mark.parametrize("bpm", [60, 90, 120, 150])
def test_cuts_on_every_fourth_beat_are_aligned(bpm: float) -> None:
    beats_s = beats(bpm, DURATION_S)
    arrays = _measured(_on_grid(beats_s[4::4]), beats_s=beats_s).arrays
    assert arrays["cuts_on_beat_share"] == 1
    assert arrays["alignment_score"] == 1
    assert arrays["alignment_confidence"] > 0.95
    assert (np.abs(arrays["beat_offsets_s"]) <= 1 / 12 + 1e-6).all()


@pytest.mark.parametrize("bpm", [60, 90, 120])
def test_cuts_between_beats_are_not_aligned(bpm: float) -> None:
    beats_s = beats(bpm, DURATION_S)
    arrays = _measured(beats_s[3::4] + 30 / bpm, beats_s=beats_s).arrays
    assert arrays["cuts_on_beat_share"] == 0
    assert arrays["alignment_score"] == 0
    assert not arrays["on_beat"].any()


@pytest.mark.parametrize("bpm", [60, 120, 180])
def test_random_cuts_score_as_chance_does(bpm: float) -> None:
    scores, confidences = [], []
    for seed in range(20):
        cuts_s = np.sort(np.random.default_rng(seed).uniform(1, 59, 40))
        arrays = _measured(cuts_s, beats_s=beats(bpm, DURATION_S)).arrays
        assert arrays["beat_chance_share"] == pytest.approx(0.2 * bpm / 60, abs=0.01)
        scores.append(float(arrays["alignment_score"]))
        confidences.append(float(arrays["alignment_confidence"]))
    assert np.mean(scores) < 0.1
    assert np.mean(confidences) < 0.65


def test_half_of_the_cuts_on_the_beat_are_half() -> None:
    beats_s = beats(60, DURATION_S)
    cuts_s = np.sort(np.concatenate([beats_s[2:50:4], beats_s[4:52:4] + 0.5]))
    arrays = _measured(cuts_s, beats_s=beats_s).arrays
    assert arrays["cuts_on_beat_share"] == 0.5
    assert arrays["alignment_score"] == pytest.approx((0.5 - 0.2) / 0.8, abs=0.01)


def test_three_lucky_cuts_are_less_sure_than_thirty() -> None:
    beats_s = beats(120, DURATION_S)
    few = _measured(beats_s[[10, 50, 90]], beats_s=beats_s).arrays
    many = _measured(beats_s[5:95:3], beats_s=beats_s).arrays
    assert few["alignment_confidence"] < many["alignment_confidence"]


def test_late_cuts_have_positive_offsets() -> None:
    beats_s = beats(60, DURATION_S)
    arrays = _measured(beats_s[2::5] + 0.07, beats_s=beats_s).arrays
    np.testing.assert_allclose(arrays["beat_offsets_s"], 0.07, atol=1e-5)


def test_without_a_beat_onsets_decide() -> None:
    onsets_s = np.cumsum(np.random.default_rng(2).uniform(0.5, 2, 45))
    none = np.zeros(0)
    arrays = _measured(onsets_s[2::3], beats_s=none, onsets_s=onsets_s).arrays
    assert not arrays["has_beat"]
    assert np.isnan(arrays["cuts_on_beat_share"])
    assert arrays["cuts_on_onset_share"] == 1
    assert arrays["alignment_score"] == 1


def test_a_sound_without_beat_and_onset_aligns_with_nothing() -> None:
    none = np.zeros(0)
    arrays = _measured(np.arange(5.0, 50.0, 5.0), beats_s=none, onsets_s=none).arrays
    assert arrays["alignment_score"] == 0
    assert arrays["alignment_confidence"] == 0


def test_two_cuts_are_too_little() -> None:
    found = _measured(np.array([3.0, 9.0]), beats_s=beats(60, DURATION_S))
    assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


def test_dissolves_do_not_count() -> None:
    beats_s = beats(60, DURATION_S)
    shots = dict(shots_with(DURATION_S, [5.0, 10.0, 15.0, 20.0, 25.0]))
    shots["transition_kinds"] = np.array(["cut", "dissolve", "cut", "fade", "cut"])
    artifacts: dict[str, Arrays] = {
        "shots": shots,
        "tempo": {"beat_times_s": beats_s},
        "onsets": {"onset_times_s": beats_s},
    }
    found = measured(COMPONENT, computed_inputs(COMPONENT, DURATION_S, artifacts))
    assert found.arrays["cut_times_s"].tolist() == [5, 15, 25]


def _heard(samples: Samples) -> dict[str, Arrays]:
    sounds = {SoundKind.MUSIC: (samples, RATE_HZ)}
    return {
        component.spec.name: measured(component, sound_inputs(component, sounds)).arrays
        for component in (onsets.COMPONENT, tempo.COMPONENT)
    }


def test_a_music_video_cut_on_its_drums_ranks_above_one_cut_at_random_and_one_over_noise() -> None:
    """From sound to score: tempo and onsets are measured, not made."""
    on_beat_s = _on_grid(beats(112, 40.0)[3::4])
    random_s = np.sort(np.random.default_rng(5).uniform(1, 39, len(on_beat_s)))
    drums, noise = _heard(drum_loop(112, 40.0)), _heard(white_noise(40, rate_hz=RATE_HZ))
    scores = []
    for heard, cuts_s in ((drums, on_beat_s), (drums, random_s), (noise, on_beat_s)):
        shots = {"shots": shots_with(40.0, [float(cut_s) for cut_s in cuts_s])}
        found = measured(COMPONENT, computed_inputs(COMPONENT, 40.0, {**heard, **shots}))
        scores.append(float(found.arrays["alignment_score"]))
    assert scores[0] > 0.95
    assert max(scores[1:]) < 0.5


@given(
    cuts_s=st.lists(st.floats(0, 60), min_size=3, max_size=40, unique=True),
    moments_s=st.lists(st.floats(0, 60), max_size=40, unique=True),
)
def test_scores_are_shares_and_offsets_are_the_nearest(
    cuts_s: list[float], moments_s: list[float]
) -> None:
    beats_s = np.array(sorted(moments_s), dtype=np.float64)
    arrays = _measured(np.array(sorted(cuts_s)), beats_s=beats_s).arrays
    assert 0 <= arrays["alignment_score"] <= 1
    if arrays["has_beat"]:
        distances_s = np.abs(np.array(sorted(cuts_s))[:, None] - beats_s).min(axis=1)
        np.testing.assert_allclose(np.abs(arrays["beat_offsets_s"]), distances_s, atol=1e-4)
