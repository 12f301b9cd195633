"""What a person sees of a run while it goes on."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.run import Stage


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run is: stage, component under way, share done, seconds left by the cost model."""

    stage: Stage
    component: str | None
    share: float
    seconds_left: float
    ended: str | None = None
    """The status of `component` when this tells of its end."""


OnProgress = Callable[[Progress], None]
