"""What a `shots_neural` artifact holds: what `shots` tells, in a network's opinion."""

from adapters.components.listing import column
from adapters.components.visual.curves import curve, curve_times
from adapters.components.visual.shot_arrays import BOUNDS, TRANSITIONS
from domain.schema import ArtifactSchema, Label, Unit

SCHEMA = ArtifactSchema(
    component="shots_neural",
    version="1",
    label=Label("Shots, by a network", "Планы, по мнению сети"),
    meaning=Label(
        (
            "Where one shot ends and the next begins, by TransNet V2. It is surer of dissolves "
            "than the ordinary measure, while light that comes for longer than half a second and "
            "pans faster than a picture's width a second can pass for cuts (two in six seconds at "
            "twice that)"
        ),
        (
            "Где кончается один план и начинается другой, по TransNet V2. Наплывы видит увереннее, "
            "чем обычная мера, но свет дольше полусекунды и проводки быстрее ширины кадра в "
            "секунду может принять за склейки (две за шесть секунд при вдвое большей скорости)"
        ),
    ),
    arrays=(
        *TRANSITIONS,
        column(
            "transition_strength",
            "cuts",
            ("Certainty", "Уверенность"),
            ("The network's probability", "Вероятность по мнению сети"),
            unit=Unit.SHARE,
            high=1.0,
        ),
        *BOUNDS,
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
