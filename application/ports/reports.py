"""The page of measurements, for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from domain.canonical import JsonValue
from domain.identity import RunIdentity
from domain.schema import ArtifactSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCard:
    """One component as the report shows it: its manifest entry, schema and arrays (when `ok`)."""

    entry: Mapping[str, JsonValue]
    schema: ArtifactSchema
    arrays: Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """Everything a report is drawn from. `key_frames` are JPEG files by time in seconds."""

    identity: RunIdentity
    title: str | None
    run: Mapping[str, JsonValue]
    cards: tuple[ReportCard, ...]
    key_frames: tuple[tuple[float, bytes], ...]


class Reports(Protocol):
    """Writes reports (tests/contracts/reports.py): one self-contained page, replaced atomically."""

    def write(self, page: ReportPage, *, language: str) -> str:
        """Draws the page in `en` or `ru`; returns where a person finds it."""
        ...

    def read(self, identity: RunIdentity) -> bytes | None:
        """The page as it was written, a file; None where there is none."""
        ...

    def location(self, identity: RunIdentity) -> str:
        """Where a person finds a run's report, written or not."""
        ...

    def is_written(self, identity: RunIdentity) -> bool:
        """Whether the run has its report; one that is there is whole."""
        ...
