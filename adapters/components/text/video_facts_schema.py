"""What an artifact of `video_facts` holds."""

from adapters.components.listing import count, flag, mask, value
from domain.schema import ArtifactSchema, DType, Label, Unit

SCHEMA = ArtifactSchema(
    component="video_facts",
    version="1",
    label=Label("Facts of the video", "Сведения о видео"),
    meaning=Label(
        "What the file and its platform or its author tell: length, picture, date, category and the"
        " counters as they stood when they were read. What nobody told is absent, never zero",
        "Что говорят файл и площадка или автор: длительность, картинка, дата, категория и счётчики"
        " на момент чтения. Чего никто не сообщил, того нет: это не ноль",
    ),
    arrays=(
        value(
            "duration_s",
            ("Length", "Длительность"),
            (
                "From the first picture to the end of the last",
                "От первой картинки до конца последней",
            ),
            unit=Unit.SECONDS,
        ),
        value(
            "width_px",
            ("Width", "Ширина"),
            ("Of the source, as it is shown", "Исходная, как видео показывают"),
            dtype=DType.INT64,
            unit=Unit.PIXELS,
        ),
        value(
            "height_px",
            ("Height", "Высота"),
            ("Of the source, as it is shown", "Исходная, как видео показывают"),
            dtype=DType.INT64,
            unit=Unit.PIXELS,
        ),
        value(
            "frame_rate_hz",
            ("Frame rate", "Частота кадров"),
            (
                "Pictures of the source a second, on average",
                "Картинок источника в секунду, в среднем",
            ),
            unit=Unit.HERTZ,
        ),
        flag(
            "is_upright",
            ("Upright", "Вертикальное"),
            ("Higher than wide, as on a phone", "Выше, чем шире, как на телефоне"),
        ),
        flag(
            "has_sound",
            ("Has sound", "Есть звук"),
            ("The file has a sound track", "В файле есть звуковая дорожка"),
        ),
        value(
            "views",
            ("Views", "Просмотры"),
            ("At the moment of reading", "На момент чтения"),
            unit=Unit.COUNT,
            presence="views_known",
        ),
        mask(
            "views_known",
            ("Views are known", "Просмотры известны"),
            ("Somebody told them", "Кто-то их сообщил"),
        ),
        value(
            "likes",
            ("Likes", "Отметки «нравится»"),
            ("At the moment of reading", "На момент чтения"),
            unit=Unit.COUNT,
            presence="likes_known",
        ),
        mask(
            "likes_known",
            ("Likes are known", "Отметки известны"),
            ("Somebody told them", "Кто-то их сообщил"),
        ),
        value(
            "subscribers",
            ("Subscribers", "Подписчики"),
            (
                "Of the channel at the moment of reading; YouTube rounds them to three figures",
                "Канала на момент чтения; YouTube округляет их до трёх значащих цифр",
            ),
            unit=Unit.COUNT,
            presence="subscribers_known",
        ),
        mask(
            "subscribers_known",
            ("Subscribers are known", "Подписчики известны"),
            ("Somebody told them", "Кто-то их сообщил"),
        ),
        value(
            "counters_read_at",
            ("Counters read at", "Счётчики прочитаны"),
            (
                "When views, likes and subscribers stood so, UTC",
                "Когда просмотры, отметки и подписчики были такими, UTC",
            ),
            dtype=DType.TEXT,
            presence="counters_read_known",
        ),
        mask(
            "counters_read_known",
            ("The reading time is known", "Время чтения известно"),
            ("There are counters with a time", "Есть счётчики со временем"),
        ),
        value(
            "published_at",
            ("Published", "Опубликовано"),
            ("Moment or day of publication, UTC", "Момент или день публикации, UTC"),
            dtype=DType.TEXT,
            presence="published_known",
        ),
        value(
            "published_weekday",
            ("Day of the week", "День недели"),
            ("Of publication, UTC; Monday is 0", "Публикации, UTC; понедельник — 0"),
            high=6.0,
            presence="published_known",
        ),
        mask(
            "published_known",
            ("The day of publication is known", "День публикации известен"),
            ("Somebody told it", "Кто-то его сообщил"),
        ),
        value(
            "published_hour",
            ("Hour of publication", "Час публикации"),
            (
                "Hours since midnight, UTC; absent where only the day is known",
                "Часов от полуночи, UTC; нет, если известен только день",
            ),
            high=24.0,
            presence="published_hour_known",
        ),
        mask(
            "published_hour_known",
            ("The hour of publication is known", "Час публикации известен"),
            ("More than the day was told", "Сообщён не только день"),
        ),
        value(
            "age_days",
            ("Age", "Возраст"),
            (
                "From publication to the reading of the counters; a bare day begins at midnight",
                "От публикации до чтения счётчиков; день без часа — с полуночи",
            ),
            unit=Unit.DAYS,
            presence="age_known",
        ),
        mask(
            "age_known",
            ("The age is known", "Возраст известен"),
            (
                "Publication and reading are known, in that order",
                "Публикация и чтение известны, и именно в этом порядке",
            ),
        ),
        value(
            "category",
            ("Category", "Категория"),
            ("As the platform or the author names it", "Как её называет площадка или автор"),
            dtype=DType.TEXT,
            presence="category_known",
        ),
        mask(
            "category_known",
            ("The category is known", "Категория известна"),
            ("Somebody told it", "Кто-то её сообщил"),
        ),
        value(
            "category_number",
            ("Category number", "Номер категории"),
            (
                "YouTube's number of the category: a name, not an amount",
                "Номер категории на YouTube: имя, а не количество",
            ),
            presence="category_number_known",
        ),
        mask(
            "category_number_known",
            ("The category is one of YouTube's", "Категория есть на YouTube"),
            ("Its English name is in YouTube's list", "Её английское имя есть в списке YouTube"),
        ),
        count(
            "facts_known",
            ("Facts known", "Известно сведений"),
            (
                "Of views, likes, subscribers, date and category: how many were told",
                "Из просмотров, отметок, подписчиков, даты и категории: сколько сообщено",
            ),
        ),
    ),
)
