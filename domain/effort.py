"""Effort: the seconds that each component of a profile takes on a video (R-602, R-603)."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from domain.catalogue import Catalogue
from domain.component import ComponentSpec, Cost
from domain.profile import Profile
from domain.sampling import frame_count, wanted
from domain.video_size import VideoSize

PREPARATION = "preparation"
"""The line of the work that components share: decoding, spectrum, flow."""


@dataclass(frozen=True, slots=True)
class CostModel:
    """Measured seconds of one line: `a + b × units` on the reference machine.

    Half of the runs take less than the line says, nine of ten less than `p90_factor` times that.
    """

    a_s: float
    b_s_per_unit: float
    p90_factor: float = 1.0
    gpu_a_s: float = 0.0
    gpu_b_s_per_unit: float = 0.0

    def __post_init__(self) -> None:
        times = (self.a_s, self.b_s_per_unit, self.gpu_a_s, self.gpu_b_s_per_unit)
        if not all(isfinite(time) and time >= 0 for time in times):
            raise ValueError(f"time is never negative: {self}")
        if not (isfinite(self.p90_factor) and self.p90_factor >= 1):
            raise ValueError(f"nine of ten take no less than half of them: {self}")

    def seconds(self, units: float) -> float:
        """Processor seconds that half of the runs stay under."""
        return self.a_s + self.b_s_per_unit * units

    def seconds_p90(self, units: float) -> float:
        """Processor seconds that nine of ten runs stay under."""
        return self.p90_factor * self.seconds(units)

    def gpu_seconds(self, units: float) -> float:
        return self.gpu_a_s + self.gpu_b_s_per_unit * units

    def gpu_seconds_p90(self, units: float) -> float:
        return self.p90_factor * self.gpu_seconds(units)


@dataclass(frozen=True, slots=True)
class EffortLine:
    """What one component, or the shared preparation, has to do."""

    name: str
    units: float
    cost: CostModel

    @property
    def seconds(self) -> float:
        return self.cost.seconds(self.units)


@dataclass(frozen=True, slots=True)
class Effort:
    """An itemised forecast of the time a run takes."""

    lines: tuple[EffortLine, ...]

    @property
    def seconds(self) -> float:
        return sum(line.seconds for line in self.lines)

    def seconds_of(self, name: str) -> float:
        """Seconds of one line; 0 where there is none of that name."""
        return sum(line.seconds for line in self.lines if line.name == name)


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


def effort(
    profile: Profile, catalogue: Catalogue, costs: Mapping[str, CostModel], size: VideoSize
) -> Effort:
    """The preparation line and one line a component, in the order they run.

    Raises KeyError when a chosen component was never measured: none is listed before it is (R-602).
    """
    shared = EffortLine(PREPARATION, size.preparation_units, costs[PREPARATION])
    own = (
        EffortLine(spec.name, units(spec, size), costs[spec.name])
        for spec in catalogue.in_order(profile.component_names)
    )
    return Effort((shared, *own))
