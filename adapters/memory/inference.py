"""Models made of plain functions, for tests and for installations that serve none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from application.ports.inference import ModelInputRefused, ModelNotFound
from domain.served_model import ServedModel

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeModel:
    """A model that a function computes; `inputs` gives an item's shape (None: any) and type."""

    served: ServedModel
    inputs: Mapping[str, tuple[tuple[int | None, ...], str]]
    compute: Callable[[Arrays], Arrays]


@dataclass(slots=True)
class MemoryInference:
    """Serves made models (port `Inference`), and keeps how many items each call carried."""

    models: Mapping[str, MadeModel] = field(default_factory=dict)
    calls: list[tuple[str, int]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def model(self, name: str) -> ServedModel:
        return self._known(name).served

    def infer(self, name: str, inputs: Arrays) -> Arrays:
        made = self._known(name)
        count = _checked(made, inputs)
        answers: list[Arrays] = []
        for start in range(0, count, made.served.batch_max):
            end = start + made.served.batch_max
            part = {key: value[start:end] for key, value in inputs.items()}
            with self._lock:
                self.calls.append((name, len(next(iter(part.values())))))
            answers.append(made.compute(part))
        return {key: np.concatenate([answer[key] for answer in answers]) for key in answers[0]}

    def _known(self, name: str) -> MadeModel:
        try:
            return self.models[name]
        except KeyError:
            raise ModelNotFound(f"no model {name} is served") from None


def _checked(made: MadeModel, inputs: Arrays) -> int:
    """How many items the inputs carry. Raises ModelInputRefused."""
    name = made.served.name
    if inputs.keys() != made.inputs.keys():
        raise ModelInputRefused(f"{name} takes {sorted(made.inputs)}, not {sorted(inputs)}")
    for key, (shape, dtype) in made.inputs.items():
        given = inputs[key]
        if not _fits(given.shape[1:], shape) or given.dtype != np.dtype(dtype):
            raise ModelInputRefused(f"{name}.{key} takes {dtype}{shape} items")
    counts = {len(value) for value in inputs.values()}
    if len(counts) != 1 or counts == {0}:
        raise ModelInputRefused(f"{name} takes the same number of items of each, at least one")
    return counts.pop()


def _fits(given: tuple[int, ...], asked: tuple[int | None, ...]) -> bool:
    pairs = zip(given, asked, strict=False)
    return len(given) == len(asked) and all(want in (None, have) for have, want in pairs)
