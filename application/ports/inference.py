"""Inference: named arrays in, named arrays out, of a model that somebody serves."""

from collections.abc import Mapping
from typing import Any, Protocol

from numpy.typing import NDArray

from application.errors import AdapterError
from domain.served_model import ServedModel


class ModelNotFound(AdapterError):
    """Nobody serves a model of this name or version; trying again will not help."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="model_not_found")


class ModelInputRefused(AdapterError):
    """The server takes no such arrays: a wrong name, shape or type. A bug of whoever asked."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="model_input_refused")


class InferenceUnavailable(AdapterError):
    """The server is away, starting or too busy (503, 504, connection, time-out): try again."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="inference_unavailable", retryable=True)


class InferenceForbidden(AdapterError):
    """The server does not know us; trying again will not help."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="inference_forbidden")


class Inference(Protocol):
    """Whoever serves models: a runtime in this process, or a server.

    Contract (tests/contracts/inference.py):

    - The first axis of every input and every output counts items; all inputs of a call have the
      same number of them, at least one, and any number is taken: who serves cuts it into calls of
      `batch_max`. An item's answer does not depend on its company beyond rounding.
    - Answers are new arrays, owned by the caller, under the outputs' names.
    - Safe to call from several threads at once.
    - Raises ModelNotFound, ModelInputRefused, InferenceUnavailable, InferenceForbidden, and
      MemoryError where one item alone takes more memory than there is.
    """

    def model(self, name: str) -> ServedModel:
        """Which weights would answer. Raises ModelNotFound, InferenceUnavailable."""
        ...

    def infer(self, name: str, inputs: Mapping[str, NDArray[Any]]) -> Mapping[str, NDArray[Any]]:
        """The model's answer, item by item."""
        ...
