"""The manifest of models, read as strictly as it is written."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from application.ports.model_repository import ModelEntry, SourceFile, Tensor

MANIFEST = Path(__file__).resolve().parents[2] / "models" / "manifest.yaml"
"""Beside our packages, in a clone and in the wheel."""


def read_manifest(file: Path = MANIFEST) -> tuple[ModelEntry, ...]:
    """Every model of the manifest, in its order. Raises TypeError for a key that is not known."""
    document = yaml.load(file.read_text(), Loader=yaml.CSafeLoader)
    entries = tuple(_entry(dict(row)) for row in document["models"])
    if len({entry.name for entry in entries}) != len(entries):
        raise ValueError("two models of one name")
    return entries


def versions() -> dict[str, str]:
    """Which version of each model this release asks for (R-906)."""
    return {entry.name: entry.version for entry in read_manifest()}


def weights() -> dict[str, str]:
    """What tells each model's answers from those of another: its weights, and how they are read.

    A version rises with the recipe too: the same weights may then answer otherwise.
    """
    return {entry.name: f"{entry.weights_sha256}:{entry.version}" for entry in read_manifest()}


def models_of(engine: str) -> tuple[str, ...]:
    """The models that this engine reads, enabled or not."""
    return tuple(entry.name for entry in read_manifest() if entry.engine == engine)


def _entry(row: dict[str, Any]) -> ModelEntry:
    source = row.pop("source")
    row |= {key: tuple(row.get(key, ())) for key in ("classes", "languages")}
    return ModelEntry(
        client=source["client"],
        package=source["package"],
        package_version=source["version"],
        files=tuple(SourceFile(role=role, **file) for role, file in source["files"].items()),
        is_enabled=row.pop("enabled"),
        inputs=_tensors(row.pop("inputs")),
        outputs=_tensors(row.pop("outputs")),
        **row,
    )


def _tensors(rows: Mapping[str, Mapping[str, Any]]) -> tuple[Tensor, ...]:
    return tuple(
        Tensor(name=name, type=row["type"], shape=tuple(row["shape"]), what=row["what"])
        for name, row in rows.items()
    )
