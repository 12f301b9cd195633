"""Onsets: where sounds begin, how strongly, how densely and how regularly.

Found as peaks of the rise in decibels over mel bands (spectral flux: S. Dixon, Onset detection
revisited, DAFx 2006), then moved to the attack in the samples.
"""

import numpy as np
import scipy
from numpy.typing import NDArray

from adapters.components.audio.onset_refinement import refined_s
from adapters.components.audio.onset_strength import AUDIBLE, mel_levels
from adapters.components.listing import column, line, mask, times, value
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, Modality, SoundKind
from domain.schema import ArtifactSchema, Drawing, DType, Label, Unit

SPEC = ComponentSpec(
    name="onsets",
    modality=Modality.AUDIO,
    producer_version="1",
    schema_version="1",
    sounds=(SoundKind.MUSIC,),
    spectra=True,
    cost=Cost.SOUND_SECONDS,
)

SCHEMA = ArtifactSchema(
    component="onsets",
    version="1",
    label=Label("Onsets", "Атаки звука"),
    meaning=Label(
        "Where sounds begin: notes, strokes, syllables",
        "Где начинаются звуки: ноты, удары, слоги",
    ),
    arrays=(
        value(
            "onsets_per_s",
            unit=Unit.PER_SECOND,
            label=("Density", "Плотность"),
            meaning=(
                "Onsets in a second; speech has about four, calm music one",
                "Атак в секунду; в речи около четырёх, в спокойной музыке одна",
            ),
        ),
        value(
            "regularity",
            high=1.0,
            presence="regularity_known",
            label=("Regularity", "Регулярность"),
            meaning=(
                "1 when all onsets are equally far apart, about 0.3 when they fall by chance",
                "1, когда все атаки на равном расстоянии, около 0,3, когда они случайны",
            ),
        ),
        mask(
            "regularity_known",
            label=("Regularity is known", "Регулярность известна"),
            meaning=("Whether there are at least 4 onsets", "Есть ли хотя бы 4 атаки"),
        ),
        times(
            "onset_times_s",
            label=("Onsets", "Атаки"),
            meaning=("Where sounds begin", "Моменты начала звуков"),
            drawing=Drawing.MARKS,
        ),
        column(
            "strengths_db",
            "onset_times_s",
            dtype=DType.FLOAT32,
            along="onset_times_s",
            unit=Unit.DB,
            label=("Strengths", "Силы"),
            meaning=(
                "How far the bands of hearing rise at each onset on average",
                "Насколько в среднем поднимаются полосы слуха при каждой атаке",
            ),
            drawing=Drawing.HISTOGRAM,
        ),
        times(meaning=("Centre of each second", "Середина каждой секунды")),
        line(
            "density_per_s",
            along="times_s",
            unit=Unit.PER_SECOND,
            may_be_constant=True,
            label=("Density over time", "Плотность по времени"),
            meaning=("Onsets in each second", "Атак в каждой секунде"),
        ),
    ),
)

_DURATION_MIN_S = 1.0
_RANGE_DB = 60.0
_LAG = 2
_RISE_MIN_DB = 2.0
_SURROUNDING_COLUMNS = 43
_APART_COLUMNS = 3
_REGULARITY_ONSETS_MIN = 4


def measure(inputs: Inputs) -> Measurement:
    """Empty when there is less than a second of sound, or none of it above about -80 dB."""
    spectra = inputs.spectra
    if spectra is None:
        raise ValueError("onsets read the spectrum")
    column_s = spectra.hop / spectra.rate_hz
    duration_s = inputs.sounds[SoundKind.MUSIC].sample_count / spectra.rate_hz
    if duration_s < _DURATION_MIN_S:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "less than 1 s of sound")
    levels = mel_levels(spectra)
    if levels.max() < AUDIBLE:
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, "nothing above -80 dB")
    rise = _rises_db(levels)
    columns = _peaks(rise)
    # The lag sees a rise one column late on the average.
    coarse_s = (columns.astype(np.float64) - _LAG / 2) * column_s
    times_s = refined_s(inputs.sounds[SoundKind.MUSIC], coarse_s)
    order = np.argsort(times_s, kind="stable")
    onset_times_s = times_s[order]
    regularity = _regularity(onset_times_s)
    seconds = np.arange(int(duration_s), dtype=np.float64)
    counts, _ = np.histogram(onset_times_s, bins=np.append(seconds, len(seconds)))
    return Measurement(
        {
            "onsets_per_s": np.array(len(onset_times_s) / duration_s),
            "regularity": np.array(regularity),
            "regularity_known": np.array(bool(np.isfinite(regularity))),
            "onset_times_s": onset_times_s,
            "strengths_db": rise[columns][order].astype(np.float32),
            "times_s": seconds + 0.5,
            "density_per_s": counts.astype(np.float32),
        }
    )


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _rises_db(levels: NDArray[np.float32]) -> NDArray[np.float64]:
    """The mean rise over bands against two columns before; what is 60 dB down counts as level.

    What sounds within the first 0.05 s has not begun within the video: the first columns reach into
    the zeros before it, and their rise is that of any sound.
    """
    floor = levels.max() * 10 ** (-_RANGE_DB / 20)
    decibels = 20 * np.log10(np.maximum(levels, floor))
    rises = np.maximum(decibels[_LAG:] - decibels[:-_LAG], 0).mean(axis=1, dtype=np.float64)
    rises[:_LAG] = 0
    return np.concatenate([np.zeros(_LAG), rises])


def _peaks(rise: NDArray[np.float64]) -> NDArray[np.int64]:
    """Columns where the rise is the highest within 0.07 s and stands out from the second around."""
    usual = scipy.ndimage.median_filter(rise, _SURROUNDING_COLUMNS, mode="nearest")
    highest = scipy.ndimage.maximum_filter1d(rise, 2 * _APART_COLUMNS + 1)
    found = np.flatnonzero((rise == highest) & (rise > usual + _RISE_MIN_DB))
    # Equal neighbours are one peak.
    alone = np.diff(found, prepend=-_APART_COLUMNS - 1) > _APART_COLUMNS
    return np.asarray(found[alone], dtype=np.int64)


def _regularity(onset_times_s: NDArray[np.float64]) -> float:
    if len(onset_times_s) < _REGULARITY_ONSETS_MIN:
        return float("nan")
    intervals_s = np.diff(onset_times_s)
    usual_s = np.median(intervals_s)
    spread_s = np.median(np.abs(intervals_s - usual_s))
    return float(1 - min(1.0, float(spread_s / usual_s)))
