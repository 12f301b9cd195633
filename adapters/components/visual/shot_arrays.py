"""What every way of finding shots tells of them, whatever it makes of a transition's certainty."""

from adapters.components.listing import column, count, segments, times
from domain.schema import ArraySchema, Drawing, DType

KINDS = ("cut", "dissolve", "fade")

TRANSITIONS: tuple[ArraySchema, ...] = (
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
)

BOUNDS: tuple[ArraySchema, ...] = (
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
)
