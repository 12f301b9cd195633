"""Inference by the weights that a release knows, and by no others under their names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from application.ports.inference import Inference, ModelNotFound
from domain.served_model import ServedModel


@dataclass(frozen=True, slots=True)
class PromisedModels:
    """Passes on what a model answers that is made from the promised weights (port `Inference`).

    `weights` tells each model as the reuse key does, `sha256:version`. A server may have something
    else under a name and version; its results would be taken over as those of the promised one.
    """

    serving: Inference
    weights: Mapping[str, str]

    def model(self, name: str) -> ServedModel:
        found = self.serving.model(name)
        if self.weights.get(name) != f"{found.weights_sha256}:{found.version}":
            raise ModelNotFound(
                f"{name} is served from other weights than this release knows: "
                "run `trendflow models build`"
            )
        return found

    def infer(self, name: str, inputs: Mapping[str, NDArray[Any]]) -> Mapping[str, NDArray[Any]]:
        self.model(name)
        return self.serving.infer(name, inputs)
