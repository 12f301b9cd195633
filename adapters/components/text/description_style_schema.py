"""What an artifact of `description_style` holds."""

from adapters.components.listing import count, flag, share, times, value
from adapters.components.text.chapters import ChapterProblem
from domain.schema import ArtifactSchema, Drawing, DType, Label

SCHEMA = ArtifactSchema(
    component="description_style",
    version="1",
    label=Label("Description style", "Стиль описания"),
    meaning=Label(
        "How the description is built: length, links, chapters, hashtags, calls to action",
        "Как построено описание: длина, ссылки, главы, хештеги, призывы",
    ),
    arrays=(
        count(
            "characters",
            ("Characters", "Символы"),
            (
                "Characters as a person counts them; about the first 150 show without a click",
                "Символы, как их считает человек; без нажатия видны примерно первые 150",
            ),
        ),
        count("words", ("Words", "Слова"), ("Words and numbers", "Слова и числа")),
        count("lines", ("Lines", "Строки"), ("Lines with something on them", "Непустые строки")),
        count("links", ("Links", "Ссылки"), ("Links, repeated ones too", "Ссылки, с повторами")),
        count(
            "link_sites",
            ("Sites linked", "Разные сайты"),
            ("How many different sites the links lead to", "На сколько разных сайтов ведут ссылки"),
        ),
        count(
            "time_codes",
            ("Time codes", "Тайм-коды"),
            (
                "Moments of this video named in the description",
                "Моменты этого видео, названные в описании",
            ),
        ),
        times(
            "time_codes_s",
            ("Moments named", "Названные моменты"),
            ("Where the time codes point", "Куда указывают тайм-коды"),
            axis="time_codes",
            drawing=Drawing.MARKS,
        ),
        count(
            "chapters",
            ("Chapters", "Главы"),
            (
                "Chapters that YouTube will show: from 0:00, three or more, rising, 10 s or longer",
                "Главы, которые покажет YouTube: с 0:00, от трёх, по порядку, от 10 с каждая",
            ),
        ),
        times(
            "chapter_starts_s",
            ("Chapter starts", "Начала глав"),
            ("Where each chapter begins", "Где начинается каждая глава"),
            axis="chapters",
            drawing=Drawing.MARKS,
        ),
        value(
            "chapter_problem",
            ("What is wrong with the chapters", "Что не так с главами"),
            (
                "The first rule of YouTube that the list of time codes breaks",
                "Первое правило YouTube, которое нарушает список тайм-кодов",
            ),
            dtype=DType.TEXT,
            choices=tuple(ChapterProblem),
        ),
        count(
            "hashtags",
            ("Hashtags", "Хештеги"),
            (
                "YouTube ignores all of them when over 60",
                "Если больше 60, YouTube не учтёт ни один",
            ),
        ),
        count(
            "mentions",
            ("Mentions", "Упоминания"),
            ("Channels named with @", "Каналы, названные через @"),
        ),
        count(
            "calls_to_action",
            ("Calls to action", "Призывы к действию"),
            (
                "Phrases of our list that ask to subscribe, comment, follow a link, buy",
                "Фразы нашего списка: подписаться, написать, перейти по ссылке, купить",
            ),
        ),
        count("emoji", ("Emoji", "Эмодзи"), ("A family or a flag is one", "Семья или флаг — один")),
        share(
            "capital_share",
            ("Capital letters", "Прописные буквы"),
            (
                "Share of capitals among letters that have two cases",
                "Доля прописных среди букв, у которых есть регистр",
            ),
        ),
        count("tags", ("Tags", "Теги"), ("Tags of the video", "Теги видео")),
        count(
            "tag_characters",
            ("Length of all tags", "Длина всех тегов"),
            ("Characters of all tags; YouTube allows 500", "Символов во всех тегах; можно до 500"),
        ),
        share(
            "tags_in_text_share",
            ("Tags told in the text", "Теги, названные в тексте"),
            (
                "Share of the tags that the title or the description also says; 0 without tags",
                "Доля тегов, которые есть и в заголовке или описании; без тегов 0",
            ),
        ),
        flag(
            "has_question",
            ("Asks the viewer", "Спрашивает зрителя"),
            ("The description holds a question mark", "В описании есть вопросительный знак"),
        ),
    ),
)
