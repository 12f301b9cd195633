"""text_alignment: whether title, description, tags, speech and screen are about the same thing.

Cosines between the directions of texts (`text_embedding`), of which `on_screen_text` gives its own
since it keeps no words, and how far what is said moves from where it began.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.components.text.text_alignment_schema import PAIRS, SCHEMA
from adapters.components.text.told_texts import SCREEN
from application.ports.components import Arrays, Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, Kind, Modality

SPEC = ComponentSpec(
    name="text_alignment",
    modality=Modality.TEXT,
    kind=Kind.COMPUTED,
    producer_version="2",
    schema_version="1",
    needs=("text_embedding",),
    uses=("on_screen_text",),
    cost=Cost.VIDEO_SECONDS,
    memory_mib=100,
)

TEXTS_MIN = 2


def measure(inputs: Inputs) -> Measurement:
    """Empty with fewer than two texts."""
    embedded = inputs.artifacts["text_embedding"]
    labels, vectors = _directions(inputs)
    if len(labels) < TEXTS_MIN:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, f"{len(labels)} text")
    cosines = np.clip(vectors @ vectors.T, -1.0, 1.0)
    pairs = ~np.eye(len(labels), dtype=bool)
    arrays: dict[str, NDArray[Any]] = {
        "labels": np.array(labels),
        "mean_likeness": np.array(cosines[pairs].mean()),
        "likeness": cosines.astype(np.float32),
        **_by_name(labels, cosines),
        **_drift(embedded),
    }
    return Measurement(arrays)


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _directions(inputs: Inputs) -> tuple[list[str], NDArray[np.float64]]:
    """The labels of the texts and one unit vector each; what is on the screen comes last."""
    embedded = inputs.artifacts["text_embedding"]
    labels = [str(label) for label in embedded["labels"].tolist()]
    vectors = embedded["vectors"].astype(np.float64)
    screen = inputs.artifacts.get("on_screen_text")
    if screen is None or not len(screen["text_vectors"]):
        return labels, vectors
    return [*labels, SCREEN], np.concatenate([vectors, screen["text_vectors"].astype(np.float64)])


def _by_name(labels: list[str], cosines: NDArray[np.float64]) -> dict[str, NDArray[Any]]:
    found: dict[str, NDArray[Any]] = {}
    for one, other in PAIRS:
        is_known = one in labels and other in labels
        name = f"{one}_{other}"
        value = cosines[labels.index(one), labels.index(other)] if is_known else np.nan
        found[name], found[f"{name}_known"] = np.array(float(value)), np.array(is_known)
    return found


def _drift(embedded: Arrays) -> dict[str, NDArray[Any]]:
    """How far each part of what is said lies from the first, 0 to 2; known from two parts on."""
    parts, bounds_s = embedded["part_vectors"].astype(np.float64), embedded["part_bounds_s"]
    if len(parts) < TEXTS_MIN:
        return {
            "times_s": np.zeros(0),
            "drift": np.zeros(0, dtype=np.float32),
            "mean_drift": np.array(np.nan),
            "mean_drift_known": np.array(False),
        }
    drift = np.clip(1 - parts @ parts[0], 0.0, 2.0)
    return {
        "times_s": bounds_s.mean(axis=1),
        "drift": drift.astype(np.float32),
        "mean_drift": np.array(drift[1:].mean()),
        "mean_drift_known": np.array(True),
    }
