"""What an artifact of `text_alignment` holds."""

from collections.abc import Iterator

from adapters.components.listing import column, line, mask, table, times, value
from adapters.components.text.told_texts import (
    DESCRIPTION,
    LABELS,
    SCREEN,
    TAGS,
    TITLE,
    TRANSCRIPT,
)
from domain.schema import ArraySchema, ArtifactSchema, DType, Label

_NAMES = {
    TITLE: ("title", "заголовок"),
    DESCRIPTION: ("description", "описание"),
    TAGS: ("tags", "теги"),
    TRANSCRIPT: ("speech", "речь"),
    SCREEN: ("screen", "экран"),
}
PAIRS = (
    (TITLE, DESCRIPTION),
    (TITLE, TAGS),
    (TITLE, TRANSCRIPT),
    (DESCRIPTION, TRANSCRIPT),
    (TITLE, SCREEN),
)


def _pairs() -> Iterator[ArraySchema]:
    for one, other in PAIRS:
        english, russian = (f"{_NAMES[one][at]} – {_NAMES[other][at]}" for at in (0, 1))
        name = f"{one}_{other}"
        yield value(
            name,
            (english.capitalize(), russian.capitalize()),
            (
                "Cosine of the two: 0.5 and more is the same subject, under 0.2 another",
                "Косинус двух текстов: от 0,5 об одном и том же, ниже 0,2 о разном",
            ),
            low=-1.0,
            high=1.0,
            presence=f"{name}_known",
        )
        yield mask(
            f"{name}_known",
            (f"Both are there: {english}", f"Есть оба: {russian}"),
            ("Whether both texts hold words", "Есть ли слова в обоих текстах"),
        )


SCHEMA = ArtifactSchema(
    component="text_alignment",
    version="1",
    label=Label("Agreement of texts", "Согласие текстов"),
    meaning=Label(
        "Whether the texts of a video are about the same thing. The encoder sees subjects, not"
        " statements: a text and its denial agree",
        "Об одном ли тексты видео. Модель видит предмет, а не утверждение: текст и его отрицание"
        " для неё согласны",
    ),
    arrays=(
        value(
            "mean_likeness",
            ("Agreement", "Согласие"),
            ("Mean cosine of two texts", "Средний косинус двух текстов"),
            low=-1.0,
            high=1.0,
        ),
        *_pairs(),
        column(
            "labels",
            "texts",
            ("Text", "Текст"),
            ("Which texts are compared", "Какие тексты сравниваются"),
            dtype=DType.TEXT,
            choices=LABELS,
        ),
        table(
            "likeness",
            ("texts", "texts"),
            ("Cosines", "Косинусы"),
            ("Of each text with each", "Каждого текста с каждым"),
            dtype=DType.FLOAT32,
            low=-1.0,
            high=1.0,
        ),
        value(
            "mean_drift",
            ("Drift of what is said", "Уход речи от начала"),
            (
                "Mean distance of later half minutes from the first: 0 stays on the subject",
                "Среднее расстояние следующих полминут от первой: 0 — речь о том же",
            ),
            high=2.0,
            presence="mean_drift_known",
        ),
        mask(
            "mean_drift_known",
            ("Drift is known", "Уход известен"),
            (
                "The words of two half minutes and more are kept",
                "Хранятся слова хотя бы двух полуминут",
            ),
        ),
        times(
            "times_s",
            ("Time", "Время"),
            ("Middles of the half minutes", "Середины полуминут"),
        ),
        line(
            "drift",
            ("Drift over time", "Уход по времени"),
            (
                "One minus the cosine to the first half minute",
                "Единица минус косинус с первой полуминутой",
            ),
            along="times_s",
            high=2.0,
            may_be_constant=True,
        ),
    ),
)
