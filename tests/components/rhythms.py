"""Made music whose beats are known: click tracks and drum loops."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from tests.components.signals import Samples, silence, tone, white_noise

RATE_HZ = 22_050


def beats(bpm: float, duration_s: float, *, first_s: float = 0.1) -> NDArray[np.float64]:
    """The moments of the beats of an even tempo."""
    return np.arange(first_s, duration_s - 0.05, 60 / bpm)


def click(frequency_hz: float = 1000.0, *, length_s: float = 0.03, peak: float = 0.8) -> Samples:
    """A sine that dies away, as of a metronome."""
    made = tone(frequency_hz, length_s, rate_hz=RATE_HZ, peak=peak)
    return made * np.exp(-np.linspace(0, 5, len(made), dtype=np.float32))


def placed(
    sound: Samples, moments_s: Iterable[float], duration_s: float, *, gain: float = 1.0
) -> Samples:
    """That sound at each of the moments, over silence."""
    made = silence(duration_s, rate_hz=RATE_HZ)
    for moment_s in moments_s:
        at = round(float(moment_s) * RATE_HZ)
        part = sound[: max(0, len(made) - at)]
        made[at : at + len(part)] += gain * part
    return made


def click_track(bpm: float, duration_s: float = 30.0, *, first_s: float = 0.1) -> Samples:
    return placed(click(), beats(bpm, duration_s, first_s=first_s), duration_s)


def accented_click_track(bpm: float, duration_s: float = 30.0) -> Samples:
    """Every fourth click is higher and louder, as a metronome counts bars."""
    at = beats(bpm, duration_s)
    weak = placed(click(), at, duration_s, gain=0.5)
    return weak + placed(click(1500), at[::4], duration_s, gain=0.5)


def kick() -> Samples:
    at_s = np.arange(round(0.2 * RATE_HZ)) / RATE_HZ
    sweep = 2 * np.pi * (50 * at_s + 100 * 0.03 * (1 - np.exp(-at_s / 0.03)))
    return (0.9 * np.sin(sweep) * np.exp(-at_s / 0.06)).astype(np.float32)


def snare() -> Samples:
    noise = white_noise(0.15, rate_hz=RATE_HZ, rms=0.25, seed=5)
    body = tone(190, 0.15, rate_hz=RATE_HZ, peak=0.4)
    return (noise + body) * np.exp(-np.linspace(0, 4, len(noise), dtype=np.float32))


def hat() -> Samples:
    noise = np.diff(white_noise(0.05, rate_hz=RATE_HZ, rms=0.12, seed=6), prepend=0.0)
    return (noise * np.exp(-np.linspace(0, 5, len(noise)))).astype(np.float32)


def drum_loop(bpm: float, duration_s: float = 30.0, *, hats: bool = True) -> Samples:
    """Kick on one and three, snare on two and four, hi-hats on eighths."""
    at = beats(bpm, duration_s)
    made = placed(kick(), at[::2], duration_s) + placed(snare(), at[1::2], duration_s)
    if hats:
        made = made + placed(hat(), beats(2 * bpm, duration_s), duration_s)
    return made


def four_on_the_floor(bpm: float, duration_s: float = 30.0) -> Samples:
    """Kick on every beat, hi-hats between."""
    between = beats(bpm, duration_s) + 30 / bpm
    return placed(kick(), beats(bpm, duration_s), duration_s) + placed(
        hat(), between[between < duration_s - 0.1], duration_s
    )
