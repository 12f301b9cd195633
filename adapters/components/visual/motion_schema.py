"""What a `motion` artifact holds."""

from adapters.components.listing import column, mask, share, value
from adapters.components.visual.curves import curve, curve_times
from domain.schema import ArtifactSchema, Drawing, DType, Label, Unit

DIRECTIONS = (
    *("right", "down right", "down", "down left"),
    *("left", "up left", "up", "up right"),
)

SCHEMA = ArtifactSchema(
    component="motion",
    version="1",
    label=Label("Motion", "Движение"),
    meaning=Label(
        "How much moves in the picture, and how the camera itself moves",
        "Сколько движения в кадре и как движется сама камера",
    ),
    arrays=(
        curve(
            "magnitude",
            ("Motion", "Движение"),
            (
                (
                    "How far the picture moves on average, in frame heights a second, the camera's "
                    "motion included; across a cut it is drawn on from the frames beside it"
                ),
                (
                    "Насколько в среднем сдвигается картинка, в высотах кадра в секунду, вместе с "
                    "движением камеры; на склейке продолжено по соседним кадрам"
                ),
            ),
            unit=Unit.FRAME_HEIGHTS_PER_SECOND,
        ),
        value(
            "mean_magnitude",
            ("Mean motion", "Среднее движение"),
            ("The mean of the motion curve", "Среднее кривой движения"),
            unit=Unit.FRAME_HEIGHTS_PER_SECOND,
        ),
        share(
            "still_share",
            ("Still picture", "Неподвижная картинка"),
            (
                (
                    "Part of the time in which next to nothing moves (under 0.01 frame heights a "
                    "second)"
                ),
                "Доля времени, когда почти ничего не движется (меньше 0,01 высоты кадра в секунду)",
            ),
        ),
        curve(
            "camera_pan",
            ("Camera pan", "Поворот камеры вбок"),
            (
                (
                    "Positive when the camera turns right, in widths a second; unsure where one "
                    "large thing fills the frame or the background is plain"
                ),
                (
                    "Плюс, когда камера поворачивает вправо, в ширинах в секунду; неточно, если "
                    "кадр занят одним крупным предметом или фон гладкий"
                ),
            ),
            unit=Unit.FRAME_WIDTHS_PER_SECOND,
            low=None,
        ),
        curve(
            "camera_tilt",
            ("Camera tilt", "Наклон камеры"),
            (
                "Positive when the camera turns up, in frame heights a second",
                "Плюс, когда камера поднимается, в высотах кадра в секунду",
            ),
            unit=Unit.FRAME_HEIGHTS_PER_SECOND,
            low=None,
        ),
        curve(
            "camera_zoom",
            ("Camera zoom", "Наезд камеры"),
            (
                (
                    "Positive when the camera goes in: natural logarithm of the scale a second, so "
                    "that 0.69 doubles the picture in a second"
                ),
                (
                    "Плюс при приближении: натуральный логарифм масштаба в секунду, то есть 0,69 "
                    "удваивает картинку за секунду"
                ),
            ),
            unit=Unit.LOG_SCALE_PER_SECOND,
            low=None,
        ),
        curve(
            "camera_roll",
            ("Camera roll", "Завал камеры"),
            (
                "Positive when the camera turns clockwise about its axis",
                "Плюс, когда камера вращается по часовой стрелке вокруг оси съёмки",
            ),
            unit=Unit.DEGREES_PER_SECOND,
            low=None,
        ),
        curve(
            "object_magnitude",
            ("Motion of things", "Движение предметов"),
            (
                "What moves besides the camera, in frame heights a second",
                "Что движется помимо камеры, в высотах кадра в секунду",
            ),
            unit=Unit.FRAME_HEIGHTS_PER_SECOND,
        ),
        value(
            "shake",
            ("Camera shake", "Дрожание камеры"),
            (
                (
                    "Quick changes of pan and tilt about their half-second mean, as a root mean "
                    "square in frame heights a second; above some 0.1 the hand shows"
                ),
                (
                    "Быстрые отклонения поворота и наклона от среднего за полсекунды, в среднем "
                    "в высотах кадра в секунду; выше примерно 0,1 видна дрожь рук"
                ),
            ),
            unit=Unit.FRAME_HEIGHTS_PER_SECOND,
        ),
        column(
            "direction_shares",
            "directions",
            ("Directions", "Направления"),
            (
                "Part of all motion that goes each way on the screen",
                "Какая часть движения идёт в каждую сторону экрана",
            ),
            drawing=Drawing.HISTOGRAM,
            unit=Unit.SHARE,
            high=1.0,
            along="directions",
            may_be_constant=True,
        ),
        column(
            "directions",
            "directions",
            ("Direction", "Направление"),
            ("Names of the eight directions", "Названия восьми направлений"),
            drawing=Drawing.HIDDEN,
            dtype=DType.TEXT,
            choices=DIRECTIONS,
        ),
        share(
            "matched_share",
            ("Followed pictures", "Прослеженные кадры"),
            (
                (
                    "Part of the frames that could be matched to the one before; the rest are cuts "
                    "and pictures without anything to follow"
                ),
                (
                    "Доля кадров, которые удалось сопоставить с предыдущим; остальные - склейки и "
                    "картинки, за которыми нельзя проследить"
                ),
            ),
        ),
        mask(
            "matched",
            ("Followed", "Прослежен"),
            ("Whether the frame was matched", "Удалось ли сопоставить кадр с предыдущим"),
            axis="times",
        ),
        curve_times(),
    ),
)
