"""Inference by several who serve: some models by name, all others by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from application.ports.inference import Inference
from domain.served_model import ServedModel


@dataclass(frozen=True, slots=True)
class RoutedInference:
    """Asks `apart` for the models that it names (port `Inference`), `others` for the rest.

    A model that an engine of its own reads is served in this process, wherever the rest is.
    """

    others: Inference
    apart: Inference
    names: tuple[str, ...]

    def model(self, name: str) -> ServedModel:
        return self._server(name).model(name)

    def infer(self, name: str, inputs: Mapping[str, NDArray[Any]]) -> Mapping[str, NDArray[Any]]:
        return self._server(name).infer(name, inputs)

    def _server(self, name: str) -> Inference:
        return self.apart if name in self.names else self.others
