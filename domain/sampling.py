"""The sampling policy: which moments of a video each component sees (R-401, R-402)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from domain.component import FrameBudget
from domain.video import ANALYSIS_RATE_HZ

SAMPLING_POLICY_VERSION = "1"

_CURVE_START_S = 60.0
_CURVE_END_S = 1200.0
_CURVE_EXPONENT = 0.75


@dataclass(frozen=True, slots=True)
class SamplingPlan:
    """Frame indices on the 12 fps timeline, by component; `union` is every frame stored."""

    frame_count: int
    frames: Mapping[str, tuple[int, ...]]
    detail: Mapping[str, tuple[int, ...]]

    @property
    def union(self) -> tuple[int, ...]:
        """Every analysis frame that somebody asked for, rising, once."""
        return _merged(self.frames)

    @property
    def detail_union(self) -> tuple[int, ...]:
        """Every frame asked for at source resolution, rising, once."""
        return _merged(self.detail)

    def limited(self, count: int) -> "SamplingPlan":
        """The plan without frames past the first `count`: what was really decoded."""
        return SamplingPlan(
            frame_count=min(count, self.frame_count),
            frames=_limited(self.frames, count),
            detail=_limited(self.detail, count),
        )


def frame_count(duration_s: float) -> int:
    """Frames of the 12 fps timeline in a video of `duration_s`: at least one, the last rounded."""
    return max(1, math.floor(duration_s * ANALYSIS_RATE_HZ + 0.5))


def time_of(index: int) -> float:
    """The moment of a frame of the timeline, in seconds: the time truth of sound and picture."""
    return index / ANALYSIS_RATE_HZ


def plan(
    count: int, frames: Mapping[str, FrameBudget], detail: Mapping[str, FrameBudget]
) -> SamplingPlan:
    """Spreads every budget evenly over a timeline of `count` frames."""
    return SamplingPlan(
        frame_count=count,
        frames={name: spread(count, wanted(count, budget)) for name, budget in frames.items()},
        detail={name: spread(count, wanted(count, budget)) for name, budget in detail.items()},
    )


def wanted(count: int, budget: FrameBudget) -> int:
    """Frames to take of `count`: what the curve of the duration says, where that many exist."""
    return min(count, curve(count / ANALYSIS_RATE_HZ, budget))


def curve(duration_s: float, budget: FrameBudget) -> int:
    """Units wanted for a duration: from minimum through target (at 60 s) to maximum (at 20 min)."""
    if duration_s <= _CURVE_START_S:
        rise = duration_s / _CURVE_START_S
        return max(1, round(budget.minimum + (budget.target - budget.minimum) * rise))
    x = min(1.0, (duration_s - _CURVE_START_S) / (_CURVE_END_S - _CURVE_START_S))
    rise = 1 - float((1 - x) ** _CURVE_EXPONENT)
    return round(budget.target + (budget.maximum - budget.target) * rise)


def spread(count: int, amount: int) -> tuple[int, ...]:
    """`amount` indices of `count`, each in the middle of its equal share; rising, unique."""
    if not 0 < amount <= count:
        raise ValueError(f"cannot take {amount} of {count} frames")
    return tuple((2 * i + 1) * count // (2 * amount) for i in range(amount))


def sound_windows(
    duration_s: float, *, window_s: float, budget: FrameBudget
) -> tuple[tuple[float, float], ...]:
    """Start and end seconds of equal windows spread over the sound, in order, none beyond its end.

    A sound shorter than one window gives one window of the whole sound.
    """
    if duration_s <= window_s:
        return ((0.0, duration_s),)
    amount = max(1, min(curve(duration_s, budget), math.floor(duration_s / window_s)))
    room = duration_s - window_s
    step = room / (amount - 1) if amount > 1 else 0.0
    # Sums of fractions may overshoot the end by their last bit.
    return tuple((i * step, min(i * step + window_s, duration_s)) for i in range(amount))


def _merged(by_component: Mapping[str, tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sorted({index for indices in by_component.values() for index in indices}))


def _limited(by_component: Mapping[str, tuple[int, ...]], count: int) -> dict[str, tuple[int, ...]]:
    return {name: tuple(i for i in chosen if i < count) for name, chosen in by_component.items()}
