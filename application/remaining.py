"""Time left of a run by the cost model, corrected by how fast this run has gone so far."""

from dataclasses import dataclass, field

from application.progress import Progress
from domain.estimate import PREPARATION, Estimate
from domain.run import Stage


@dataclass(slots=True)
class Remaining:
    """Turns what is done into a share and the seconds left."""

    estimate: Estimate
    done: set[str] = field(default_factory=set)
    preparation_share: float = 0.0

    def prepared(self, share: float) -> Progress:
        self.preparation_share = share
        return self._progress(Stage.SEGMENT, None)

    def begins(self, component: str) -> Progress:
        return self._progress(Stage.ANALYSE, component)

    def ended(self, component: str, status: str) -> Progress:
        self.done.add(component)
        return self._progress(Stage.ANALYSE, component, status)

    def _progress(self, stage: Stage, component: str | None, ended: str | None = None) -> Progress:
        total_s = self.estimate.seconds
        done_s = sum(self.estimate.seconds_of(name) for name in self.done)
        done_s += self.preparation_share * self.estimate.seconds_of(PREPARATION)
        share = done_s / total_s if total_s > 0 else 0.0
        return Progress(stage, component, min(1.0, share), max(0.0, total_s - done_s), ended)
