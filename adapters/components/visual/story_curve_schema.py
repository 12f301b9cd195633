"""What an artifact of `story_curve` holds."""

from enum import StrEnum

from adapters.components.listing import flag, line, segments, times, value
from domain.schema import ArtifactSchema, Drawing, DType, Label, Unit


class StoryShape(StrEnum):
    """How energy runs over the thirds of a video."""

    EVEN = "even"
    RISING = "rising"
    FALLING = "falling"
    RISE_FALL = "rise_fall"
    FALL_RISE = "fall_rise"


SCHEMA = ArtifactSchema(
    component="story_curve",
    version="3",
    label=Label("Story curve", "Кривая рассказа"),
    meaning=Label(
        "How the energy of picture and sound rises and falls; it knows no plot",
        "Как растёт и спадает энергия картинки и звука; сюжета мера не знает",
    ),
    arrays=(
        value(
            "climax_s",
            ("Climax", "Кульминация"),
            ("The moment of most energy", "Момент наибольшей энергии"),
            unit=Unit.SECONDS,
        ),
        value(
            "climax_position",
            ("Place of the climax", "Место кульминации"),
            ("0 % is the start of the video, 100 % its end", "0 % — начало видео, 100 % — конец"),
            unit=Unit.SHARE,
            high=1.0,
        ),
        value(
            "climax_strength",
            ("Strength of the climax", "Сила кульминации"),
            (
                "How far it stands above the middle energy; near 0 there is hardly one",
                "Насколько она выше обычной энергии; около 0 её почти нет",
            ),
            unit=Unit.SHARE,
            high=1.0,
        ),
        value(
            "shape",
            ("Shape of the story", "Форма рассказа"),
            (
                "How the first, middle and last third compare",
                "Как соотносятся первая, средняя и последняя трети",
            ),
            dtype=DType.TEXT,
            choices=tuple(StoryShape),
        ),
        value(
            "energy_variation",
            ("Changes of energy", "Перепады энергии"),
            ("Standard deviation of the curve", "Среднеквадратичное отклонение кривой"),
            unit=Unit.SHARE,
            high=1.0,
        ),
        times(
            "times_s",
            ("Time", "Время"),
            ("Middle of each half second", "Середина каждой половины секунды"),
            axis="times",
        ),
        line(
            "energy",
            ("Energy", "Энергия"),
            (
                "Motion, loudness and change together, against the range of this very video",
                "Движение, громкость и смена содержания вместе, относительно размаха этого видео",
            ),
            along="times_s",
            axis="times",
            dtype=DType.FLOAT64,
            unit=Unit.SHARE,
            high=1.0,
        ),
        segments(
            "arc_bounds_s",
            ("Arcs", "Дуги"),
            (
                "Stretches from one calm to the next with a rise between",
                "Отрезки от одного затишья до следующего с подъёмом между ними",
            ),
            axis="arcs",
        ),
        times(
            "arc_peaks_s",
            ("Peaks of the arcs", "Вершины дуг"),
            ("The moment of most energy in each arc", "Момент наибольшей энергии каждой дуги"),
            axis="arcs",
            drawing=Drawing.MARKS,
        ),
        line(
            "face_share",
            ("Faces along the story", "Лица по ходу рассказа"),
            ("Share of each half second with a face", "Доля каждой половины секунды с лицом"),
            along="times_s",
            axis="times",
            dtype=DType.FLOAT64,
            unit=Unit.SHARE,
            high=1.0,
            may_be_constant=True,
        ),
        flag(
            "climax_has_face",
            ("Face at the climax", "Лицо на кульминации"),
            ("A face is seen at the climax", "На кульминации видно лицо"),
        ),
        flag(
            "uses_faces",
            ("Faces were used", "Лица учтены"),
            (
                "Faces of this video were known; else none are shown",
                "Лица этого видео были известны; иначе их здесь нет",
            ),
        ),
        line(
            "voice_share",
            ("Speech along the story", "Речь по ходу рассказа"),
            (
                "Share of each half second in which somebody speaks",
                "Доля каждой половины секунды, где кто-то говорит",
            ),
            along="times_s",
            axis="times",
            dtype=DType.FLOAT64,
            unit=Unit.SHARE,
            high=1.0,
            may_be_constant=True,
        ),
        flag(
            "climax_has_voice",
            ("Speech at the climax", "Речь на кульминации"),
            ("Somebody speaks at the climax", "На кульминации кто-то говорит"),
        ),
        flag(
            "uses_voice",
            ("Speech was used", "Речь учтена"),
            (
                "Where this video speaks was known; else none is shown",
                "Было известно, где в видео говорят; иначе речи здесь нет",
            ),
        ),
        flag(
            "uses_frame_embedding",
            ("Change was used", "Смена содержания учтена"),
            (
                "How what is shown changes was known and is part of the energy",
                "Смена содержания кадра была известна и входит в энергию",
            ),
        ),
        flag(
            "uses_loudness",
            ("Loudness was used", "Громкость учтена"),
            (
                "Without it the curve shows motion alone",
                "Без неё кривая показывает только движение",
            ),
        ),
    ),
)
