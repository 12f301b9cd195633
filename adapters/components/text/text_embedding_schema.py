"""What an artifact of `text_embedding` holds."""

from adapters.components.listing import column, segments, table
from adapters.components.text.sentence_vectors import WIDTH
from adapters.components.text.told_texts import LABELS
from domain.schema import ArtifactSchema, Drawing, DType, Label, Unit

SCHEMA = ArtifactSchema(
    component="text_embedding",
    version="1",
    label=Label("Texts as vectors", "Тексты как векторы"),
    meaning=Label(
        "A direction for what each text says, so that texts can be compared across sixteen"
        " languages. The model sees neither negation nor the order of words beyond a few, and"
        " texts that differ in numbers alone lie far apart",
        "Направление, отвечающее смыслу текста: по ним тексты сравнивают, на шестнадцати языках."
        " Модель не видит отрицаний и порядка слов дальше нескольких, а тексты, которые"
        " отличаются одними числами, кажутся ей далёкими",
    ),
    arrays=(
        column(
            "labels",
            "texts",
            ("Text", "Текст"),
            ("Which text it is", "Какой это текст"),
            dtype=DType.TEXT,
            choices=LABELS,
        ),
        column(
            "characters",
            "texts",
            ("Characters", "Символы"),
            (
                "How long it is without links and time codes",
                "Какой длины без ссылок и тайм-кодов",
            ),
            dtype=DType.INT64,
            unit=Unit.COUNT,
        ),
        table(
            "vectors",
            ("texts", str(WIDTH)),
            ("Vectors", "Векторы"),
            ("One of length one a text", "По одному единичной длины на текст"),
            dtype=DType.FLOAT32,
            drawing=Drawing.HIDDEN,
            low=-1.0,
            high=1.0,
        ),
        segments(
            "part_bounds_s",
            ("Parts of what is said", "Части сказанного"),
            (
                "Half minutes with speech; none where no words are kept",
                "Полминуты с речью; нет, если слова не хранятся",
            ),
            axis="parts",
            drawing=Drawing.HIDDEN,
        ),
        table(
            "part_vectors",
            ("parts", str(WIDTH)),
            ("Vectors of parts", "Векторы частей"),
            ("One of length one a part", "По одному единичной длины на часть"),
            dtype=DType.FLOAT32,
            drawing=Drawing.HIDDEN,
            low=-1.0,
            high=1.0,
        ),
    ),
)
