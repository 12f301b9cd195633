"""topics: what a video is about, by how near its texts lie to examples of each subject.

Our own list of subjects, whose examples go through the same encoder as the texts (zero-shot
classification by nearest examples).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.components.text.pieces import VOCABULARY, Pieces
from adapters.components.text.sentence_vectors import MODEL, vectors_of
from adapters.components.text.taxonomy import CODES, EXAMPLES, EXAMPLES_EACH, VERSION
from adapters.components.text.told_texts import DESCRIPTION, SCREEN, TAGS, TITLE, TRANSCRIPT
from adapters.components.text.topics_schema import SCHEMA
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, Kind, Modality

SPEC = ComponentSpec(
    name="topics",
    modality=Modality.TEXT,
    kind=Kind.SERVED_MODEL,
    models=(MODEL, VOCABULARY),
    producer_version="1",
    schema_version="1",
    needs=("text_embedding",),
    cost=Cost.VIDEO_SECONDS,
    memory_mib=500,
)

TEMPERATURE = 0.06
CLEAR_MIN = 0.3
"""Texts on no subject of the list lie nearer than this to none of its examples."""
_NEAREST = 2
_WEIGHTS = {TITLE: 2.0, DESCRIPTION: 1.0, TAGS: 1.0, TRANSCRIPT: 2.0, SCREEN: 0.5}


def measure(inputs: Inputs) -> Measurement:
    """Raises what `infer` raises."""
    embedded = inputs.artifacts["text_embedding"]
    labels = [str(label) for label in embedded["labels"].tolist()]
    examples = vectors_of(inputs.served, Pieces.served(inputs.served), EXAMPLES)
    likeness = likeness_to(embedded["vectors"], examples)
    weights = np.array([_WEIGHTS[label] for label in labels])
    whole = weights @ likeness / weights.sum()
    scores = scored(whole)
    order = np.argsort(-scores, kind="stable")
    entropy = -float(np.sum(scores * np.log(np.maximum(scores, 1e-300)))) / np.log(len(scores))
    arrays: dict[str, NDArray[Any]] = {
        "topic": np.array(CODES[int(order[0])]),
        "score": np.array(scores[order[0]]),
        "is_clear": np.array(bool(whole.max() >= CLEAR_MIN)),
        "entropy": np.array(float(np.clip(entropy, 0.0, 1.0))),
        "topics": np.array([CODES[at] for at in order]),
        "scores": scores[order],
        "likeness": whole[order],
        "labels": np.array(labels),
        "text_topics": np.array([CODES[at] for at in likeness.argmax(axis=1)]),
        "taxonomy_version": np.array(VERSION),
    }
    return Measurement(arrays)


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def likeness_to(vectors: NDArray[np.float32], examples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Mean cosine of each text to the two nearest examples of each subject, (texts, subjects)."""
    cosines = np.clip(vectors.astype(np.float64) @ examples.astype(np.float64).T, -1.0, 1.0)
    grouped = cosines.reshape(len(vectors), -1, EXAMPLES_EACH)
    nearest = np.sort(grouped, axis=2)[:, :, -_NEAREST:]
    return np.asarray(nearest.mean(axis=2), dtype=np.float64)


def scored(likeness: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares of the subjects, one in sum: the nearer, the more."""
    raised = np.exp((likeness - likeness.max()) / TEMPERATURE)
    return np.asarray(raised / raised.sum(), dtype=np.float64)
