"""The model repository: which models there are, where they come from, and which are here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from application.errors import AdapterError


class ModelState(StrEnum):
    """How a model stands in the repository."""

    READY = "ready"
    ABSENT = "absent"
    OFF = "off"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tensor:
    """An input or an output: its type, and its shape, in which a word stands for any length."""

    name: str
    type: str
    shape: tuple[int | str, ...]
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file of a package, and what it must be."""

    role: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelEntry:
    """One model of the manifest.

    `client` is the registry's ordinary client: pip, npm or apt. `licence_evidence` says where the
    licence of the weights was read; `is_enabled` is False while nobody has confirmed it.
    `cpu_ms_per_item` was measured on one thread; `memory_mib` is the most that a full batch took.
    `engine` is what reads it: for another than `onnx` its files are laid out as they are, and
    `recipe` says so. `languages` are those that a model of speech or text understands.
    """

    name: str
    version: str
    task: str
    client: str
    package: str
    package_version: str
    files: tuple[SourceFile, ...]
    recipe: str
    licence: str
    licence_evidence: str
    is_enabled: bool
    preprocessing: str
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    batch_max: int
    memory_mib: int
    cpu_ms_per_item: float
    weakness: str
    checked: str
    classes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    postprocessing: str = ""
    engine: str = "onnx"
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def weights_sha256(self) -> str:
        """What artifacts tell of the model: the digest of the weights it is made from."""
        return next(file.sha256 for file in self.files if file.role == "weights")


class ModelUnobtainable(AdapterError):
    """A package could not be fetched, or does not hold what the manifest promises."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="model_unobtainable")


class ModelRepository(Protocol):
    """The models of the manifest, in its order, and the folder where those built lie."""

    @property
    def entries(self) -> Sequence[ModelEntry]: ...

    def state(self, name: str) -> ModelState:
        """How a model stands, by what lies there; its bytes are not read."""
        ...

    def verify(self, name: str) -> ModelState:
        """The same after reading every byte: `damaged` if the digest is another."""
        ...

    def build(self, names: Sequence[str]) -> None:
        """Makes the models anew, each as a whole or not at all.

        Where one client fails the models of the others are made all the same; what was fetched for
        a model that then failed is used when it is tried again. Raises ModelUnobtainable when all
        is done that can be, KeyError for a name that the manifest does not hold.
        """
        ...
