"""What a `speech_transcript` artifact holds."""

from adapters.components.listing import column, count, mask, segments, share, value
from domain.schema import ArtifactSchema, Drawing, DType, Label, Unit, Words

SCHEMA = ArtifactSchema(
    component="speech_transcript",
    version="1",
    label=Label("Spoken words", "Произнесённые слова"),
    meaning=Label(
        "How much is said and when. The small English recogniser leaves out fillers and takes"
        " names and accents for other words: one word in ten may be wrong. Speech in another"
        " language is refused",
        "Сколько и когда сказано. Небольшой английский распознаватель пропускает слова-паразиты и"
        " путает имена и слова с акцентом: ошибочно примерно одно слово из десяти. Речь на другом"
        " языке не разбирается",
    ),
    arrays=(
        count(
            "word_count",
            ("Words", "Слова"),
            ("How many words are said", "Сколько слов сказано"),
        ),
        count(
            "token_count",
            ("Pieces of words", "Части слов"),
            (
                "How many pieces the recogniser writes words with",
                "Из скольких частей распознаватель записал слова",
            ),
        ),
        value(
            "language",
            ("Language", "Язык"),
            ("The language that is recognised", "Язык, который распознаётся"),
            dtype=DType.TEXT,
            words=Words.LANGUAGES,
        ),
        share(
            "understood_share",
            ("Understood", "Разобрано"),
            (
                "How much of the speech the recogniser is sure of; the rest has no words here",
                "В какой части речи распознаватель уверен; у остальной слов здесь нет",
            ),
        ),
        value(
            "confidence",
            ("Confidence", "Уверенность"),
            (
                "How sure the recogniser is of a word on average",
                "Насколько в среднем распознаватель уверен в слове",
            ),
            high=1.0,
        ),
        segments(
            "understood_bounds_s",
            ("Understood stretches", "Разобранные отрезки"),
            (
                "Stretches of speech that have words, cut where it pauses",
                "Отрезки речи, у которых есть слова, разделённые в паузах",
            ),
        ),
        segments(
            "word_bounds_s",
            ("Words", "Слова"),
            ("When each word is said", "Когда сказано каждое слово"),
            axis="said",
        ),
        column(
            "word_probability",
            "said",
            ("Confidence of words", "Уверенность в словах"),
            (
                "How sure the recogniser is of each word",
                "Насколько распознаватель уверен в каждом слове",
            ),
            dtype=DType.FLOAT32,
            drawing=Drawing.HISTOGRAM,
            high=1.0,
        ),
        column(
            "word_syllables",
            "said",
            ("Syllables", "Слоги"),
            ("How many syllables each word has", "Сколько слогов в каждом слове"),
            dtype=DType.INT64,
            drawing=Drawing.HIDDEN,
            unit=Unit.COUNT,
            low=1.0,
        ),
        mask(
            "fillers",
            axis="said",
            label=("Fillers", "Слова-паразиты"),
            meaning=(
                "Words that only fill a pause",
                "Слова, которые лишь заполняют паузу",
            ),
        ),
        mask(
            "question_ends",
            axis="said",
            label=("Questions", "Вопросы"),
            meaning=("Words with which a question ends", "Слова, которыми кончается вопрос"),
        ),
        column(
            "words",
            "kept_words",
            ("Text", "Текст"),
            (
                "The words themselves: kept only of verified owners of a channel, else none",
                "Сами слова: хранятся только у подтверждённых владельцев канала, иначе их нет",
            ),
            dtype=DType.TEXT,
            drawing=Drawing.HIDDEN,
        ),
    ),
)
