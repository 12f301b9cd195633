"""Inference as one component sees it: its own models alone, and what it asked is remembered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from application.ports.inference import Inference
from domain.component import ComponentSpec
from domain.served_model import ServedModel


@dataclass(slots=True)
class DeclaredModels:
    """Serves the models that a spec declares; KeyError for any other: a bug of the component."""

    spec: ComponentSpec
    inference: Inference
    _asked: dict[str, ServedModel] = field(default_factory=dict)

    @property
    def asked(self) -> tuple[ServedModel, ...]:
        """The models that answered, by name."""
        return tuple(self._asked[name] for name in sorted(self._asked))

    def model(self, name: str) -> ServedModel:
        return self.inference.model(self._declared(name))

    def infer(self, name: str, inputs: Mapping[str, NDArray[Any]]) -> Mapping[str, NDArray[Any]]:
        answer = self.inference.infer(self._declared(name), inputs)
        if name not in self._asked:
            self._asked[name] = self.inference.model(name)
        return answer

    def _declared(self, name: str) -> str:
        if name not in self.spec.models:
            raise KeyError(f"{self.spec.name} does not declare the model {name}")
        return name
