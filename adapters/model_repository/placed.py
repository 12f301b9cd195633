"""Models that another engine than ONNX reads, found where they were laid out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from application.ports.inference import ModelNotFound
from application.ports.placed_models import PlacedModel

BUILT = "built.json"
"""Beside a model: the digest of its file, by which it is verified."""


def engine_folder(folder: Path, engine: str) -> Path:
    """Where an engine's models lie: a Triton that serves `folder` would stumble over others."""
    return folder if engine == "onnx" else folder.with_name(f"{folder.name}-{engine}")


@dataclass(frozen=True, slots=True)
class FolderPlacedModels:
    """`<folder>-<engine>/<name>/<version>/built.json` (port `PlacedModels`)."""

    folder: Path
    engine: str
    versions: Mapping[str, str]

    def find(self, name: str) -> PlacedModel:
        version = self.versions.get(name, "")
        place = engine_folder(self.folder, self.engine) / name / version
        # Written as a whole: where this file is, the others are.
        if not version or not (place / BUILT).is_file():
            raise ModelNotFound(f"no model {name} here: run `trendflow models build {name}`")
        told = json.loads((place / BUILT).read_text())
        return PlacedModel(
            name=name,
            version=version,
            folder=place,
            weights_sha256=told["weights_sha256"],
            batch_max=int(told["batch_max"]),
            languages=tuple(told["languages"]),
        )
