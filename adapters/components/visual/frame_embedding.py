"""frame_embedding: a vector for each frame, by which frames can be compared."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.fitting import middle
from adapters.components.visual.frame_embedding_schema import SCHEMA, TOP
from adapters.components.visual.sampled import sampled
from adapters.components.visual.served_items import answers
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, FrameBudget, Kind, Modality

MODEL = "efficientnet_lite0"

SPEC = ComponentSpec(
    name="frame_embedding",
    modality=Modality.VISUAL,
    kind=Kind.SERVED_MODEL,
    models=(MODEL,),
    producer_version="1",
    schema_version="1",
    frames=FrameBudget(200, 400, 800),
    cost=Cost.FRAMES,
    memory_mib=400,
    tier0=True,
)

_SHORT_SIDE_PX, _SIDE_PX = 256, 224


def measure(inputs: Inputs) -> Measurement:
    frames = sampled(inputs)
    shown = (
        middle(picture, short_side_px=_SHORT_SIDE_PX, side_px=_SIDE_PX) for picture in frames.rgb()
    )
    vectors: list[NDArray[np.float32]] = []
    classes: list[NDArray[np.int64]] = []
    likely: list[NDArray[np.float32]] = []
    for answer in answers(inputs.served, MODEL, "frame", shown):
        vectors.append(unit(answer["vector"]))
        probabilities = _softmax(answer["logits"])
        top = np.argsort(-probabilities, kind="stable")[:TOP]
        classes.append(top)
        likely.append(probabilities[top].astype(np.float32))
    change = changes(vectors)
    arrays: dict[str, NDArray[Any]] = {
        "times_s": frames.indices / 12,
        "vectors": np.array(vectors),
        "top_classes": np.array(classes, dtype=np.int64),
        "top_probabilities": np.array(likely),
        "change": change.astype(np.float32),
        "mean_change": np.array(change[1:].mean() if len(change) > 1 else 0.0),
    }
    return Measurement(arrays, units=float(len(vectors)))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector with length one; a vector of zeros points everywhere alike."""
    wide = vector.astype(np.float64)
    length = float(np.linalg.norm(wide))
    if length == 0:
        return np.full(len(wide), len(wide) ** -0.5, dtype=np.float32)
    return np.asarray(wide / length, dtype=np.float32)


def changes(vectors: Sequence[NDArray[np.float32]]) -> NDArray[np.float64]:
    """One minus the cosine of each vector and the one before; 0 for the first."""
    cosines = [float(a.astype(np.float64) @ b) for a, b in pairwise(vectors)]
    return np.asarray(np.clip(1 - np.array([1.0, *cosines]), 0.0, 1.0), dtype=np.float64)


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    raised = np.exp(logits.astype(np.float64) - float(logits.max()))
    return np.asarray(raised / raised.sum(), dtype=np.float64)
