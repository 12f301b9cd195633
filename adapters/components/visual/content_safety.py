"""content_safety: how likely each frame is not fit for all, in the opinion of Yahoo's open_nsfw."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.components.listing import line, share, times, value
from adapters.components.visual.fitting import squashed
from adapters.components.visual.sampled import sampled
from adapters.components.visual.sampled_time import edges_of, share_of_time
from adapters.components.visual.served_items import answers
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, FrameBudget, Kind, Modality
from domain.schema import ArtifactSchema, Label, Unit

MODEL = "open_nsfw"

SPEC = ComponentSpec(
    name="content_safety",
    modality=Modality.VISUAL,
    kind=Kind.SERVED_MODEL,
    models=(MODEL,),
    producer_version="1",
    schema_version="1",
    frames=FrameBudget(120, 250, 600),
    cost=Cost.FRAMES,
    memory_mib=400,
)

UNFIT_MIN = 0.8
"""Above this the model's authors take a picture for unfit with high probability."""

_WHOLE_PX, _SIDE_PX = 256, 224

SCHEMA = ArtifactSchema(
    component="content_safety",
    version="1",
    label=Label("Fit for all", "Безопасность кадра"),
    meaning=Label(
        (
            "How likely frames show nudity. An old model of photographs: swimwear, much bare skin "
            "and drawings mislead it - of our trial clips, all fit for all, one with an arm before "
            "the lens passed for unfit - and it knows nothing of violence. We had no unfit "
            "pictures to try it on. A hint for a person to look, not a verdict"
        ),
        (
            "Насколько вероятна нагота в кадре. Старая модель по фотографиям: её сбивают "
            "купальники, много открытой кожи и рисунки - из наших пробных роликов, пригодных для "
            "всех, за непригодный сошёл один, с рукой перед объективом; о насилии она ничего не "
            "знает. Непригодных кадров для проверки у нас не было. Это повод посмотреть самому, а "
            "не приговор"
        ),
    ),
    arrays=(
        value(
            "highest_probability",
            ("Highest probability", "Наибольшая вероятность"),
            ("Of the frame most likely unfit for all", "У самого сомнительного кадра"),
            unit=Unit.SHARE,
            high=1.0,
        ),
        value(
            "highest_at_s",
            ("Where it is", "Где это"),
            ("The moment of that frame", "Момент этого кадра"),
            unit=Unit.SECONDS,
        ),
        share(
            "unfit_share",
            ("Unfit for all", "Не для всех"),
            (
                "Share of the video whose frames are above 80 %",
                "Доля видео, где вероятность выше 80 %",
            ),
        ),
        times(
            "times_s",
            ("Time", "Время"),
            ("Moments of the frames looked at", "Моменты просмотренных кадров"),
        ),
        line(
            "probability",
            ("Probability over time", "Вероятность по времени"),
            ("That the frame is not fit for all", "Что кадр не для всех"),
            along="times_s",
            unit=Unit.SHARE,
            high=1.0,
            may_be_constant=True,
        ),
    ),
)


def measure(inputs: Inputs) -> Measurement:
    frames = sampled(inputs)
    shown = (squashed(one, whole_px=_WHOLE_PX, side_px=_SIDE_PX) for one in frames.rgb())
    told = answers(inputs.served, MODEL, "frame", shown)
    raw = np.array([answer["probabilities"][1] for answer in told], dtype=np.float64)
    probability, times_s = np.clip(raw, 0.0, 1.0), frames.indices / 12
    edges_s = edges_of(times_s, inputs.timeline.duration_s)
    highest = int(probability.argmax())
    arrays: dict[str, NDArray[Any]] = {
        "highest_probability": np.array(probability[highest]),
        "highest_at_s": np.array(times_s[highest]),
        "unfit_share": np.array(share_of_time(probability > UNFIT_MIN, edges_s)),
        "times_s": times_s,
        "probability": probability.astype(np.float32),
    }
    return Measurement(arrays, units=float(len(times_s)))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)
