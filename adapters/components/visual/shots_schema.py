"""What a `shots` artifact holds."""

from adapters.components.listing import column, count, segments, times, value
from adapters.components.visual.curves import curve, curve_times
from domain.schema import ArtifactSchema, Drawing, DType, Label, Unit

KINDS = ("cut", "dissolve", "fade")

SCHEMA = ArtifactSchema(
    component="shots",
    version="1",
    label=Label("Shots", "Планы"),
    meaning=Label(
        "Where one shot ends and the next begins, and how: cut, dissolve or fade",
        "Где кончается один план и начинается другой, и как: склейка, наплыв или затемнение",
    ),
    arrays=(
        count(
            "shot_count",
            ("Shots", "Планов"),
            ("Shots between the transitions found", "Сколько планов между найденными переходами"),
        ),
        times(
            "cut_times_s",
            ("Transitions", "Переходы"),
            (
                "The moment of each transition; of a dissolve or fade, its middle",
                "Момент каждого перехода; у наплыва и затемнения - его середина",
            ),
            axis="cuts",
            drawing=Drawing.MARKS,
        ),
        column(
            "transition_kinds",
            "cuts",
            ("Kind of transition", "Вид перехода"),
            (
                "Cut, dissolve, or fade through a plain frame",
                "Склейка, наплыв или затемнение через пустой кадр",
            ),
            dtype=DType.TEXT,
            choices=KINDS,
        ),
        column(
            "transition_strength",
            "cuts",
            ("Certainty", "Уверенность"),
            (
                (
                    "How clearly it is a transition, from 0 to 1; quick motion close to the camera "
                    "can pass for a weak cut"
                ),
                (
                    "Насколько ясно, что это переход, от 0 до 1; быстрое движение у камеры может "
                    "сойти за слабую склейку"
                ),
            ),
            high=1.0,
        ),
        segments(
            "transition_bounds_s",
            ("Extent of each transition", "Границы переходов"),
            ("First and last moment of each transition", "Начало и конец каждого перехода"),
            axis="cuts",
            drawing=Drawing.HIDDEN,
        ),
        segments(
            "shot_bounds_s",
            ("Shots", "Планы"),
            ("Start and end of each shot", "Начало и конец каждого плана"),
            axis="shots",
        ),
        value(
            "opening_fade_s",
            ("Opening fade", "Начальное проявление"),
            (
                "How long the video takes to appear out of a plain frame; 0 when at once",
                "За сколько видео проявляется из пустого кадра; 0, если сразу",
            ),
            unit=Unit.SECONDS,
        ),
        value(
            "closing_fade_s",
            ("Closing fade", "Завершающее затемнение"),
            (
                "How long the video takes to vanish into a plain frame; 0 when it ends at once",
                "За сколько видео уходит в пустой кадр; 0, если кончается сразу",
            ),
            unit=Unit.SECONDS,
        ),
        curve(
            "change",
            ("Change of picture", "Смена картинки"),
            (
                (
                    "What of each frame motion from the one before does not explain: 0 nothing, "
                    "around 1 another picture"
                ),
                (
                    "Что в кадре не объясняется движением относительно предыдущего: 0 - ничего, "
                    "около 1 - другая картинка"
                ),
            ),
        ),
        curve_times(),
    ),
)
