"""Models that lie in a folder of this machine as another engine than ONNX reads them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from domain.served_model import ServedModel


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedModel:
    """One version of a model: the folder of its files, and what was told when it was laid out."""

    name: str
    version: str
    folder: Path
    weights_sha256: str
    batch_max: int
    languages: tuple[str, ...]

    def served(self, *, engine: str, precision: str) -> ServedModel:
        """The model as `engine` serves it."""
        return ServedModel(
            name=self.name,
            version=self.version,
            weights_sha256=self.weights_sha256,
            engine=engine,
            precision=precision,
            batch_max=self.batch_max,
            languages=self.languages,
        )


class PlacedModels(Protocol):
    """The models of one engine, in the versions that this release knows.

    Tests: tests/adapters/model_repository/test_placed.py.
    """

    def find(self, name: str) -> PlacedModel:
        """Raises ModelNotFound for a name that is not known, or not laid out here."""
        ...
