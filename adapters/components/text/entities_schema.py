"""What an artifact of `entities` holds."""

from collections.abc import Iterator

from adapters.components.listing import column, count, table, value
from adapters.components.text.named import NameKind
from adapters.components.text.told_texts import LABELS
from domain.schema import ArraySchema, ArtifactSchema, Drawing, DType, Label, Unit

_KINDS = {
    NameKind.PERSON: ("Persons", "Люди", "persons", "людей"),
    NameKind.PLACE: ("Places", "Места", "places", "мест"),
    NameKind.ORGANISATION: ("Organisations", "Организации", "organisations", "организаций"),
}


def _counts() -> Iterator[ArraySchema]:
    for kind, (english, russian, of_english, of_russian) in _KINDS.items():
        yield count(
            f"{kind}_count",
            (english, russian),
            ("How often they are named", "Сколько раз названы"),
        )
        yield count(
            f"different_{kind}_count",
            (f"Different {of_english}", f"Разных {of_russian}"),
            ("In any grammatical form", "В любой форме"),
        )


SCHEMA = ArtifactSchema(
    component="entities",
    version="1",
    label=Label("Names", "Имена и названия"),
    meaning=Label(
        "How often the Russian texts name persons, places and organisations. The names are not"
        " kept. The model learnt from news: it misses names in capitals or in Latin letters, and"
        " is unsure of brands and of nicknames",
        "Сколько раз русские тексты называют людей, места и организации. Сами имена не хранятся."
        " Модель училась на новостях: она пропускает имена, набранные прописными или латиницей,"
        " и не уверена в марках и прозвищах",
    ),
    arrays=(
        *_counts(),
        value(
            "per_100_words",
            ("Names in 100 words", "Имён на 100 слов"),
            ("Of the texts that were read", "В прочитанных текстах"),
            unit=Unit.COUNT,
        ),
        column(
            "read_labels",
            "read_texts",
            ("Texts read", "Прочитанные тексты"),
            ("Those in Russian", "Те, что на русском"),
            dtype=DType.TEXT,
            choices=LABELS,
        ),
        column(
            "mention_kinds",
            "mentions",
            ("What is named", "Кто или что"),
            ("A person, a place or an organisation", "Человек, место или организация"),
            dtype=DType.TEXT,
            choices=tuple(NameKind),
        ),
        column(
            "mention_texts",
            "mentions",
            ("Where", "Где"),
            ("In which text", "В каком тексте"),
            dtype=DType.TEXT,
            choices=LABELS,
        ),
        table(
            "mention_spans",
            ("mentions", "2"),
            ("Place in the text", "Место в тексте"),
            (
                "First character and the one after the last, links and time codes left out",
                "Первый символ и следующий за последним, без ссылок и тайм-кодов",
            ),
            dtype=DType.INT64,
            drawing=Drawing.HIDDEN,
        ),
    ),
)
