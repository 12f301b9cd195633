"""What an artifact of `readability` holds."""

from adapters.components.listing import count, flag, share, value
from adapters.components.text.text_language import TextLanguage
from domain.schema import ArtifactSchema, DType, Label, Unit

SCHEMA = ArtifactSchema(
    component="readability",
    version="1",
    label=Label("Readability", "Удобочитаемость"),
    meaning=Label(
        "How easily the title and the description read",
        "Насколько легко читаются заголовок и описание",
    ),
    arrays=(
        value(
            "language",
            ("Language", "Язык"),
            (
                "By letters and frequent words; other languages get no reading ease",
                "По буквам и частым словам; для других языков лёгкость чтения не считается",
            ),
            dtype=DType.TEXT,
            choices=tuple(TextLanguage),
        ),
        value(
            "reading_ease",
            ("Reading ease", "Лёгкость чтения"),
            (
                "Flesch score: 90 is very easy, 60 plain, under 30 hard; rough on short texts",
                "Оценка Флеша: 90 очень легко, 60 обычно, ниже 30 трудно; на коротких грубо",
            ),
            low=None,
            presence="reading_ease_known",
        ),
        flag(
            "reading_ease_known",
            ("Reading ease is known", "Лёгкость чтения известна"),
            ("The text is English or Russian", "Текст русский или английский"),
        ),
        count("sentences", ("Sentences", "Предложения"), ("Lines end one too", "И конец строки")),
        count(
            "words", ("Words", "Слова"), ("Without links and time codes", "Без ссылок и времени")
        ),
        value(
            "mean_sentence_words",
            ("Words in a sentence", "Слов в предложении"),
            ("On average", "В среднем"),
        ),
        count(
            "longest_sentence_words",
            ("Longest sentence", "Самое длинное предложение"),
            ("In words", "В словах"),
        ),
        value(
            "mean_word_letters",
            ("Letters in a word", "Букв в слове"),
            ("On average", "В среднем"),
        ),
        value(
            "mean_word_syllables",
            ("Syllables in a word", "Слогов в слове"),
            (
                "On average; by spelling in English, hence a little rough",
                "В среднем; в английском по написанию, поэтому немного грубо",
            ),
            presence="reading_ease_known",
        ),
        share(
            "long_word_share",
            ("Long words", "Длинные слова"),
            ("Share of words over six letters", "Доля слов длиннее шести букв"),
        ),
        value(
            "lix",
            ("LIX", "LIX"),
            (
                "Words in a sentence plus per cent of long words (Björnsson): 30 easy, 50 hard",
                "Слов в предложении плюс процент длинных (Бьёрнссон): 30 легко, 50 трудно",
            ),
        ),
        value(
            "root_ttr",
            ("Variety of words", "Разнообразие слов"),
            (
                "Different words over the root of all words; higher is more varied",
                "Разных слов на корень из всех слов; больше — разнообразнее",
            ),
        ),
        value(
            "mtld",
            ("Variety of words, MTLD", "Разнообразие слов, MTLD"),
            (
                "Words in a stretch that stays varied; from 50 words on",
                "Длина отрезка, где слова не повторяются часто; от 50 слов",
            ),
            unit=Unit.COUNT,
            presence="mtld_known",
        ),
        flag(
            "mtld_known",
            ("MTLD is known", "MTLD известен"),
            (
                "50 words or more, some of them repeated",
                "Слов не меньше 50, и часть из них повторяется",
            ),
        ),
    ),
)
