"""The cards of the made page that tell notes and tones."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from application.ports.reports import ReportCard
from domain.component import Modality
from domain.schema import Drawing, Unit
from tests.report.made import a_card, a_line, a_value, an_array, times

NOTES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")


def harmony(duration_s: float) -> ReportCard:
    at = np.arange(0, duration_s, 0.25)
    noise = np.random.default_rng(3)
    chroma = 0.15 + 0.1 * noise.random((at.size, 12))
    for note, strength in ((0, 0.7), (4, 0.5), (7, 0.6)):
        chroma[:, note] += strength * (0.6 + 0.4 * np.sin(at / (note + 3)))
    return a_card(
        "harmony",
        Modality.AUDIO,
        (
            *_key(),
            times(at),
            an_array(
                "chroma",
                chroma.astype(np.float32),
                Drawing.BANDS,
                "Chroma",
                "Хрома",
                "How strongly each of the twelve notes sounds.",
                "Насколько сильно звучит каждая из двенадцати нот.",
                axes=("times_s", "12"),
                along="times_s",
            ),
            an_array(
                "chroma_mean",
                chroma.mean(axis=0),
                Drawing.HISTOGRAM,
                "Notes on the whole",
                "Ноты в целом",
                "The same over the whole video.",
                "То же за всё видео.",
                axes=("12",),
            ),
            an_array("note_names", np.array(NOTES), Drawing.HIDDEN, axes=("12",), choices=NOTES),
        ),
        said=(
            "Harmony",
            "Гармония",
            "Which notes and which key the music is in.",
            "Какие ноты звучат и в какой они тональности.",
        ),
    )


def _key() -> tuple[Any, ...]:
    return (
        a_value(
            "key",
            "C",
            Unit.NONE,
            "Key",
            "Тональность",
            "The home note.",
            "Основной тон.",
            choices=NOTES,
        ),
        a_value(
            "mode",
            "major",
            Unit.NONE,
            "Mode",
            "Лад",
            "Major or minor.",
            "Мажор или минор.",
            choices=("major", "minor"),
        ),
    )


def spectrum(duration_s: float) -> ReportCard:
    at = np.arange(0, duration_s, 0.25)
    return a_card(
        "spectrum",
        Modality.AUDIO,
        (times(at), *_curves(at), *_shares(at)),
        said=(
            "Spectrum",
            "Спектр",
            "Which tones the sound is made of.",
            "Из каких тонов состоит звук.",
        ),
    )


def _shares(at: NDArray[np.float64]) -> tuple[Any, ...]:
    low = 0.5 + 0.2 * np.sin(at / 5)
    middle = (1 - low) * (0.6 + 0.2 * np.cos(at / 3))
    shares = {"low": low, "middle": middle, "high": 1 - low - middle}
    russian = {"low": "Низкие", "middle": "Средние", "high": "Высокие"}
    return tuple(
        an_array(
            f"{name}_share",
            values,
            Drawing.BANDS,
            name.capitalize(),
            russian[name],
            "How the energy is spread over low, middle and high tones.",
            "Как энергия делится между низкими, средними и высокими тонами.",
            axes=("times_s",),
            along="times_s",
            unit=Unit.SHARE,
        )
        for name, values in shares.items()
    )


def _curves(at: NDArray[np.float64]) -> tuple[Any, ...]:
    return tuple(
        a_line(
            f"{name}_hz",
            (base * (1 + 0.3 * np.sin(at / pace))).astype(np.float32),
            Unit.HERTZ,
            name.capitalize(),
            said,
            "A measure of how bright the sound is.",
            "Мера яркости звука.",
        )
        for name, said, base, pace in (
            ("centroid", "Центроид", 1_900, 4),
            ("bandwidth", "Ширина", 1_500, 6),
            ("rolloff", "Спад", 4_200, 5),
            ("crossings", "Переходы", 900, 3),
        )
    )
