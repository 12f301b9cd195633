"""What a `shots` artifact holds."""

from adapters.components.listing import column, value
from adapters.components.visual.curves import curve, curve_times
from adapters.components.visual.shot_arrays import BOUNDS, TRANSITIONS
from domain.schema import ArtifactSchema, Label, Unit

SCHEMA = ArtifactSchema(
    component="shots",
    version="1",
    label=Label("Shots", "Планы"),
    meaning=Label(
        "Where one shot ends and the next begins, and how: cut, dissolve or fade",
        "Где кончается один план и начинается другой, и как: склейка, наплыв или затемнение",
    ),
    arrays=(
        *TRANSITIONS,
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
        *BOUNDS,
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
