"""Text components whose model nobody built end in an error that says so, and never stand in."""

from dataclasses import replace

import numpy as np
import pytest

from adapters.components.catalogue import ShippedComponents
from adapters.memory.inference import MemoryInference
from application.ports.inference import ModelNotFound
from tests.components.texts import texts

TOLD = texts(title="Иван Петров в Москве", description="How to film a video with your phone")
EMBEDDED = {
    "labels": np.array(["title"]),
    "vectors": np.eye(1, 512, dtype=np.float32),
    "part_vectors": np.zeros((0, 512), dtype=np.float32),
    "part_bounds_s": np.zeros((0, 2)),
}


@pytest.mark.parametrize("name", ["text_embedding", "language", "entities", "topics"])
def test_a_model_that_is_not_built_is_not_found(name: str) -> None:
    """R-205: `model_not_found` for that component alone."""
    artifacts = {"text_embedding": EMBEDDED}
    inputs = replace(TOLD, artifacts=artifacts, inference=MemoryInference())
    with pytest.raises(ModelNotFound) as refusal:
        ShippedComponents()[name].measure(inputs)
    assert refusal.value.code == "model_not_found"
