"""What a `shots_neural` artifact holds: what `shots` tells, in a network's opinion."""

from adapters.components.listing import column, count, segments, times
from adapters.components.visual.curves import curve, curve_times
from domain.schema import ArtifactSchema, Drawing, DType, Label, Unit

KINDS = ("cut", "dissolve", "fade")

SCHEMA = ArtifactSchema(
    component="shots_neural",
    version="1",
    label=Label("Shots, by a network", "Планы, по мнению сети"),
    meaning=Label(
        (
            "Where one shot ends and the next begins, by TransNet V2. It is surer of dissolves "
            "than `shots`, while flashes and fast pans can pass for cuts"
        ),
        (
            "Где кончается один план и начинается другой, по TransNet V2. Наплывы видит увереннее, "
            "чем обычная мера, но вспышки и быстрые проводки может принять за склейки"
        ),
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
            ("The network's probability", "Вероятность по мнению сети"),
            unit=Unit.SHARE,
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
        curve(
            "cut_probability",
            ("Probability of a shot's end", "Вероятность конца плана"),
            ("At each frame", "На каждом кадре"),
            unit=Unit.SHARE,
            high=1.0,
        ),
        curve_times(),
    ),
)
