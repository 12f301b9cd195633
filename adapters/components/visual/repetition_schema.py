"""What an artifact of `repetition` holds."""

from adapters.components.listing import column, count, line, segments, share, table, times, value
from domain.schema import ArtifactSchema, Drawing, DType, Label, Unit

SIDE = 48

SCHEMA = ArtifactSchema(
    component="repetition",
    version="1",
    label=Label("Repetition", "Повторы"),
    meaning=Label(
        "How alike the video's pictures are to each other, and what comes again, by the vectors of"
        " its frames: slides, screens and drawings look more alike to them than to people, a pan"
        " may begin a scene and a dissolve hide one",
        "Насколько кадры видео похожи друг на друга и что показывают снова - по векторам кадров:"
        " слайды, экраны и рисунки для них похожее, чем для людей, проводка может начать сцену,"
        " а наплыв - её скрыть",
    ),
    arrays=(
        value(
            "diversity",
            ("Diversity", "Разнообразие"),
            (
                "Mean distance of two moments' pictures: 0 always the same, higher more varied",
                "Среднее расстояние между кадрами двух моментов: 0 - всё одно и то же",
            ),
            high=1.0,
        ),
        share(
            "repeated_share",
            ("Shown again", "Показано снова"),
            (
                "Share of the video in scenes that resemble an earlier one",
                "Доля видео в сценах, похожих на одну из прежних",
            ),
        ),
        count(
            "scene_count",
            ("Scenes", "Сцены"),
            ("Stretches whose pictures stay alike", "Отрезки, где картинка остаётся похожей"),
        ),
        segments(
            "scene_bounds_s",
            ("Scenes", "Сцены"),
            ("Stretches whose pictures stay alike", "Отрезки, где картинка остаётся похожей"),
            axis="scenes",
        ),
        column(
            "scene_repeats",
            "scenes",
            ("Repeats scene", "Повторяет сцену"),
            (
                "Number of the earlier scene that it resembles, from nought; -1: none",
                "Номер прежней сцены, на которую похожа, от нуля; -1: ни на какую",
            ),
            dtype=DType.INT64,
            low=-1.0,
        ),
        column(
            "scene_likeness",
            "scenes",
            ("Likeness", "Сходство"),
            (
                "Cosine to the earlier scene most like it; 0 for the first",
                "Косинус с самой похожей прежней сценой; у первой 0",
            ),
            high=1.0,
        ),
        times(
            "times_s",
            ("Time", "Время"),
            ("Moments of the frames looked at", "Моменты просмотренных кадров"),
        ),
        line(
            "familiarity",
            ("Seen before", "Уже видено"),
            (
                "Cosine to the most alike frame of earlier scenes; 0 in the first",
                "Косинус с самым похожим кадром прежних сцен; в первой 0",
            ),
            along="times_s",
            high=1.0,
            may_be_constant=True,
        ),
        table(
            "similarity",
            (str(SIDE), str(SIDE)),
            ("Likeness of moments", "Сходство моментов"),
            (
                "Cosine of the pictures of any two of 48 equal parts of the video",
                "Косинус картинок любых двух из 48 равных частей видео",
            ),
            dtype=DType.FLOAT32,
            drawing=Drawing.HIDDEN,
            unit=Unit.NONE,
            high=1.0,
        ),
    ),
)
