"""What an artifact of `on_screen_text` holds."""

from adapters.components.listing import column, count, line, segments, share, table, times, value
from adapters.components.text.sentence_vectors import WIDTH
from domain.schema import ArtifactSchema, Drawing, DType, Label, Unit

SCRIPTS = ("cyrillic", "latin", "other")

SCHEMA = ArtifactSchema(
    component="on_screen_text",
    version="1",
    label=Label("Text on the screen", "Текст на экране"),
    meaning=Label(
        "Which lines of text are seen, where, how long and in what letters; the words are not kept."
        " Latin, Chinese, Japanese and Russian are read, other letters and single signs are left"
        " out. Text lower than a fortieth of the picture, handwriting and ornate letters are often"
        " missed, words of both alphabets in one line are misread, mirrored text passes for other"
        " letters, a pattern like a fence for text, and what is shown between two frames is not"
        " seen",
        "Какие строки видны, где, как долго и какими буквами; сами слова не хранятся. Читаются"
        " латиница, китайский, японский и русский, прочее и одиночные знаки не учитываются. Текст"
        " ниже сороковой части кадра, рукописный и вычурный часто пропускается, строка с двумя"
        " алфавитами читается с ошибками, зеркальный текст сходит за другие буквы, узор вроде"
        " забора за текст, а показанное между просмотренными кадрами не видно",
    ),
    arrays=(
        share(
            "text_time_share",
            ("Time with text", "Время с текстом"),
            ("Share of the video with a line of text", "Доля видео, где видна строка текста"),
        ),
        share(
            "mean_area_share",
            ("Room of text", "Место текста"),
            (
                "Part of the picture that lines take while there are any",
                "Какую часть кадра занимают строки, пока они есть",
            ),
        ),
        value(
            "first_text_s",
            ("First text", "Первый текст"),
            ("When the first line appears", "Когда появляется первая строка"),
            unit=Unit.SECONDS,
        ),
        count(
            "line_count",
            ("Lines", "Строк"),
            ("Lines that say different things", "Сколько строк с разным текстом"),
        ),
        value(
            "language",
            ("Language", "Язык"),
            (
                "By letters and common words; other where these are too few to tell",
                "По буквам и частым словам; other, если их мало",
            ),
            dtype=DType.TEXT,
            choices=("en", "ru", "other"),
        ),
        count(
            "calls_to_action",
            ("Calls to action", "Призывы к действию"),
            (
                "Appearances of lines such as 'subscribe' or 'link below'",
                "Сколько раз появляются строки вроде «подпишись» или «ссылка в описании»",
            ),
        ),
        segments(
            "call_bounds_s",
            ("Calls to action over time", "Призывы по времени"),
            ("From when to when each is seen", "С какого по какой момент виден каждый"),
            axis="calls",
        ),
        column(
            "scripts",
            "scripts",
            ("Letters", "Буквы"),
            ("Alphabets", "Алфавиты"),
            dtype=DType.TEXT,
            choices=SCRIPTS,
        ),
        column(
            "script_shares",
            "scripts",
            ("Share of letters", "Доля букв"),
            ("Of all lines that differ; 0 without letters", "От разных строк; 0, если букв нет"),
            unit=Unit.SHARE,
            high=1.0,
        ),
        segments(
            "line_bounds_s",
            ("Appearances of lines", "Появления строк"),
            ("From when to when each line is seen", "С какого по какой момент видна строка"),
            axis="appearances",
        ),
        column(
            "line_characters",
            "appearances",
            ("Characters", "Знаков"),
            ("How long each line is, without spaces", "Длина строки без пробелов"),
            dtype=DType.INT64,
            unit=Unit.COUNT,
        ),
        column(
            "line_scripts",
            "appearances",
            ("Its letters", "Её буквы"),
            ("The alphabet of most letters", "Алфавит большинства букв"),
            dtype=DType.TEXT,
            choices=SCRIPTS,
        ),
        column(
            "line_height_share",
            "appearances",
            ("Height", "Высота"),
            ("In heights of the picture", "В высотах кадра"),
            unit=Unit.SHARE,
            high=1.0,
        ),
        column(
            "line_confidence",
            "appearances",
            ("Certainty", "Уверенность"),
            ("How surely each is read", "Насколько уверенно прочитана"),
            unit=Unit.SHARE,
            high=1.0,
        ),
        times(
            "times_s",
            ("Time", "Время"),
            ("Moments of the frames looked at", "Моменты просмотренных кадров"),
        ),
        line(
            "area_share",
            ("Room of text over time", "Место текста по времени"),
            ("Part of the picture that lines take", "Какую часть кадра занимают строки"),
            along="times_s",
            dtype=DType.FLOAT64,
            unit=Unit.SHARE,
            high=1.0,
            may_be_constant=True,
        ),
        line(
            "characters",
            ("Characters over time", "Знаки по времени"),
            ("How many are read in each frame", "Сколько прочитано в каждом кадре"),
            along="times_s",
            dtype=DType.INT64,
            unit=Unit.COUNT,
            may_be_constant=True,
        ),
        line(
            "lines",
            ("Lines over time", "Строки по времени"),
            ("How many are read in each frame", "Сколько прочитано в каждом кадре"),
            along="times_s",
            dtype=DType.INT64,
            unit=Unit.COUNT,
            may_be_constant=True,
        ),
        column(
            "box_frame_indices",
            "boxes",
            ("Frame", "Кадр"),
            ("Where on the timeline of 12 frames a second", "Номер на шкале 12 кадров в секунду"),
            dtype=DType.INT64,
            drawing=Drawing.HIDDEN,
        ),
        table(
            "boxes",
            ("boxes", "4"),
            ("Boxes", "Рамки"),
            (
                "Left, top, width, height of each line in shares of the picture",
                "Левый край, верх, ширина и высота строки в долях кадра",
            ),
            unit=Unit.SHARE,
            high=1.0,
            drawing=Drawing.HIDDEN,
        ),
        table(
            "text_vectors",
            ("texts", str(WIDTH)),
            ("Direction of the text", "Направление текста"),
            (
                "Of length one, as text_embedding gives; none where no words are read",
                "Единичной длины, как у text_embedding; нет, если слов не прочитано",
            ),
            dtype=DType.FLOAT32,
            drawing=Drawing.HIDDEN,
            low=-1.0,
            high=1.0,
        ),
        column(
            "words",
            "kept_words",
            ("Words", "Слова"),
            (
                "The words themselves: kept only of verified owners of a channel, else none",
                "Сами слова: хранятся только у подтверждённых владельцев канала, иначе их нет",
            ),
            dtype=DType.TEXT,
            drawing=Drawing.HIDDEN,
        ),
    ),
)
