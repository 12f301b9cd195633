"""The models that components ask, as they are built on this machine."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from adapters.ctranslate2.inference import WhisperInference
from adapters.model_repository.manifest import models_of, read_manifest, versions
from adapters.model_repository.placed import FolderPlacedModels
from adapters.model_repository.repository import FolderModelRepository
from adapters.onnx.inference import OnnxInference
from adapters.tesseract.inference import TesseractInference
from application.ports.components import Component, Inputs, Measurement
from application.ports.inference import Inference
from application.ports.model_repository import ModelState
from application.routed_inference import RoutedInference
from tests.components.inputs import measured
from tests.outside import MODELS, lack

Ask = Callable[[Component, Inputs], Measurement]


def needing(*names: str) -> FolderModelRepository:
    """The repository; without these models the test skips, or fails where `CI` is set.

    A model that the manifest leaves out of a build is nobody's to miss.
    """
    repository = FolderModelRepository(MODELS, read_manifest())
    left_out = {entry.name for entry in read_manifest() if not entry.is_enabled}
    for name in names:
        if repository.state(name) is not ModelState.READY:
            line = f"needs the model {name}: trendflow models build {name}"
            if name in left_out:
                pytest.skip(line)
            lack(line)
    return repository


def placed(engine: str) -> FolderPlacedModels:
    """What is built here for another engine than ONNX Runtime."""
    return FolderPlacedModels(MODELS, engine, versions())


@pytest.fixture(scope="session")
def served() -> Inference:
    """The models in this process."""
    recogniser = WhisperInference(placed("ctranslate2"))
    reader = TesseractInference(placed("tesseract"))
    others = RoutedInference(OnnxInference(MODELS, versions()), reader, models_of("tesseract"))
    return RoutedInference(others, recogniser, models_of("ctranslate2"))


@pytest.fixture(scope="session")
def asked(served: Inference) -> Ask:
    """Measures with a component that asks models; without its models the test is skipped."""

    def ask(component: Component, inputs: Inputs) -> Measurement:
        needing(*component.spec.models)
        return measured(component, replace(inputs, inference=served))

    return ask
