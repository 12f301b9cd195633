"""Time left of a run while it analyses, by the cost model."""

from dataclasses import dataclass, field

from application.progress import Progress
from domain.effort import PREPARATION, Effort
from domain.run import Stage


@dataclass(slots=True)
class Remaining:
    """Turns what is done into a share and the seconds left; preparation is done by now."""

    effort: Effort
    done: set[str] = field(default_factory=lambda: {PREPARATION})

    def begins(self, component: str) -> Progress:
        return self._progress(component)

    def ended(self, component: str, status: str) -> Progress:
        self.done.add(component)
        return self._progress(component, status)

    def _progress(self, component: str, ended: str | None = None) -> Progress:
        total_s = self.effort.seconds
        done_s = sum(self.effort.seconds_of(name) for name in self.done)
        share = done_s / total_s if total_s > 0 else 0.0
        left_s = max(0.0, total_s - done_s)
        return Progress(Stage.ANALYSE, component, min(1.0, share), left_s, ended)
