"""Served models: which weights answered, and where; what a result says of its origin (R-304)."""

import re
from dataclasses import dataclass

_NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedModel:
    """One model of the repository as one server serves it.

    `engine` is the runtime and its version, `precision` the type it computes in, `batch_max` how
    many items it takes in one call. `languages` are those that a model of speech understands, by
    their codes of two letters; none for a model to which language is nothing.
    """

    name: str
    version: str
    weights_sha256: str
    engine: str
    precision: str = "float32"
    device: str = "cpu"
    batch_max: int = 1
    languages: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"not a model's name: {self.name!r}")
        if self.batch_max < 1:
            raise ValueError(f"{self.name} takes no item at all")

    def as_dict(self) -> dict[str, str]:
        """What an artifact's meta says of the model."""
        return {
            "name": self.name,
            "version": self.version,
            "weights_sha256": self.weights_sha256,
            "engine": self.engine,
            "precision": self.precision,
            "device": self.device,
        }
