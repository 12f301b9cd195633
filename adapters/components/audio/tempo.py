"""Tempo and beats from the autocorrelation of an onset curve, with an honest confidence.

Own code: librosa reads a click track of 120 BPM as 117 (its lags are whole columns), and 120 where
there is no beat at all.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.components.audio.beat_period import (
    CANDIDATES_BPM,
    FASTEST_BPM,
    SLOWEST_BPM,
    BeatEvidence,
    beat_evidence,
)
from adapters.components.audio.beat_tracking import beat_columns
from adapters.components.audio.onset_strength import AUDIBLE, flux, mel_levels
from adapters.components.listing import CONFIDENT, line, times, value
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, Modality
from domain.schema import ArtifactSchema, Doubt, Drawing, Label, Unit

SPEC = ComponentSpec(
    name="tempo",
    modality=Modality.AUDIO,
    producer_version="1",
    schema_version="1",
    spectra=True,
    cost=Cost.SOUND_SECONDS,
    tier0=True,
)

SCHEMA = ArtifactSchema(
    component="tempo",
    version="1",
    label=Label("Tempo", "Темп"),
    meaning=Label(
        "How fast the music beats, and how sure that there is a beat at all",
        "Как быстро бьётся музыка и насколько уверенно слышен сам ритм",
    ),
    arrays=(
        value(
            "bpm",
            unit=Unit.BPM,
            low=SLOWEST_BPM,
            high=FASTEST_BPM,
            label=("Tempo", "Темп"),
            meaning=(
                "Beats a minute; means nothing when the confidence is below 0.3",
                "Ударов в минуту; при уверенности ниже 0,3 ничего не значит",
            ),
            doubt=Doubt("confidence", CONFIDENT),
        ),
        value(
            "confidence",
            high=1.0,
            label=("Confidence", "Уверенность"),
            meaning=(
                "0 without a steady beat, as in speech; 1 for a machine's",
                "0 без ровного ритма, как в речи; 1 у машинного ритма",
            ),
        ),
        times(
            "beat_times_s",
            label=("Beats", "Удары"),
            meaning=(
                "Where the beats fall; none when the confidence is below 0.3",
                "Моменты ударов; при уверенности ниже 0,3 не указываются",
            ),
            drawing=Drawing.MARKS,
        ),
        times(
            "window_times_s",
            meaning=("Centre of each window", "Середина каждого окна"),
        ),
        line(
            "window_bpm",
            along="window_times_s",
            unit=Unit.BPM,
            low=SLOWEST_BPM,
            high=FASTEST_BPM,
            may_be_constant=True,
            label=("Tempo over time", "Темп по времени"),
            meaning=(
                "Tempo of the 12 seconds around each moment",
                "Темп двенадцати секунд вокруг каждого момента",
            ),
        ),
        line(
            "window_confidence",
            along="window_times_s",
            high=1.0,
            may_be_constant=True,
            label=("Confidence over time", "Уверенность по времени"),
            meaning=(
                "How steady the beat of those 12 seconds is",
                "Насколько ровный ритм в этих двенадцати секундах",
            ),
        ),
    ),
)

_WINDOW_S = 12.0
_STRIDE_S = 4.0
_DURATION_MIN_S = 4.0


def measure(inputs: Inputs) -> Measurement:
    """Empty below 4 s of sound, and when nothing begins above about -80 dB (silence)."""
    spectra = inputs.spectra
    if spectra is None:
        raise ValueError("tempo reads the spectrum")
    column_s = spectra.hop / spectra.rate_hz
    if spectra.column_count * column_s < _DURATION_MIN_S:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "less than 4 s of sound")
    levels = mel_levels(spectra)
    curve = flux(levels)
    if levels.max() < AUDIBLE or not curve.any():
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, "nothing begins")
    return Measurement(_judged(curve, column_s=column_s))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _judged(curve: NDArray[np.float64], *, column_s: float) -> dict[str, NDArray[Any]]:
    """The tempo on the whole and by windows; beats only where the tempo is sure."""
    centres_s, windows = _windows(curve, column_s=column_s)
    overall = BeatEvidence(
        np.mean([window.contrast for window in windows], axis=0),
        np.mean([window.chance for window in windows], axis=0),
    )
    best = overall.best
    confidence = overall.confidence(best)
    chosen = np.array([window.best for window in windows])
    sure = np.array([w.confidence(i) for w, i in zip(windows, chosen, strict=True)])
    beats_s = np.zeros(0)
    if confidence >= CONFIDENT:
        bpm = np.where(sure >= CONFIDENT, CANDIDATES_BPM[chosen], CANDIDATES_BPM[best])
        at_s = np.arange(len(curve)) * column_s
        periods = 60 / np.interp(at_s, centres_s, bpm) / column_s
        beats_s = np.maximum(beat_columns(curve, periods=periods) * column_s, 0)
    return {
        "bpm": np.array(CANDIDATES_BPM[best]),
        "confidence": np.array(confidence),
        "beat_times_s": beats_s,
        "window_times_s": centres_s,
        "window_bpm": CANDIDATES_BPM[chosen].astype(np.float32),
        "window_confidence": sure.astype(np.float32),
    }


def _windows(
    curve: NDArray[np.float64], *, column_s: float
) -> tuple[NDArray[np.float64], list[BeatEvidence]]:
    """Centres and evidence of each window of 12 s; one window when the sound is not longer.

    Windows in which nothing begins are left out.
    """
    size = min(round(_WINDOW_S / column_s), len(curve))
    stride = round(_STRIDE_S / column_s)
    starts = [
        start
        for start in range(0, len(curve) - size + 1, stride)
        if curve[start : start + size].any()
    ]
    if not starts:
        starts = [len(curve) - size]
    centres_s = (np.array(starts, dtype=np.float64) + size / 2) * column_s
    return centres_s, [beat_evidence(curve[s : s + size], column_s=column_s) for s in starts]
