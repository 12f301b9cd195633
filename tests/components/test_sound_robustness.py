"""Every sound component on sound that has little in common with music or speech (R-206)."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from adapters.components.catalogue import ALL
from application.ports.components import Component, Measurement
from domain.component import EmptyReason, Modality, SoundKind
from tests.components.inputs import measured, sound_inputs
from tests.components.signals import Samples, silence, stereo, tone, white_noise

SOUND = [
    c for c in ALL if c.spec.modality is Modality.AUDIO and c.spec.needs_sound and not c.spec.models
]
"""Those that ask models stand in test_served_sound.py."""
RATES_HZ = {SoundKind.ORIGINAL: 48_000, SoundKind.MUSIC: 22_050, SoundKind.SPEECH: 16_000}

Make = Callable[[int], NDArray[np.float32]]
"""A sound at the rate that is asked for."""


def _measured(component: Component, make: Make, *, block_s: float = 30.0) -> Measurement:
    kinds = dict.fromkeys(component.spec.sounds)
    if component.spec.spectra:
        kinds = {SoundKind.MUSIC: None, **kinds}
    sounds = {kind: (make(RATES_HZ[kind]), RATES_HZ[kind]) for kind in kinds}
    columns = max(1, int(block_s * 22_050 / 512))
    return measured(
        component, sound_inputs(component, sounds, block_s=block_s, block_columns=columns)
    )


def _impulse(rate_hz: int, *, at_s: float) -> Samples:
    made = silence(6, rate_hz=rate_hz)
    made[round(at_s * rate_hz)] = 1
    return made


def _square(rate_hz: int) -> Samples:
    return np.sign(tone(100, 6, rate_hz=rate_hz)).astype(np.float32)


def _with_nan(rate_hz: int) -> Samples:
    made = tone(300, 6, rate_hz=rate_hz)
    made[2 * rate_hz] = np.nan
    made[3 * rate_hz] = np.inf
    return made


def _endings(rate_hz: int) -> Samples:
    """Half a minute of silence and one second of tone."""
    return np.concatenate([silence(30, rate_hz=rate_hz), tone(440, 1, rate_hz=rate_hz)])


STRANGE: dict[str, Make] = {
    "a constant": lambda rate_hz: np.full(6 * rate_hz, 0.3, dtype=np.float32),
    "an impulse": lambda rate_hz: _impulse(rate_hz, at_s=3),
    "an impulse at the start": lambda rate_hz: _impulse(rate_hz, at_s=0),
    "an impulse at the end": lambda rate_hz: _impulse(rate_hz, at_s=5.9999),
    "a full-scale square": _square,
    "a faint noise": lambda rate_hz: white_noise(6, rate_hz=rate_hz, rms=1e-5),
    "a faint tone": lambda rate_hz: tone(440, 6, rate_hz=rate_hz, peak=2e-4),
    "a deep tone": lambda rate_hz: tone(30, 6, rate_hz=rate_hz),
    "a high tone": lambda rate_hz: tone(7000, 6, rate_hz=rate_hz),
    "noise far above full scale": lambda rate_hz: white_noise(6, rate_hz=rate_hz, rms=1e20),
    "NaN and infinity": _with_nan,
    "silence and a tone": _endings,
}


def _named(component: Component) -> str:
    return component.spec.name


@pytest.mark.parametrize("component", SOUND, ids=_named)
@pytest.mark.parametrize("strange", STRANGE)
def test_strange_sound_gives_a_valid_result_or_a_reason(component: Component, strange: str) -> None:
    found = _measured(component, STRANGE[strange])
    assert found.arrays or found.empty_reason is EmptyReason.NOTHING_DETECTED


@pytest.mark.parametrize("component", SOUND, ids=_named)
@pytest.mark.parametrize("samples", [0, 1, 100])
def test_next_to_no_sound_is_too_little(component: Component, samples: int) -> None:
    found = _measured(component, lambda _: np.full(samples, 0.1, dtype=np.float32))
    assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@pytest.mark.parametrize("component", SOUND, ids=_named)
def test_digital_silence_is_nothing(component: Component) -> None:
    found = _measured(component, lambda rate_hz: silence(8, rate_hz=rate_hz))
    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


@pytest.mark.parametrize("component", SOUND, ids=_named)
def test_the_same_sound_gives_the_same_bits(component: Component) -> None:
    def noise(rate_hz: int) -> Samples:
        made = white_noise(7, rate_hz=rate_hz, seed=8)
        return stereo(made) if rate_hz == RATES_HZ[SoundKind.ORIGINAL] else made

    first, second = _measured(component, noise).arrays, _measured(component, noise).arrays
    for name, array in first.items():
        assert array.tobytes() == second[name].tobytes(), name


@pytest.mark.parametrize("component", SOUND, ids=_named)
def test_blocks_may_end_anywhere(component: Component) -> None:
    def varied(rate_hz: int) -> Samples:
        parts = [tone(220, 3, rate_hz=rate_hz), white_noise(2, rate_hz=rate_hz)]
        return np.concatenate([*parts, silence(1.5, rate_hz=rate_hz), parts[0]])

    whole = _measured(component, varied).arrays
    pieces = _measured(component, varied, block_s=0.77).arrays
    for name, expected in whole.items():
        if expected.dtype.kind == "U":
            assert np.array_equal(pieces[name], expected)
        else:
            np.testing.assert_allclose(pieces[name], expected, rtol=1e-4, atol=1e-6, err_msg=name)
