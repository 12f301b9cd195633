"""What an artifact of `language` holds."""

from adapters.components.listing import column, flag, value
from adapters.components.text.told_texts import LABELS
from domain.schema import ArtifactSchema, DType, Label, Words

SCHEMA = ArtifactSchema(
    component="language",
    version="1",
    label=Label("Language", "Язык"),
    meaning=Label(
        "Which language each text is in, of 176. The model is unsure of a word or two, of names"
        " and of mixed texts, and takes near languages for each other: believe what is sure",
        "На каком из 176 языков каждый текст. Модель не уверена в одном-двух словах, в именах и"
        " в смешанных текстах, и путает близкие языки: верьте тому, в чём она уверена",
    ),
    arrays=(
        value(
            "language",
            ("Language", "Язык"),
            ("Of all texts together, the longer counting more", "Всех текстов; длинный важнее"),
            dtype=DType.TEXT,
            words=Words.LANGUAGES,
        ),
        value(
            "confidence",
            ("Confidence", "Уверенность"),
            ("How likely it is this language", "Насколько вероятен этот язык"),
            high=1.0 + 1e-9,
        ),
        flag(
            "is_mixed",
            ("Several languages", "Несколько языков"),
            (
                "Two texts are surely in different languages",
                "Два текста точно на разных языках",
            ),
        ),
        column(
            "labels",
            "texts",
            ("Text", "Текст"),
            ("Which text it is", "Какой это текст"),
            dtype=DType.TEXT,
            choices=LABELS,
        ),
        column(
            "languages",
            "texts",
            ("Its language", "Его язык"),
            ("The likeliest; stored as its code", "Самый вероятный; хранится кодом"),
            dtype=DType.TEXT,
            words=Words.LANGUAGES,
        ),
        column(
            "confidences",
            "texts",
            ("Its confidence", "Уверенность в нём"),
            ("How likely it is that language", "Насколько он вероятен"),
            high=1.0 + 1e-9,
        ),
        column(
            "is_sure",
            "texts",
            ("Sure", "Точно"),
            ("The confidence is a half or more", "Уверенность не меньше половины"),
            dtype=DType.BOOL,
        ),
    ),
)
