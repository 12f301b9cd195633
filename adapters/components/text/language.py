"""language: which language each text of a video is in, and how sure that is.

fastText's lid.176 (Joulin and others 2017), by words and pieces of words.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.components.text import told_texts
from adapters.components.text.language_codes import CODES
from adapters.components.text.language_schema import SCHEMA
from adapters.components.text.word_keys import language_keys
from application.ports.components import Component, Inputs, Measurement
from application.ports.inference import Inference
from domain.component import ComponentSpec, Cost, Kind, Modality

MODEL = "lid_176"

SPEC = ComponentSpec(
    name="language",
    modality=Modality.TEXT,
    kind=Kind.SERVED_MODEL,
    models=(MODEL,),
    producer_version="1",
    schema_version="1",
    uses=told_texts.USES,
    reads_metadata=told_texts.READS,
    cost=Cost.CHARACTERS,
    memory_mib=150,
)

CHARACTERS_MAX = 2_000
"""More of a text tells nothing more about its language."""
SURE_MIN = 0.5
_NONE = -1


def measure(inputs: Inputs) -> Measurement:
    """Empty without a text that holds words. Raises what `infer` raises."""
    texts = told_texts.told(inputs)
    if not texts:
        return told_texts.nothing_told(inputs)
    probabilities = probabilities_of(inputs.served, list(texts.values()))
    best = probabilities.argmax(axis=1)
    confidence = probabilities.max(axis=1)
    lengths = np.array([min(len(text), CHARACTERS_MAX) for text in texts.values()])
    whole = lengths @ probabilities / lengths.sum()
    sure = best[confidence >= SURE_MIN]
    arrays: dict[str, NDArray[Any]] = {
        "language": np.array(CODES[int(whole.argmax())]),
        "confidence": np.array(whole.max()),
        "is_mixed": np.array(len(set(sure.tolist())) > 1),
        "labels": np.array(list(texts)),
        "languages": np.array([CODES[at] for at in best]),
        "confidences": confidence,
        "is_sure": confidence >= SURE_MIN,
    }
    return Measurement(arrays, units=float(lengths.sum()))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def probabilities_of(inference: Inference, texts: list[str]) -> NDArray[np.float64]:
    """How likely each text is in each language, shape (texts, 176); each row sums to one."""
    keys = [language_keys(_in_small_letters(text[:CHARACTERS_MAX])) for text in texts]
    items = np.full((len(keys), max(map(len, keys))), _NONE, dtype=np.int64)
    for row, found in zip(items, keys, strict=True):
        row[: len(found)] = found
    likely = inference.infer(MODEL, {"keys": items})["probabilities"].astype(np.float64)
    return np.asarray(likely / likely.sum(axis=1, keepdims=True), dtype=np.float64)


def _in_small_letters(text: str) -> str:
    """A text mostly of capitals, as titles often are, in the letters that the model knows."""
    upper, lower = sum(x.isupper() for x in text), sum(x.islower() for x in text)
    return text.lower() if upper > lower else text
