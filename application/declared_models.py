"""Inference as one component sees it: its own models alone, and what it asked is remembered."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from application.inference_batches import in_batches, item_count
from application.ports.inference import Inference
from domain.component import ComponentSpec
from domain.served_model import ServedModel


@dataclass(slots=True)
class DeclaredModels:
    """Serves the models that a spec declares; KeyError for any other: a bug of the component.

    Where memory is short, what would be one call is asked in parts, halved `halvings` times.
    """

    spec: ComponentSpec
    inference: Inference
    halvings: int = 0
    _asked: dict[str, ServedModel] = field(default_factory=dict)

    @property
    def asked(self) -> tuple[ServedModel, ...]:
        """The models that answered, by name."""
        return tuple(self._asked[name] for name in sorted(self._asked))

    def model(self, name: str) -> ServedModel:
        return self.inference.model(self._declared(name))

    def infer(self, name: str, inputs: Mapping[str, NDArray[Any]]) -> Mapping[str, NDArray[Any]]:
        infer = self._in_parts if self.halvings else self.inference.infer
        answer = infer(self._declared(name), inputs)
        if name not in self._asked:
            self._asked[name] = self.inference.model(name)
        return answer

    def _in_parts(
        self, name: str, inputs: Mapping[str, NDArray[Any]]
    ) -> Mapping[str, NDArray[Any]]:
        whole = min(self.inference.model(name).batch_max, item_count(name, inputs))
        return in_batches(
            name,
            inputs,
            batch_max=math.ceil(whole / 2**self.halvings),
            call=lambda part: self.inference.infer(name, part),
            halvings_max=0,
        )

    def _declared(self, name: str) -> str:
        if name not in self.spec.models:
            raise KeyError(f"{self.spec.name} does not declare the model {name}")
        return name
