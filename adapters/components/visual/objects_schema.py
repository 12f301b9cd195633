"""What an artifact of `objects` holds."""

from adapters.components.listing import column, line, share, table, times
from adapters.components.visual.coco import COCO
from domain.schema import ArtifactSchema, Drawing, DType, Label, Unit

SCHEMA = ArtifactSchema(
    component="objects",
    version="1",
    label=Label("Things", "Предметы"),
    meaning=Label(
        (
            "Which of eighty kinds of things are seen and how many of each. Small and crowded "
            "things are missed. The licence of this model's weights is not confirmed, so it is off "
            "until whoever runs the service switches it on"
        ),
        (
            "Какие из восьмидесяти видов предметов видны и сколько каждого. Мелкое и тесно стоящее "
            "пропускается. Лицензия весов этой модели не подтверждена, поэтому она выключена, пока "
            "её не включит владелец сервиса"
        ),
    ),
    arrays=(
        share(
            "person_share",
            ("Time with a person", "Время с человеком"),
            ("Share of the video in which a person is seen", "Доля видео, где виден человек"),
        ),
        column(
            "labels",
            "labels",
            ("Thing", "Предмет"),
            ("The kinds that are seen, longest first", "Виды, что видны, самые долгие первыми"),
            dtype=DType.TEXT,
            choices=COCO,
        ),
        column(
            "time_share",
            "labels",
            ("Share of the video", "Доля видео"),
            ("For how much of the video each is seen", "Какую часть видео виден каждый"),
            unit=Unit.SHARE,
            high=1.0,
        ),
        column(
            "count_max",
            "labels",
            ("Most at once", "Больше всего сразу"),
            ("In the fullest frame", "В самом населённом кадре"),
            dtype=DType.INT64,
            unit=Unit.COUNT,
        ),
        column(
            "confidence",
            "labels",
            ("Confidence", "Уверенность"),
            ("Highest score of each", "Наибольшая оценка каждого"),
            unit=Unit.SHARE,
            high=1.0,
        ),
        times(
            "times_s",
            ("Time", "Время"),
            ("Moments of the frames looked at", "Моменты просмотренных кадров"),
        ),
        line(
            "total",
            ("Things over time", "Предметы по времени"),
            ("How many things each frame shows", "Сколько предметов в каждом кадре"),
            along="times_s",
            dtype=DType.INT64,
            unit=Unit.COUNT,
            may_be_constant=True,
        ),
        table(
            "counts",
            ("times_s", "labels"),
            ("Things of each kind over time", "Предметы по видам и времени"),
            ("How many of each kind each frame shows", "Сколько каждого вида в каждом кадре"),
            dtype=DType.INT64,
            unit=Unit.COUNT,
            drawing=Drawing.HIDDEN,
        ),
    ),
)
