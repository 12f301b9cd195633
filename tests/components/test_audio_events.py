"""Speech, singing and music: real clips of each, joined where we know, and what is none of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.components.audio.audio_events import COMPONENT, lasting
from adapters.components.audio.audio_events_schema import EVENTS
from application.ports.components import Inputs
from domain.component import EmptyReason, SoundKind
from tests.components.clips import OpenClip
from tests.components.inputs import sound_inputs
from tests.components.served import Ask
from tests.components.signals import Samples, pink_noise, silence, tone, white_noise

RATE_HZ = 16_000


def _inputs(samples: Samples, *, block_s: float = 30.0) -> Inputs:
    return sound_inputs(COMPONENT, {SoundKind.SPEECH: (samples, RATE_HZ)}, block_s=block_s)


def _sound(clip: OpenClip, name: str) -> Samples:
    samples, _ = clip(f"real/{name}").sounds[SoundKind.SPEECH]
    return samples[:, 0].astype(np.float32)


@pytest.mark.requires("shared_media")
@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("static_image_jfk.mp4", {"speech"}),
        ("ru_slides_speech.mp4", {"speech"}),
        ("letterbox_blur_vertical.mp4", {"speech"}),
        ("bw_theora_text.ogv", {"singing", "music"}),
        ("anim_bbb_30s.webm", {"music"}),
        ("fast_cuts_04s.mp4", {"music"}),
        ("wwt_cc_first40.mp4", {"speech", "music"}),
    ],
)
def test_real_clips_have_what_is_in_them(
    clip: OpenClip, asked: Ask, name: str, heard: set[str]
) -> None:
    """Labels: those of the corpus, and `song` for the old film with a singer."""
    arrays = asked(COMPONENT, clip(f"real/{name}").sound_inputs(COMPONENT)).arrays
    shares = {event: float(arrays[f"{event}_share"]) for event in EVENTS}
    assert all((shares[event] > 0.5) is (event in heard) for event in EVENTS), shares
    assert all(shares[event] < 0.2 for event in set(EVENTS) - heard), shares


@pytest.mark.requires("shared_media")
def test_speech_gives_way_to_music_where_they_were_joined(clip: OpenClip, asked: Ask) -> None:
    speech, music = _sound(clip, "ru_slides_speech.mp4"), _sound(clip, "anim_bbb_30s.webm")
    made = np.concatenate([speech[: 12 * RATE_HZ], music[5 * RATE_HZ : 17 * RATE_HZ]])
    arrays = asked(COMPONENT, _inputs(made)).arrays
    assert arrays["speech_bounds_s"][-1, 1] == pytest.approx(12, abs=1)
    assert arrays["music_bounds_s"][0, 0] == pytest.approx(12, abs=1)


@pytest.mark.parametrize(
    "made",
    [white_noise(8, rate_hz=RATE_HZ), pink_noise(8, rate_hz=RATE_HZ)],
    ids=["white", "pink"],
)
def test_noise_is_none_of_them(asked: Ask, made: Samples) -> None:
    arrays = asked(COMPONENT, _inputs(made)).arrays
    assert all(arrays[f"{event}_share"] < 0.1 for event in EVENTS)


def test_chords_are_music_and_nothing_else(asked: Ask) -> None:
    chords = [(262, 330, 392), (220, 277, 330), (294, 370, 440), (196, 247, 294)]
    swell = np.exp(-3 * np.arange(RATE_HZ) / RATE_HZ).astype(np.float32)
    struck = [
        swell
        * np.sum(
            [tone(hz * n, 1, rate_hz=RATE_HZ, peak=0.2 / n) for hz in chord for n in (1, 2, 3)],
            axis=0,
        )
        for chord in chords * 3
    ]
    arrays = asked(COMPONENT, _inputs(np.concatenate(struck))).arrays
    assert arrays["music_share"] > 0.6
    assert arrays["speech_share"] < 0.1


@pytest.mark.requires("shared_media")
def test_results_do_not_depend_on_where_blocks_end(clip: OpenClip, asked: Ask) -> None:
    """Nor on the stretches of ten seconds that the network is asked about."""
    made = _sound(clip, "wwt_cc_first40.mp4")[: 23 * RATE_HZ]
    whole = asked(COMPONENT, _inputs(made)).arrays
    small = asked(COMPONENT, _inputs(made, block_s=0.7371)).arrays
    for name, expected in whole.items():
        assert np.array_equal(small[name], expected), name


def test_silence_is_nothing(asked: Ask) -> None:
    found = asked(COMPONENT, _inputs(silence(8, rate_hz=RATE_HZ)))
    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


@pytest.mark.parametrize("samples", [0, 1, 15_999])
def test_less_than_a_second_is_too_little(asked: Ask, samples: int) -> None:
    found = asked(COMPONENT, _inputs(np.full(samples, 0.1, dtype=np.float32)))
    assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


def test_strange_levels_give_a_valid_result(asked: Ask) -> None:
    made = white_noise(3, rate_hz=RATE_HZ, rms=1e20)
    made[100:110] = np.nan
    assert asked(COMPONENT, _inputs(made)).arrays


@given(st.lists(st.booleans(), max_size=120))
def test_stretches_last_and_stand_apart(present: list[bool]) -> None:
    given_ = np.array(present, dtype=np.bool_)
    bounds = lasting(given_).astype(int)
    assert (bounds[:, 1] - bounds[:, 0] >= 5).all()
    assert (bounds[1:, 0] - bounds[:-1, 1] >= 5).all()
    for start, stop in bounds:
        assert given_[start]
        assert given_[stop - 1]
