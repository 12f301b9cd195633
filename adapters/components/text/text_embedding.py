"""text_embedding: a direction for each text of a video, by which texts can be compared.

Google's Universal Sentence Encoder, multilingual (Yang and others 2019): texts of like meaning
point the same way in sixteen languages, Russian and English among them.
"""

from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.components.text import told_texts
from adapters.components.text.pieces import VOCABULARY, Pieces
from adapters.components.text.sentence_vectors import MODEL, WIDTH, vectors_of
from adapters.components.text.text_embedding_schema import SCHEMA
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, Kind, Modality

SPEC = ComponentSpec(
    name="text_embedding",
    modality=Modality.TEXT,
    kind=Kind.SERVED_MODEL,
    models=(MODEL, VOCABULARY),
    producer_version="1",
    schema_version="1",
    uses=told_texts.USES,
    reads_metadata=told_texts.READS,
    cost=Cost.CHARACTERS,
    memory_mib=500,
    tier0=True,
)

PART_S = 30.0


def measure(inputs: Inputs) -> Measurement:
    """Empty without a text that holds words. Raises what `infer` raises."""
    texts = told_texts.told(inputs)
    if not texts:
        return told_texts.nothing_told(inputs)
    parts = _parts(inputs) if told_texts.TRANSCRIPT in texts else {}
    asked = [*texts.values(), *parts.values()]
    vectors = vectors_of(inputs.served, Pieces.served(inputs.served), asked)
    starts_s = np.array(list(parts), dtype=np.float64) * PART_S
    arrays: dict[str, NDArray[Any]] = {
        "labels": np.array(list(texts)),
        "characters": np.array([len(text) for text in texts.values()], dtype=np.int64),
        "vectors": vectors[: len(texts)],
        "part_bounds_s": np.stack([starts_s, starts_s + PART_S], axis=1),
        "part_vectors": vectors[len(texts) :].reshape(-1, WIDTH),
    }
    return Measurement(arrays, units=float(sum(map(len, asked))))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _parts(inputs: Inputs) -> dict[int, str]:
    """What is said in each half minute in which somebody speaks, by its number."""
    starts_s = inputs.artifacts["speech_transcript"]["word_bounds_s"][:, 0].tolist()
    placed = zip(starts_s, told_texts.said(inputs), strict=True)
    parts = groupby(placed, key=lambda word: int(word[0] // PART_S))
    spoken = {part: " ".join(word for _, word in found) for part, found in parts}
    return {part: text for part, text in spoken.items() if text.strip()}
