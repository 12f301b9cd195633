"""What an artifact of `comments_profile` holds."""

from adapters.components.listing import column, count, mask, share, value
from domain.schema import ArtifactSchema, Drawing, DType, Label, Unit

SCHEMA = ArtifactSchema(
    component="comments_profile",
    version="1",
    label=Label("Comments", "Комментарии"),
    meaning=Label(
        "What the comments are like, at most the hundred that the platform shows first: a share of"
        " all, not a sample of it. No word of them is kept. Feelings are told of English alone, by"
        " a list of words, which irony escapes",
        "Какие комментарии: не больше ста, показанных площадкой первыми; это часть, а не случайная"
        " выборка. Ни одно слово из них не хранится. Настроение измеряется только по-английски,"
        " по списку слов; иронию он не понимает",
    ),
    arrays=(
        count(
            "comments", ("Comments", "Комментарии"), ("How many were read.", "Сколько прочитано")
        ),
        value(
            "median_characters",
            ("Usual length", "Обычная длина"),
            ("Half of the comments are shorter", "Половина комментариев короче"),
            unit=Unit.COUNT,
        ),
        value(
            "median_words",
            ("Usual words", "Обычно слов"),
            ("Half of the comments have fewer", "В половине комментариев меньше"),
            unit=Unit.COUNT,
        ),
        share(
            "question_share",
            ("Ask", "Спрашивают"),
            ("Comments with a question mark", "Комментарии с вопросительным знаком"),
        ),
        share(
            "emoji_share",
            ("Hold emoji", "С эмодзи"),
            ("Comments with an emoji", "Комментарии с эмодзи"),
        ),
        share(
            "link_share",
            ("Hold links", "Со ссылками"),
            ("Comments with a link", "Комментарии со ссылкой"),
        ),
        share(
            "repeated_share",
            ("Repeated", "Повторы"),
            (
                "Comments that say what an earlier one says, letter for letter",
                "Комментарии, слово в слово повторяющие другой",
            ),
        ),
        column(
            "languages",
            "3",
            ("Languages", "Языки"),
            ("English, Russian or another", "Английский, русский или другой"),
            dtype=DType.TEXT,
            choices=("en", "ru", "other"),
        ),
        column(
            "language_shares",
            "3",
            ("Share of comments", "Доля комментариев"),
            (
                "By letters and common words; a word or two of Latin letters count as another",
                "По буквам и частым словам; одно-два слова латиницей считаются другим",
            ),
            unit=Unit.SHARE,
            high=1.0,
        ),
        value(
            "valence",
            ("Feeling", "Настроение"),
            (
                "Mean over English comments, from unkind -1 to kind +1",
                "Среднее по английским комментариям, от злых −1 до добрых +1",
            ),
            low=-1.0,
            high=1.0,
            presence="valence_known",
        ),
        value(
            "kind_share",
            ("Kind", "Добрые"),
            ("Of the English comments", "Из английских комментариев"),
            unit=Unit.SHARE,
            high=1.0,
            presence="valence_known",
        ),
        value(
            "unkind_share",
            ("Unkind", "Злые"),
            ("Of the English comments", "Из английских комментариев"),
            unit=Unit.SHARE,
            high=1.0,
            presence="valence_known",
        ),
        mask(
            "valence_known",
            ("The feeling is known", "Настроение известно"),
            ("There are English comments", "Есть английские комментарии"),
        ),
        column(
            "characters",
            "comments",
            ("Lengths", "Длины"),
            (
                "Characters as a person counts them, shortest first",
                "Символы, как их считает человек, от коротких",
            ),
            drawing=Drawing.HISTOGRAM,
            dtype=DType.INT64,
            unit=Unit.COUNT,
        ),
    ),
)
