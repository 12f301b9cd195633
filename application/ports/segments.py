"""The prepared material of a run: what the one decoding pass left for the components."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from application.ports.components import Arrays, Inputs, StreamFrame, Timeline
from application.ports.orders import MeasureOrder
from application.ports.stored_frames import UnionFrames
from application.ports.video_files import DecodedSound
from domain.component import ComponentSpec, SoundKind
from domain.identity import RunId
from domain.manifest import Preprocessing
from domain.run import Failure
from domain.sampling import SamplingPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Segmentation:
    """The record of a finished segment stage; without it nothing of the stage counts.

    `watcher_failures` are components whose watcher raised while the video was decoded.
    """

    timeline: Timeline
    detail_size: tuple[int, int]
    plan: SamplingPlan
    sounds: Mapping[SoundKind, DecodedSound]
    has_spectra: bool
    preprocessing: Preprocessing
    watcher_failures: Mapping[str, Failure] = field(default_factory=dict)


class SegmentDraft(Protocol):
    """A segment stage under way; forgotten unless committed."""

    @property
    def detail_file(self) -> Path: ...

    def sound_file(self, kind: SoundKind) -> Path: ...

    def frame(self, index: int, planes: NDArray[np.uint8]) -> StreamFrame:
        """The shared views of the next decoded frame."""
        ...

    def keep(self, planes: NDArray[np.uint8]) -> None:
        """Stores a frame of the union, in order."""
        ...

    def make_spectra(self, sound: DecodedSound) -> None:
        """Computes the run's one short-time Fourier transform from the `music` sound."""
        ...

    @property
    def counters(self) -> Mapping[str, int]:
        """How often each shared computation was made so far."""
        ...

    def commit(self, segmentation: Segmentation, observed: Mapping[str, Arrays]) -> None:
        """Makes everything visible at once, also to a process that starts after a crash."""
        ...


class Segments(Protocol):
    """Prepared material by run, on the worker's own disk (R-107).

    Contract (tests/preparation/test_segments.py): `load` gives what was last committed, or None; a
    draft that was not committed leaves nothing that `load` or `inputs` would see; `inputs` are
    equal to what was decoded, bit for bit.
    """

    def draft(self, run_id: RunId) -> AbstractContextManager[SegmentDraft]: ...

    def load(self, run_id: RunId) -> Segmentation | None: ...

    def inputs(self, order: MeasureOrder, spec: ComponentSpec, *, block_s: float) -> Inputs:
        """What one component may read; sound comes in blocks of `block_s`."""
        ...

    def union(self, run_id: RunId) -> UnionFrames:
        """Where the stored frames are, for as long as the workspace is."""
        ...

    def jpegs(self, run_id: RunId, indices: tuple[int, ...]) -> tuple[bytes, ...]:
        """Frames of the union as JPEG pictures, for people."""
        ...
