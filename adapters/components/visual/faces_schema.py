"""What an artifact of `faces` holds."""

from adapters.components.listing import Both, column, count, line, segments, share, table, times
from domain.schema import ArraySchema, ArtifactSchema, Drawing, DType, Label, Unit

OPENING_S = 3.0


def _face(name: str, label: Both, meaning: Both, *, unit: Unit = Unit.SHARE) -> ArraySchema:
    return column(name, "faces", label, meaning, drawing=Drawing.HIDDEN, unit=unit, high=1.0)


SCHEMA = ArtifactSchema(
    component="faces",
    version="1",
    label=Label("Faces", "Лица"),
    meaning=Label(
        (
            "Where faces are and for how long; nobody is recognised. Faces under a tenth of the "
            "picture's height, turned far away or half hidden are often missed, some of them in "
            "single frames, which a track bridges for up to a second and the count does not. One "
            "track follows a place rather than a person"
        ),
        (
            "Где и как долго видны лица; никто не опознаётся. Лица меньше десятой доли высоты "
            "кадра, отвёрнутые или полускрытые часто пропускаются, бывает, что в отдельных кадрах: "
            "след тянется через них до секунды, а в числе лиц их нет. След ведётся за местом, "
            "не за человеком"
        ),
    ),
    arrays=(
        share(
            "screen_time_share",
            ("Time with a face", "Время с лицом"),
            ("Share of the video with at least one face", "Доля видео, где видно хотя бы одно"),
        ),
        share(
            "first_3s_share",
            ("Face in the first 3 s", "Лицо в первые 3 с"),
            (
                "Share of the first three seconds with at least one face",
                "Доля первых трёх секунд, где видно хотя бы одно лицо",
            ),
        ),
        count(
            "count_max",
            ("Most faces at once", "Больше всего лиц сразу"),
            ("Faces in the fullest picture", "Лиц в самом населённом кадре"),
        ),
        count(
            "track_count",
            ("Appearances", "Появлений"),
            (
                "Faces followed through time; one person can appear several times",
                "Сколько раз лица появлялись; один человек может появиться не раз",
            ),
        ),
        share(
            "mean_area_share",
            ("Size of faces", "Размер лиц"),
            (
                "Part of the picture that faces take while there are any",
                "Какую часть кадра занимают лица, пока они видны",
            ),
        ),
        segments(
            "track_bounds_s",
            ("Appearances of faces", "Появления лиц"),
            ("From when to when each face is seen", "С какого по какой момент видно каждое лицо"),
            axis="tracks",
        ),
        column(
            "track_screen_share",
            "tracks",
            ("Share of the video", "Доля видео"),
            ("How much of the video each appearance takes", "Какую часть видео длится появление"),
            unit=Unit.SHARE,
            high=1.0,
        ),
        column(
            "track_confidence",
            "tracks",
            ("Certainty", "Уверенность"),
            (
                "How surely it is a face, on average",
                "Насколько ясно, что это лицо, в среднем",
            ),
            unit=Unit.SHARE,
            high=1.0,
        ),
        times(
            "times_s",
            ("Time", "Время"),
            ("Moments of the frames looked at", "Моменты просмотренных кадров"),
        ),
        line(
            "counts",
            ("Faces over time", "Лица по времени"),
            ("How many faces each frame shows", "Сколько лиц в каждом кадре"),
            along="times_s",
            dtype=DType.INT64,
            unit=Unit.COUNT,
            may_be_constant=True,
        ),
        line(
            "area_share",
            ("Size of faces over time", "Размер лиц по времени"),
            ("Part of the picture that all faces take", "Часть кадра, занятая всеми лицами"),
            along="times_s",
            dtype=DType.FLOAT64,
            unit=Unit.SHARE,
            high=1.0,
            may_be_constant=True,
        ),
        column(
            "face_frame_indices",
            "faces",
            ("Frame of each face", "Кадр каждого лица"),
            ("On the timeline of 12 frames a second", "На шкале 12 кадров в секунду"),
            drawing=Drawing.HIDDEN,
            dtype=DType.INT64,
            unit=Unit.FRAME_INDEX,
        ),
        column(
            "face_tracks",
            "faces",
            ("Appearance of each face", "Появление каждого лица"),
            ("Its place among the appearances", "Номер появления, от нуля"),
            drawing=Drawing.HIDDEN,
            dtype=DType.INT64,
        ),
        table(
            "face_boxes",
            ("faces", "4"),
            ("Boxes of faces", "Рамки лиц"),
            (
                "Left, top, width, height as shares of the picture's; may reach beyond its edge",
                "Слева, сверху, ширина, высота в долях кадра; могут выходить за край",
            ),
            drawing=Drawing.HIDDEN,
            low=None,
        ),
        table(
            "face_marks",
            ("faces", "6", "2"),
            ("Points of faces", "Точки лиц"),
            (
                (
                    "Eye at the left of the picture, the other, nose, mouth, ear at the left, the "
                    "other: across and down as shares of the picture's width and height"
                ),
                (
                    "Глаз слева в кадре, другой глаз, нос, рот, ухо слева, другое ухо: по ширине и "
                    "высоте в долях кадра"
                ),
            ),
            drawing=Drawing.HIDDEN,
            low=None,
        ),
        _face(
            "face_scores",
            ("Detector's score", "Оценка детектора"),
            ("How sure the detector was", "Насколько уверен детектор"),
        ),
        _face(
            "face_presence",
            ("Face or not", "Лицо или нет"),
            ("Probability that it is a face", "Вероятность, что это лицо"),
        ),
    ),
)
