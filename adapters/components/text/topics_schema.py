"""What an artifact of `topics` holds."""

from adapters.components.listing import column, flag, value
from adapters.components.text.taxonomy import CODES, SUBJECTS
from adapters.components.text.told_texts import LABELS
from domain.schema import ArtifactSchema, Doubt, DType, Label, Unit

_ENGLISH = "Of our list: " + "; ".join(each.english for each in SUBJECTS)
_RUSSIAN = "Из нашего списка: " + "; ".join(each.russian for each in SUBJECTS)

SCHEMA = ArtifactSchema(
    component="topics",
    version="1",
    label=Label("Subjects", "Темы"),
    meaning=Label(
        "What the video is about, of a list of ours, by its texts alone. Near subjects share"
        " scores, and a title that plays with words is taken at its word: believe what is clear",
        "О чём видео, по нашему списку и только по текстам. Близкие темы делят оценки, а заголовок"
        " с игрой слов понимается буквально: верьте тому, что ясно",
    ),
    arrays=(
        value(
            "topic",
            ("Subject", "Тема"),
            (_ENGLISH, _RUSSIAN),
            dtype=DType.TEXT,
            choices=CODES,
            doubt=Doubt("is_clear", 1.0),
        ),
        value(
            "score",
            ("Its score", "Её оценка"),
            ("Share of all scores", "Доля всех оценок"),
            unit=Unit.SHARE,
            high=1.0,
        ),
        flag(
            "is_clear",
            ("Clear", "Ясно"),
            (
                "The texts lie near to examples of the subject; else it may be none of the list",
                "Тексты близки к примерам темы; иначе её может не быть в списке",
            ),
        ),
        value(
            "entropy",
            ("Spread over subjects", "Разброс по темам"),
            ("0 is one subject, 1 all alike", "0 — одна тема, 1 — все поровну"),
            high=1.0,
        ),
        column(
            "topics",
            "subjects",
            ("Subjects", "Темы"),
            ("The likeliest first", "Вероятная первой"),
            dtype=DType.TEXT,
            choices=CODES,
        ),
        column(
            "scores",
            "subjects",
            ("Scores", "Оценки"),
            ("All together 100 %", "Вместе 100 %"),
            unit=Unit.SHARE,
            high=1.0,
        ),
        column(
            "likeness",
            "subjects",
            ("Nearness", "Близость"),
            (
                "Mean cosine to the two nearest examples",
                "Средний косинус с двумя ближайшими примерами",
            ),
            low=-1.0,
            high=1.0,
        ),
        column(
            "labels",
            "texts",
            ("Text", "Текст"),
            ("Which texts were read", "Какие тексты прочитаны"),
            dtype=DType.TEXT,
            choices=LABELS,
        ),
        column(
            "text_topics",
            "texts",
            ("Its subject", "Его тема"),
            ("The likeliest of each text", "Вероятная для каждого текста"),
            dtype=DType.TEXT,
            choices=CODES,
        ),
        value(
            "taxonomy_version",
            ("Version of the list", "Версия списка"),
            ("Scores under two versions differ", "Оценки разных версий не сравнивают"),
            dtype=DType.TEXT,
        ),
    ),
)
