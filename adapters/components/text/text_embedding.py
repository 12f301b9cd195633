"""text_embedding: a direction for each text of a video, by which texts can be compared.

Google's Universal Sentence Encoder, multilingual (Yang and others 2019): texts of like meaning
point the same way in sixteen languages, Russian and English among them.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.components.text import told_texts
from adapters.components.text.pieces import VOCABULARY, Pieces
from adapters.components.text.sentence_vectors import MODEL, WIDTH, vectors_of
from adapters.components.text.spoken_parts import bounds_s, spoken_parts
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


def measure(inputs: Inputs) -> Measurement:
    """Empty without a text that holds words. Raises what `infer` raises."""
    texts = told_texts.told(inputs)
    if not texts:
        return told_texts.nothing_told(inputs)
    parts = spoken_parts(inputs)
    asked = [*texts.values(), *parts.values()]
    vectors = vectors_of(inputs.served, Pieces.served(inputs.served), asked)
    arrays: dict[str, NDArray[Any]] = {
        "labels": np.array(list(texts)),
        "characters": np.array([len(text) for text in texts.values()], dtype=np.int64),
        "vectors": vectors[: len(texts)],
        "part_bounds_s": bounds_s(parts),
        "part_vectors": vectors[len(texts) :].reshape(-1, WIDTH),
    }
    return Measurement(arrays, units=float(sum(map(len, asked))))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)
