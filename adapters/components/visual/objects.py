"""objects: which of COCO's eighty kinds of things are seen, by a CenterNet (Zhou et al. 2019).

The licence of the weights is not confirmed: the model is not built unless it is asked for by name.
"""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.coco import COCO
from adapters.components.visual.fitting import boxed
from adapters.components.visual.objects_schema import SCHEMA
from adapters.components.visual.sampled import sampled
from adapters.components.visual.sampled_time import edges_of, share_of_time
from adapters.components.visual.served_items import Answer, answers
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, FrameBudget, Kind, Modality

MODEL = "centernet"

SPEC = ComponentSpec(
    name="objects",
    modality=Modality.VISUAL,
    kind=Kind.SERVED_MODEL,
    models=(MODEL,),
    producer_version="1",
    schema_version="1",
    frames=FrameBudget(200, 400, 800),
    cost=Cost.FRAMES,
    memory_mib=400,
)

SCORE_MIN = 0.3
PERSON = COCO.index("person")

_SIDE_PX, _CELL_PX = 512, 4
_OVERLAP_MAX = 0.5
_ANSWERS_AT_ONCE = 2
"""An answer takes eleven megabytes."""

Seen = list[tuple[int, float]]
"""The kinds and scores of the things of one frame."""


def measure(inputs: Inputs) -> Measurement:
    """Empty when nothing of the eighty kinds is seen."""
    frames = sampled(inputs)
    shown = (boxed(picture, _SIDE_PX)[0] for picture in frames.rgb())
    told = answers(inputs.served, MODEL, "frame", shown, at_once=_ANSWERS_AT_ONCE)
    found = [things(answer) for answer in told]
    if not any(found):
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, f"{len(found)} frames")
    times_s = frames.indices / 12
    edges_s = edges_of(times_s, inputs.timeline.duration_s)
    return Measurement(_arrays(found, times_s, edges_s), units=float(len(found)))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def things(answer: Answer) -> Seen:
    """What the model's answer says of one square: peaks of its heat, without doubles."""
    heat, sizes = answer["heat"], answer["sizes"]
    down, across, kinds = np.nonzero((heat == answer["peaks"]) & (heat > SCORE_MIN))
    if not kinds.size:
        return []
    scores = np.clip(heat[down, across, kinds].astype(np.float64), 0.0, 1.0)
    middles = np.stack([across, down], axis=1) * float(_CELL_PX)
    reach = sizes[down, across].astype(np.float64)
    start, end = middles - reach[:, :2], middles + reach[:, 2:]
    boxes = np.concatenate([start, end - start], axis=1).tolist()
    kept = cv2.dnn.NMSBoxesBatched(boxes, scores.tolist(), kinds.tolist(), SCORE_MIN, _OVERLAP_MAX)
    return [(int(kinds[at]), float(scores[at])) for at in np.ravel(kept)]


def _arrays(
    found: Sequence[Seen], times_s: NDArray[np.float64], edges_s: NDArray[np.float64]
) -> dict[str, NDArray[Any]]:
    counts = np.zeros((len(found), len(COCO)), dtype=np.int64)
    best = np.zeros(len(COCO))
    for row, seen in enumerate(found):
        for kind, score in seen:
            counts[row, kind] += 1
            best[kind] = max(best[kind], score)
    shares = np.array([share_of_time(counts[:, kind] > 0, edges_s) for kind in range(len(COCO))])
    shown = np.flatnonzero(counts.any(axis=0))
    order = shown[np.argsort(-shares[shown], kind="stable")]
    return {
        "person_share": np.array(shares[PERSON]),
        "labels": np.array(COCO)[order],
        "time_share": np.minimum(shares[order], 1.0),
        "count_max": counts[:, order].max(axis=0),
        "confidence": best[order],
        "times_s": times_s,
        "total": counts.sum(axis=1),
        "counts": counts[:, order],
    }
