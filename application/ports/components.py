"""Components: pure functions from prepared inputs to typed arrays, and what they are given.

A component touches no disk, no network and no clock. It gets what its `ComponentSpec` asks for
and nothing else; shared computations (grey pictures, optical flow, the spectrum) are made once per
run and handed out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from application.ports.inference import Inference
from domain.component import ComponentSpec, EmptyReason, ParameterValue, SoundKind
from domain.schema import ArtifactSchema
from domain.video import Metadata
from domain.video_size import VideoSize

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a component found: its arrays, or why it validly found nothing (R-206).

    `units` is what was really processed, in the unit of the spec's `cost`; None means all of it.
    """

    arrays: Arrays = field(default_factory=dict)
    empty_reason: EmptyReason | None = None
    notes: tuple[str, ...] = ()
    units: float | None = None

    @classmethod
    def empty(cls, reason: EmptyReason, *notes: str) -> "Measurement":
        return cls(empty_reason=reason, notes=notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The 12 fps timeline of a segmented video; frame `i` stands at `i / 12` seconds.

    Width and height are those of the analysis frames (short side 320). A frame shows the source
    picture that was on at its moment, which began somewhat earlier: `shown_s` are the beginnings,
    in seconds, as many as frames. They are known once the video is decoded, and empty before.
    """

    frame_count: int
    duration_s: float
    width_px: int
    height_px: int
    has_sound: bool
    shown_s: tuple[float, ...] = ()

    @property
    def steps_s(self) -> NDArray[np.float64]:
        """Time between the pictures that each frame and the next show, shape (frame_count - 1,).

        At 30 fps a step takes two pictures or three; it is 0 where a picture is shown again, as
        in sources slower than the timeline. What moves from frame to frame moved in this time.
        """
        if len(self.shown_s) != self.frame_count:
            raise RuntimeError("when pictures were on is known once the video is decoded")
        return np.diff(np.asarray(self.shown_s, dtype=np.float64))

    @property
    def times_s(self) -> NDArray[np.float64]:
        """The moment of each frame, shape (frame_count,)."""
        return np.arange(self.frame_count, dtype=np.float64) / 12.0


class StreamFrame(Protocol):
    """One frame of the streaming pass; each view is computed at most once, whoever asks first.

    Arrays are read-only and valid until the next frame.
    """

    @property
    def index(self) -> int: ...

    @property
    def luma(self) -> NDArray[np.uint8]:
        """Full-range luma 0-255 (BT.601), shape (height, width)."""
        ...

    @property
    def rgb(self) -> NDArray[np.uint8]:
        """Shape (height, width, 3)."""
        ...

    @property
    def hsv(self) -> NDArray[np.uint8]:
        """OpenCV's HSV: hue 0-179, saturation and value 0-255; shape (height, width, 3)."""
        ...

    @property
    def half_luma(self) -> NDArray[np.uint8]:
        """Luma at half width and height by area averaging, shape (height // 2, width // 2)."""
        ...

    @property
    def half_rgb(self) -> NDArray[np.uint8]:
        """RGB at half width and height, shape (height // 2, width // 2, 3)."""
        ...

    @property
    def flow(self) -> NDArray[np.float32] | None:
        """Optical flow from the previous frame to this one; None on the first.

        Shape (height // 2, width // 2, 2): x then y displacement in half-size pixels, so that a
        point at p in the previous frame is found at p + flow[p] in this one (DIS, ultrafast; leaps
        of the whole picture are followed to about three frame widths a second).
        """
        ...


class FrameWatcher(Protocol):
    """Sees every 12 fps frame once, in order, while the video is decoded."""

    def see(self, frame: StreamFrame) -> None: ...

    def observed(self) -> Arrays:
        """What was seen, as arrays; handed to the component's `measure` as `observed`."""
        ...


class Frames(Protocol):
    """The stored frames that the sampling policy chose for one component."""

    @property
    def indices(self) -> NDArray[np.int64]:
        """Positions on the 12 fps timeline, rising, shape (n,)."""
        ...

    def rgb(self) -> Iterator[NDArray[np.uint8]]:
        """Each frame in order, shape (height, width, 3), read from disk one at a time."""
        ...

    def luma(self) -> Iterator[NDArray[np.uint8]]:
        """Each frame's full-range luma in order, shape (height, width)."""
        ...


@dataclass(frozen=True, slots=True)
class SoundBlock:
    """A stretch of sound: `samples` is float32, shape (n, channels), nominally within ±1.

    `start` is the index of its first sample. The first `lead` samples repeat the end of the block
    before (the overlap asked for); results for them were due there.
    """

    start: int
    lead: int
    samples: NDArray[np.float32]


class Sound(Protocol):
    """One rendering of the sound track, read in blocks so that memory does not grow (R-403)."""

    @property
    def rate_hz(self) -> int: ...

    @property
    def channels(self) -> int: ...

    @property
    def sample_count(self) -> int: ...

    def blocks(self, *, overlap: int = 0) -> Iterator[SoundBlock]:
        """Blocks of at most 30 s in order, each led by up to `overlap` samples of the one before.

        Results must not depend on where blocks end.
        """
        ...


@dataclass(frozen=True, slots=True)
class SpectrumBlock:
    """A stretch of the spectrum: `magnitude` is float32, shape (n, 1025).

    `start` is the index of its first column in time; the first `lead` columns repeat the end of the
    block before and the last `trail` columns foretell the start of the next.
    """

    start: int
    lead: int
    trail: int
    magnitude: NDArray[np.float32]


class Spectra(Protocol):
    """The run's one short-time Fourier transform: the `music` sound at 22,050 Hz mono.

    Hann window of 2048, hop 512, centred with zero padding: column i is centred on sample 512 i.
    Magnitudes are not scaled (`numpy.fft.rfft` of the windowed samples).
    """

    @property
    def rate_hz(self) -> int: ...

    @property
    def window(self) -> int: ...

    @property
    def hop(self) -> int: ...

    @property
    def column_count(self) -> int: ...

    def blocks(self, *, overlap: int = 0) -> Iterator[SpectrumBlock]:
        """Blocks of about 30 s in order, with up to `overlap` columns of context on both sides."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything one component may read. Parts that its spec does not ask for are empty.

    `artifacts` holds the arrays of every hard dependency, and of each soft one that is `ok`.
    `sounds` is empty exactly when the video has no sound track; components that need sound are
    then ended as `empty` before they are called. `inference` serves the spec's models alone.
    """

    timeline: Timeline
    metadata: Metadata
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)
    observed: Arrays = field(default_factory=dict)
    frames: Frames | None = None
    detail: Frames | None = None
    sounds: Mapping[SoundKind, Sound] = field(default_factory=dict)
    spectra: Spectra | None = None
    artifacts: Mapping[str, Arrays] = field(default_factory=dict)
    inference: Inference | None = None
    size: VideoSize | None = None

    @property
    def source(self) -> VideoSize:
        """The source's length and picture, upright and with square pixels, as it was given."""
        if self.size is None:
            raise RuntimeError("the source of these inputs is not known")
        return self.size

    @property
    def served(self) -> Inference:
        """Who serves the models that the component's spec names."""
        if self.inference is None:
            raise RuntimeError("the spec names no model")
        return self.inference


Measure = Callable[[Inputs], Measurement]
Watch = Callable[[Timeline], FrameWatcher]


@dataclass(frozen=True, slots=True)
class Component:
    """One unit of the catalogue: what it is, what it yields, and how it measures.

    `watch` is given by exactly the components whose spec says `streams`.
    """

    spec: ComponentSpec
    schema: ArtifactSchema
    measure: Measure
    watch: Watch | None = None

    def __post_init__(self) -> None:
        if self.schema.component != self.spec.name:
            raise ValueError(f"{self.spec.name} has the schema of {self.schema.component}")
        if self.schema.version != self.spec.schema_version:
            raise ValueError(f"{self.spec.name}: spec and schema name different versions")
        if (self.watch is not None) != self.spec.streams:
            raise ValueError(f"{self.spec.name}: a watcher goes with `streams`, and only with it")


class Components(Protocol):
    """Every component of this installation, by name; KeyError for an unknown one."""

    def __getitem__(self, name: str) -> Component: ...

    def __iter__(self) -> Iterator[Component]: ...
