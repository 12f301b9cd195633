"""What an artifact of `title_style` holds."""

from adapters.components.listing import column, count, flag, share
from adapters.components.text.markers import Marker
from domain.schema import ArtifactSchema, DType, Label

SCHEMA = ArtifactSchema(
    component="title_style",
    version="1",
    label=Label("Title style", "Стиль заголовка"),
    meaning=Label(
        "How the title is built: its length, letters, signs and the words that pull",
        "Как построен заголовок: длина, буквы, знаки и слова, которые цепляют",
    ),
    arrays=(
        count(
            "characters",
            ("Characters", "Символы"),
            (
                "Characters as a person counts them; search results show about the first 60",
                "Символы, как их считает человек; в поиске видны примерно первые 60",
            ),
        ),
        count(
            "words",
            ("Words", "Слова"),
            (
                "Words and numbers; text without spaces between words counts as one",
                "Слова и числа; текст без пробелов между словами считается одним",
            ),
        ),
        share(
            "capital_share",
            ("Capital letters", "Прописные буквы"),
            (
                "Share of capitals among letters that have two cases",
                "Доля прописных среди букв, у которых есть регистр",
            ),
        ),
        count(
            "capital_words",
            ("Words in capitals", "Слова прописными"),
            (
                "Words of two letters or more written wholly in capitals, abbreviations too",
                "Слова от двух букв, целиком набранные прописными, включая сокращения",
            ),
        ),
        share(
            "digit_share",
            ("Digits", "Цифры"),
            ("Share of digits among all characters.", "Доля цифр среди всех символов"),
        ),
        count(
            "numbers",
            ("Numbers", "Числа"),
            ("Numbers written in digits.", "Числа, записанные цифрами"),
        ),
        count(
            "number_words",
            ("Numbers in words", "Числа словами"),
            ("Numbers written as words, by our list.", "Числа, записанные словами, по списку"),
        ),
        count(
            "emoji",
            ("Emoji", "Эмодзи"),
            (
                "Emoji; a family or a flag is one",
                "Эмодзи; семья или флаг считаются за один",
            ),
        ),
        flag(
            "is_question",
            ("Asks", "Спрашивает"),
            ("The title holds a question mark.", "В заголовке есть вопросительный знак"),
        ),
        count(
            "question_words",
            ("Question words", "Вопросительные слова"),
            (
                "Question words that open the title or a part of it",
                "Вопросительные слова в начале заголовка или его части",
            ),
        ),
        count(
            "exclamations",
            ("Exclamation marks", "Восклицательные знаки"),
            ("How many there are.", "Сколько их"),
        ),
        count(
            "superlatives",
            ("Superlatives", "Превосходная степень"),
            (
                "Words such as “best”, “biggest”, “top”, by our list",
                "Слова вроде «лучший», «самый», «топ», по нашему списку",
            ),
        ),
        count(
            "clickbait_markers",
            ("Clickbait markers", "Признаки кликбейта"),
            (
                "Phrases of our list that promise more than they say; a hint, not a verdict",
                "Фразы нашего списка, обещающие больше, чем говорят; подсказка, а не приговор",
            ),
        ),
        count(
            "calls_to_action",
            ("Calls to action", "Призывы к действию"),
            (
                "Phrases that ask for something: subscribe, comment, follow a link",
                "Фразы, которые просят: подписаться, написать комментарий, перейти по ссылке",
            ),
        ),
        count(
            "fillers",
            ("Filler words", "Слова-паразиты"),
            ("Words that add nothing, by our list.", "Слова, которые ничего не добавляют"),
        ),
        count(
            "hashtags",
            ("Hashtags", "Хештеги"),
            ("Hashtags in the title.", "Хештеги в заголовке"),
        ),
        flag(
            "has_brackets",
            ("Brackets", "Скобки"),
            (
                "Part of the title stands in brackets, as in “(live)” or “[4K]”",
                "Часть заголовка стоит в скобках, как «(концерт)» или «[4K]»",
            ),
        ),
        share(
            "cyrillic_share",
            ("Cyrillic letters", "Кириллица"),
            ("Share of Cyrillic among all letters.", "Доля кириллицы среди всех букв"),
        ),
        share(
            "latin_share",
            ("Latin letters", "Латиница"),
            ("Share of Latin among all letters.", "Доля латиницы среди всех букв"),
        ),
        count(
            "mixed_script_words",
            ("Words of mixed alphabets", "Слова из смешанных алфавитов"),
            (
                "Words that mix Cyrillic and Latin letters; search may not find them",
                "Слова, где смешаны кириллица и латиница; поиск может их не найти",
            ),
        ),
        column(
            "marker_kinds",
            "markers",
            ("Kind of marker", "Вид признака"),
            (
                "Which list a word of the title is from",
                "Из какого списка слово заголовка",
            ),
            dtype=DType.TEXT,
            choices=tuple(Marker),
        ),
        column(
            "marker_words",
            "markers",
            ("Found in the title", "Найдено в заголовке"),
            (
                "The words that were counted, in lower case",
                "Слова, которые посчитаны, строчными буквами",
            ),
            dtype=DType.TEXT,
        ),
    ),
)
