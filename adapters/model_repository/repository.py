"""The repository in a folder, built from the manifest's packages."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onnx import ModelProto, TensorProto, ValueInfoProto

from adapters.model_repository.layout import Described, is_described, write
from adapters.model_repository.manifest import read_manifest
from adapters.model_repository.packages import Packages
from adapters.model_repository.placed import BUILT, engine_folder
from adapters.model_repository.plain_files import place_files, weights_file
from adapters.model_repository.recipes import RECIPES, Recipe
from application.ports.model_repository import ModelEntry, ModelState, ModelUnobtainable

_TYPES: Mapping[int, str] = {
    TensorProto.FLOAT: "float32",
    TensorProto.UINT8: "uint8",
    TensorProto.INT32: "int32",
    TensorProto.INT64: "int64",
}
_BLOCK_BYTES = 1 << 20


@dataclass(slots=True)
class FolderModelRepository:
    """`<folder>/<name>/<version>/model.onnx` (port `ModelRepository`)."""

    folder: Path
    entries: Sequence[ModelEntry] = field(default_factory=read_manifest)
    recipes: Mapping[str, Recipe] = field(default_factory=lambda: RECIPES)

    def state(self, name: str) -> ModelState:
        entry = self._entry(name)
        try:
            built = json.loads((self._place(entry) / BUILT).read_text())
            size_bytes = (self._place(entry) / weights_file(entry)).stat().st_size
        except (OSError, ValueError):
            return ModelState.ABSENT if entry.is_enabled else ModelState.OFF
        is_same = built["weights_sha256"] == entry.weights_sha256
        if not is_same or built["size_bytes"] != size_bytes:
            return ModelState.DAMAGED
        return ModelState.READY

    def verify(self, name: str) -> ModelState:
        state, entry = self.state(name), self._entry(name)
        place = self._place(entry)
        if state is not ModelState.READY:
            return state
        built = json.loads((place / BUILT).read_text())
        is_whole = _digest(place / weights_file(entry)) == built["sha256"]
        if is_whole and entry.engine == "onnx":
            is_whole = is_described(place)
        return ModelState.READY if is_whole else ModelState.DAMAGED

    def build(self, names: Sequence[str]) -> None:
        packages, failures = Packages(self.folder / ".packages"), dict[str, ModelUnobtainable]()
        for name in names:
            entry = self._entry(name)
            # A registry that did not answer once is not waited for again and again.
            if entry.client in failures:
                continue
            try:
                self._build(entry, packages.fetch(entry))
            except ModelUnobtainable as error:
                failures[entry.client] = error
        if failures:
            raise ModelUnobtainable("; ".join(str(error) for error in failures.values()))
        packages.clear()

    def _build(self, entry: ModelEntry, files: Mapping[str, Path]) -> None:
        if entry.engine != "onnx":
            place_files(self._place(entry), entry, files)
            return
        model = self.recipes[entry.recipe](files)
        _compare(entry, model)
        described = Described(
            name=entry.name,
            version=entry.version,
            weights_sha256=entry.weights_sha256,
            batch_max=entry.batch_max,
        )
        write(self.folder, described, model)

    def _entry(self, name: str) -> ModelEntry:
        for entry in self.entries:
            if entry.name == name:
                return entry
        raise KeyError(name)

    def _place(self, entry: ModelEntry) -> Path:
        return engine_folder(self.folder, entry.engine) / entry.name / entry.version


def _compare(entry: ModelEntry, model: ModelProto) -> None:
    """The manifest is what people read: the graph must be what it says. Raises ValueError."""
    for said, made in ((entry.inputs, model.graph.input), (entry.outputs, model.graph.output)):
        promised = [(tensor.name, tensor.type, tensor.shape) for tensor in said]
        found = [_told(value) for value in made]
        if promised != found:
            raise ValueError(f"{entry.name} is {found}, the manifest says {promised}")


def _told(value: ValueInfoProto) -> tuple[str, str, tuple[int | str, ...]]:
    tensor = value.type.tensor_type
    shape = tuple(dim.dim_param or dim.dim_value for dim in tensor.shape.dim)
    return value.name, _TYPES[tensor.elem_type], shape


def _digest(file: Path) -> str:
    found = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            found.update(block)
    return found.hexdigest()
