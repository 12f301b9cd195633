"""The text cards of the made page."""

import numpy as np

from application.ports.reports import ReportCard
from domain.component import ComponentStatus, EmptyReason, Modality
from domain.schema import Drawing, Unit
from tests.report.made import a_card, a_share, a_value, an_array


def text() -> tuple[ReportCard, ...]:
    return _title_style(), _key_phrases(), _description_style()


def _title_style() -> ReportCard:
    return a_card(
        "title_style",
        Modality.TEXT,
        (
            a_value(
                "characters",
                19,
                Unit.COUNT,
                "Characters",
                "Символы",
                "Characters as a person counts them.",
                "Символы, как их считает человек.",
            ),
            a_value(
                "words", 5, Unit.COUNT, "Words", "Слова", "Words and numbers.", "Слова и числа."
            ),
            a_share(
                "capital_share",
                0.1333333,
                "Capital letters",
                "Прописные буквы",
                "Share of capitals among letters.",
                "Доля прописных среди букв.",
            ),
            a_value(
                "is_question",
                False,
                Unit.NONE,
                "Asks",
                "Спрашивает",
                "The title holds a question mark.",
                "В заголовке есть вопрос.",
            ),
        ),
        said=(
            "Title style",
            "Стиль заголовка",
            "How the title is built.",
            "Как построен заголовок.",
        ),
    )


def _key_phrases() -> ReportCard:
    phrases = np.array(["film at night", "street light", "long exposure", "handheld"])
    return a_card(
        "key_phrases",
        Modality.TEXT,
        (
            an_array(
                "phrases",
                phrases,
                Drawing.TABLE,
                "Phrase",
                "Фраза",
                "What the text is about.",
                "О чём текст.",
                axes=("phrase",),
            ),
            an_array(
                "scores",
                np.array([0.93, 0.71, 0.66, 0.4]),
                Drawing.TABLE,
                "Score",
                "Вес",
                "How telling it is.",
                "Насколько она показательна.",
                axes=("phrase",),
            ),
        ),
        said=(
            "Key phrases",
            "Ключевые фразы",
            "Phrases that carry the text.",
            "Фразы, на которых держится текст.",
        ),
    )


def _description_style() -> ReportCard:
    return a_card(
        "description_style",
        Modality.TEXT,
        said=(
            "Description style",
            "Стиль описания",
            "How the description is built.",
            "Как построено описание.",
        ),
        status=ComponentStatus.EMPTY,
        empty_reason=str(EmptyReason.NO_TEXT),
    )
