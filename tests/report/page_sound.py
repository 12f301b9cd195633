"""The sound cards of the made page."""

from typing import Any

import numpy as np

from application.ports.reports import ReportCard
from domain.component import ComponentStatus, EmptyReason, Modality
from domain.schema import Drawing, Unit
from tests.report.made import a_card, a_line, a_share, a_value, an_array, times
from tests.report.page_music import harmony, spectrum


def sound(duration_s: float) -> tuple[ReportCard, ...]:
    return (
        _loudness(duration_s),
        _tempo(duration_s),
        harmony(duration_s),
        _pitch(duration_s),
        spectrum(duration_s),
        a_card(
            "audio_quality",
            Modality.AUDIO,
            said=(
                "Sound quality",
                "Качество звука",
                "How clean the sound track is.",
                "Насколько чист звук.",
            ),
            status=ComponentStatus.EMPTY,
            empty_reason=str(EmptyReason.TOO_LITTLE_MATERIAL),
        ),
    )


def _loudness(duration_s: float) -> ReportCard:
    at = np.arange(0, duration_s, 1 / 12)
    noise = np.random.default_rng(1)
    level = -19 + 6 * np.sin(at / 7) + noise.normal(0, 0.8, at.size)
    audible = (at % 21) < 19
    level[~audible] = np.nan
    said = ("Short-term loudness", "Кратковременная громкость")
    meaning = (
        "Loudness of the 3 seconds around each moment; a gap where it is silent.",
        "Громкость трёх секунд вокруг каждого момента; в тишине пропуск.",
    )
    return a_card(
        "loudness",
        Modality.AUDIO,
        (
            *_levels(),
            times(at),
            a_line(
                "short_term_lufs", level, Unit.LUFS, *said, *meaning, presence="short_term_audible"
            ),
            an_array("short_term_audible", audible, Drawing.HIDDEN, axes=("times_s",)),
        ),
        said=(
            "Loudness",
            "Громкость",
            "How loud the sound is to the ear, by the broadcasters' standard EBU R 128.",
            "Насколько звук громкий на слух, по вещательному стандарту EBU R 128.",
        ),
    )


def _levels() -> tuple[Any, ...]:
    return (
        a_value(
            "integrated_lufs",
            -14.23,
            Unit.LUFS,
            "Loudness of the whole video",
            "Громкость всего видео",
            "YouTube turns down what is above about −14 LUFS.",
            "YouTube приглушает всё громче примерно −14 LUFS.",
        ),
        a_value(
            "loudness_range_lu",
            7.4,
            Unit.LU,
            "Loudness range",
            "Диапазон громкости",
            "How far quiet and loud passages lie apart.",
            "Насколько тихие места отличаются от громких.",
        ),
        a_value(
            "true_peak_dbtp",
            -0.84,
            Unit.DBTP,
            "True peak",
            "Истинный пик",
            "The highest level between samples.",
            "Наивысший уровень между отсчётами.",
        ),
    )


def _tempo(duration_s: float) -> ReportCard:
    beats = np.arange(0.4, duration_s, 0.5)
    return a_card(
        "tempo",
        Modality.AUDIO,
        (
            a_value(
                "bpm", 120.03, Unit.BPM, "Tempo", "Темп", "Beats in a minute.", "Ударов в минуту."
            ),
            a_share(
                "confidence",
                0.91,
                "Confidence",
                "Уверенность",
                "How sure the tempo is; low for speech.",
                "Насколько темп надёжен; у речи низкая.",
            ),
            an_array(
                "beat_times_s",
                beats,
                Drawing.MARKS,
                "Beats",
                "Доли",
                "The moments of the beat.",
                "Моменты ударов.",
                unit=Unit.SECONDS,
            ),
            an_array(
                "beat_gaps_s",
                np.diff(beats) + np.random.default_rng(2).normal(0, 0.01, beats.size - 1),
                Drawing.HISTOGRAM,
                "Between beats",
                "Между долями",
                "How far beats lie apart.",
                "Расстояние между ударами.",
                unit=Unit.SECONDS,
            ),
        ),
        said=(
            "Tempo",
            "Темп",
            "How fast the music goes, and where its beats are.",
            "Как быстро идёт музыка и где её удары.",
        ),
    )


def _pitch(duration_s: float) -> ReportCard:
    at = np.arange(0, duration_s, 1 / 12)
    hertz = 180 + 40 * np.sin(at * 1.3) + 25 * np.sin(at * 4.1)
    voiced = np.sin(at * 0.9) > -0.3
    hertz[~voiced] = np.nan
    return a_card(
        "pitch",
        Modality.AUDIO,
        (
            a_share(
                "voiced_share",
                float(voiced.mean()),
                "Voiced",
                "С голосом",
                "How much of the sound has a pitch.",
                "Какая часть звука имеет высоту.",
            ),
            times(at),
            a_line(
                "f0_hz",
                hertz.astype(np.float32),
                Unit.HERTZ,
                "Pitch",
                "Высота",
                "The pitch of the voice; a gap where there is none.",
                "Высота голоса; пропуск там, где её нет.",
            ),
        ),
        said=("Pitch", "Высота тона", "How high the voice is.", "Насколько высок голос."),
    )
