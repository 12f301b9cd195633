"""Served models in this process, by ONNX Runtime on the processor."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as failures

from adapters.onnx.arena import giving_back
from adapters.onnx.session import WEIGHTS, LoadedModel, options
from application.errors import AdapterError
from application.inference_batches import Arrays, in_batches, item_count
from application.ports.inference import ModelInputRefused, ModelNotFound
from domain.served_model import ServedModel

WEIGHTS_BYTES_MAX = 512 << 20
"""What loaded models may weigh together; the one asked longest ago makes room."""

_NO_MEMORY = ("bad_alloc", "bad allocation", "allocate memory", "out of memory")


@dataclass(slots=True)
class OnnxInference:
    """Serves `<folder>/<name>/<version>/model.onnx` (port `Inference`).

    A session is loaded when it is first asked for, shared by all threads and kept warm. One thread
    computes a call, always: equal input gives equal output, and cores are shared out among
    components. All compute in one arena, of which a call gives back what goes beyond 64 MiB.
    """

    folder: Path
    versions: Mapping[str, str]
    weights_bytes_max: int = WEIGHTS_BYTES_MAX
    _loaded: OrderedDict[str, LoadedModel] = field(default_factory=OrderedDict, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    def model(self, name: str) -> ServedModel:
        return self._model(name).served

    def infer(self, name: str, inputs: Arrays) -> Arrays:
        loaded = self._model(name)
        item_count(name, inputs)
        loaded.check(inputs)
        return in_batches(
            name, inputs, batch_max=loaded.served.batch_max, call=lambda part: _run(loaded, part)
        )

    @property
    def loaded(self) -> tuple[str, ...]:
        """The models in memory, the one asked longest ago first."""
        with self._lock:
            return tuple(self._loaded)

    def _model(self, name: str) -> LoadedModel:
        # Under the lock: two threads that want a model at once must not load it twice.
        with self._lock:
            if name not in self._loaded:
                found = self._read(name)
                self._make_room(found.size_bytes)
                self._loaded[name] = found
            self._loaded.move_to_end(name)
            return self._loaded[name]

    def _make_room(self, size_bytes: int) -> None:
        # Whoever still computes with a model that goes holds it until the call is over.
        while self._loaded and size_bytes + self._size_bytes() > self.weights_bytes_max:
            self._loaded.popitem(last=False)

    def _size_bytes(self) -> int:
        return sum(loaded.size_bytes for loaded in self._loaded.values())

    def _read(self, name: str) -> LoadedModel:
        version = self.versions.get(name)
        file = self.folder / name / str(version) / "model.onnx"
        if version is None or not file.is_file():
            raise ModelNotFound(f"no model {name} here: run `trendflow models build {name}`")
        try:
            session = onnxruntime.InferenceSession(
                file, options(), providers=["CPUExecutionProvider"]
            )
        except (failures.Fail, failures.InvalidProtobuf, failures.InvalidGraph) as error:
            raise AdapterError(
                f"the model {name} cannot be read: run `trendflow models verify`",
                code="model_unreadable",
            ) from error
        told = session.get_modelmeta().custom_metadata_map
        served = ServedModel(
            name=name,
            version=version,
            weights_sha256=told[WEIGHTS],
            engine=f"onnxruntime {onnxruntime.__version__}",
            precision=told.get("precision", "float32"),
            batch_max=int(told.get("batch_max", "1")),
        )
        return LoadedModel(served, session, file.stat().st_size)


def _run(loaded: LoadedModel, part: Arrays) -> Arrays:
    given = {key: np.ascontiguousarray(value) for key, value in part.items()}
    try:
        answers = loaded.session.run(None, given, giving_back())
    except failures.InvalidArgument as error:
        raise ModelInputRefused(f"{loaded.served.name} takes no such items") from error
    except (failures.RuntimeException, failures.Fail) as error:
        if any(words in str(error).lower() for words in _NO_MEMORY):
            raise MemoryError(f"no memory for {loaded.served.name}") from error
        raise
    names = (output.name for output in loaded.session.get_outputs())
    # They lie in the arena: whoever kept one would keep the piece of the arena around it.
    return {name: np.array(answer) for name, answer in zip(names, answers, strict=True)}
