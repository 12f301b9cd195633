"""Served models on a Triton server."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

import numpy as np
from tritonclient.grpc import InferInput
from tritonclient.utils import InferenceServerException, np_to_triton_dtype

from adapters.triton.client import ANSWER_S, TritonClients, meaning
from application.inference_batches import Arrays, in_batches, item_count
from application.ports.inference import ModelInputRefused, ModelNotFound
from application.retrying import Retrying
from domain.served_model import ServedModel

INFER_TIMEOUT_S = 120.0
"""One batch of the slowest model takes seconds on one core; more means that nobody will answer."""
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class _Known:
    """A model as the server describes it; `flat` inputs and outputs are one number an item.

    Triton knows no item without an axis: on the wire they have one of length one.
    """

    served: ServedModel
    flat: frozenset[str]


@dataclass(slots=True)
class TritonInference:
    """Asks a Triton server (port `Inference`) for the versions that this release knows.

    Every call has a time limit; one that failed in passing (503, 504, a connection, a time-out) is
    made twice more, one that cannot work never (R-507).
    """

    clients: TritonClients
    versions: Mapping[str, str]
    retrying: Retrying
    timeout_s: float = INFER_TIMEOUT_S
    answer_s: float = ANSWER_S
    _known: dict[str, _Known] = field(default_factory=dict, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    def model(self, name: str) -> ServedModel:
        return self._model(name).served

    def infer(self, name: str, inputs: Arrays) -> Arrays:
        known = self._model(name)
        item_count(name, inputs)
        return in_batches(
            name,
            inputs,
            batch_max=known.served.batch_max,
            call=lambda part: self.retrying(lambda: _told(name, lambda: self._ask(known, part))),
        )

    def _model(self, name: str) -> _Known:
        with self._lock:
            found = self._known.get(name)
        if found is None:
            found = self.retrying(lambda: _told(name, lambda: self._described(name)))
            with self._lock:
                self._known[name] = found
        return found

    def _described(self, name: str) -> _Known:
        version = self.versions.get(name)
        if version is None:
            raise ModelNotFound(f"no model {name} is known")
        client = self.clients.client()
        server = client.get_server_metadata(client_timeout=self.answer_s)
        # Fails where this very version is not served, though another may be.
        config = client.get_model_config(name, version, client_timeout=self.answer_s).config
        told = {key: value.string_value for key, value in config.parameters.items()}
        backend = config.backend or config.platform
        served = ServedModel(
            name=name,
            version=version,
            weights_sha256=told["weights_sha256"],
            engine=f"{server.name} {server.version} {backend}",
            precision=told.get("precision", "float32"),
            batch_max=max(1, config.max_batch_size),
        )
        values = (*config.input, *config.output)
        flat = (each.name for each in values if each.HasField("reshape"))
        return _Known(served, frozenset(flat))

    def _ask(self, known: _Known, part: Arrays) -> Arrays:
        served = known.served
        answer = self.clients.client().infer(
            served.name,
            [
                _input(served.name, key, value[:, None] if key in known.flat else value)
                for key, value in part.items()
            ],
            model_version=served.version,
            client_timeout=self.timeout_s,
        )
        found: dict[str, Any] = {}
        for output in answer.get_response().outputs:
            # A view of the message's bytes: the caller's own has to be one that can be written.
            array = np.array(answer.as_numpy(output.name))
            found[output.name] = array[:, 0] if output.name in known.flat else array
        return found


def _told(name: str, act: Callable[[], _Result]) -> _Result:
    try:
        return act()
    except InferenceServerException as error:
        raise meaning(error, name) from error


def _input(name: str, key: str, value: Any) -> InferInput:
    kind = np_to_triton_dtype(value.dtype)
    if kind is None:
        raise ModelInputRefused(f"{name}.{key} cannot be {value.dtype}")
    given = InferInput(key, list(value.shape), kind)
    given.set_data_from_numpy(np.ascontiguousarray(value))
    return given
