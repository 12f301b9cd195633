"""Orders to the analyst: plain values that cross to another process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from application.ports.components import Arrays
from domain.component import ParameterValue
from domain.identity import RunId
from domain.video import Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentOrder:
    """One segment stage: which file, by its content's SHA-256, and for which components."""

    run_id: RunId
    file: Path
    components: tuple[str, ...]
    timeout_s: float
    content_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureOrder:
    """One component: what it may read beside the prepared material.

    Its blocks of sound and its calls of models are halved `halvings` times before the first try.
    """

    run_id: RunId
    component: str
    parameters: Mapping[str, ParameterValue]
    metadata: Metadata
    artifacts: Mapping[str, Arrays] = field(default_factory=dict)
    timeout_s: float
    halvings: int = 0
