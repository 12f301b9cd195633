"""The cards of the made page that tell notes and tones."""

import numpy as np

from application.ports.reports import ReportCard
from domain.component import Modality
from domain.schema import Drawing, Unit
from tests.report.made import a_card, a_value, an_array, times


def harmony(duration_s: float) -> ReportCard:
    at = np.arange(0, duration_s, 0.25)
    noise = np.random.default_rng(3)
    chroma = 0.15 + 0.1 * noise.random((at.size, 12))
    for note, strength in ((0, 0.7), (4, 0.5), (7, 0.6)):
        chroma[:, note] += strength * (0.6 + 0.4 * np.sin(at / (note + 3)))
    names = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
    return a_card(
        "harmony",
        Modality.AUDIO,
        (
            a_value(
                "key",
                "C",
                Unit.NONE,
                "Key",
                "Тональность",
                "The home note.",
                "Основной тон.",
                choices=names,
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
            an_array("note_names", np.array(names), Drawing.HIDDEN, axes=("12",), choices=names),
        ),
        said=(
            "Harmony",
            "Гармония",
            "Which notes and which key the music is in.",
            "Какие ноты звучат и в какой они тональности.",
        ),
    )


def spectrum(duration_s: float) -> ReportCard:
    at = np.arange(0, duration_s, 0.25)
    low = 0.5 + 0.2 * np.sin(at / 5)
    middle = (1 - low) * (0.6 + 0.2 * np.cos(at / 3))
    shares = {"low": low, "middle": middle, "high": 1 - low - middle}
    russian = {"low": "Низкие", "middle": "Средние", "high": "Высокие"}
    bands = tuple(
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
    curves = tuple(
        an_array(
            f"{name}_hz",
            (base * (1 + 0.3 * np.sin(at / pace))).astype(np.float32),
            Drawing.LINE,
            name.capitalize(),
            said,
            "A measure of how bright the sound is.",
            "Мера яркости звука.",
            axes=("times_s",),
            along="times_s",
            unit=Unit.HERTZ,
        )
        for name, said, base, pace in (
            ("centroid", "Центроид", 1_900, 4),
            ("bandwidth", "Ширина", 1_500, 6),
            ("rolloff", "Спад", 4_200, 5),
            ("crossings", "Переходы", 900, 3),
        )
    )
    return a_card(
        "spectrum",
        Modality.AUDIO,
        (times(at), *curves, *bands),
        said=(
            "Spectrum",
            "Спектр",
            "Which tones the sound is made of.",
            "Из каких тонов состоит звук.",
        ),
    )
