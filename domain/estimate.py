"""Estimates: how long each component of a profile will take on a video (R-603)."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.canonical import JsonValue
from domain.catalogue import Catalogue
from domain.component import ComponentSpec, Cost
from domain.profile import Profile
from domain.sampling import frame_count, wanted
from domain.video import Metadata

PREPARATION = "preparation"
STREAMED_MEGAPIXELS = 0.5
"""One 12 fps frame through the streaming components costs as much as decoding this (measured)."""


@dataclass(frozen=True, slots=True)
class CostModel:
    """Measured seconds of one line: `a + b × units` on the reference machine."""

    a_s: float
    b_s_per_unit: float

    def __post_init__(self) -> None:
        if self.a_s < 0 or self.b_s_per_unit < 0:
            raise ValueError(f"time is never negative: {self}")

    def seconds(self, units: float) -> float:
        return self.a_s + self.b_s_per_unit * units


@dataclass(frozen=True, slots=True)
class VideoSize:
    """The figures of a video that its cost depends on."""

    duration_s: float
    width_px: int
    height_px: int
    frame_rate_hz: float
    text_characters: int = 0

    @classmethod
    def of(
        cls, metadata: Metadata, duration_s: float, source: Mapping[str, JsonValue]
    ) -> "VideoSize":
        """The figures as a manifest's `source` and the metadata hold them."""
        size, rate_hz = source["shown_size"], source["frame_rate_hz"]
        if not isinstance(size, list) or not isinstance(rate_hz, (int, float)):
            raise TypeError("not the source facts of this version")
        width_px, height_px = (int(str(side)) for side in size)
        return cls(duration_s, width_px, height_px, float(rate_hz), characters(metadata))

    @property
    def preparation_units(self) -> float:
        """Megapixels of source pictures, and for each frame of the timeline as many again as its
        streaming work costs: the unit of the `preparation` line."""
        decoded = self.width_px * self.height_px * self.frame_rate_hz * self.duration_s / 1e6
        return decoded + STREAMED_MEGAPIXELS * frame_count(self.duration_s)


@dataclass(frozen=True, slots=True)
class EstimateLine:
    """Units and seconds of one component, or of the shared preparation."""

    name: str
    units: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """An itemised forecast of the time a run takes."""

    lines: tuple[EstimateLine, ...]

    @property
    def seconds(self) -> float:
        return sum(line.seconds for line in self.lines)

    def seconds_of(self, name: str) -> float:
        """Seconds of one line; 0 where the estimate has none of that name."""
        return sum(line.seconds for line in self.lines if line.name == name)


def characters(metadata: Metadata) -> int:
    """Characters of title and description."""
    return len(metadata.title or "") + len(metadata.description or "")


def units(spec: ComponentSpec, size: VideoSize) -> float:
    """What a component's seconds are proportional to, for one video."""
    match spec.cost:
        case Cost.FRAMES:
            budget = spec.frames or spec.detail
            frames = frame_count(size.duration_s)
            return float(wanted(frames, budget) if budget else frames)
        case Cost.CHARACTERS:
            return float(size.text_characters)
        case Cost.SOUND_SECONDS | Cost.VIDEO_SECONDS:  # pragma: no branch - there is no other
            return size.duration_s


def estimate(
    profile: Profile, catalogue: Catalogue, costs: Mapping[str, CostModel], size: VideoSize
) -> Estimate:
    """The preparation line and one line a component, in the order they run.

    Raises KeyError when a chosen component was never measured: none is listed before it is (R-602).
    """
    work = size.preparation_units
    lines = [EstimateLine(PREPARATION, work, costs[PREPARATION].seconds(work))]
    for spec in catalogue.in_order(profile.component_names):
        amount = units(spec, size)
        lines.append(EstimateLine(spec.name, amount, costs[spec.name].seconds(amount)))
    return Estimate(tuple(lines))
