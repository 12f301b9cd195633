"""Which of a user's runs are asked for."""

from dataclasses import dataclass
from datetime import datetime

from domain.run import Run, RunStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFilter:
    """Runs of these statuses, whose title holds `text` in any case, started in [since, until).

    What is empty or None does not filter.
    """

    statuses: frozenset[RunStatus] = frozenset()
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def folded(self) -> str:
        """The text as titles are compared: case apart, in every alphabet."""
        return self.text.strip().casefold()

    def lets_through(self, run: Run) -> bool:
        """Whether the run is one of those."""
        if self.statuses and run.status not in self.statuses:
            return False
        if self.since is not None and run.created_at < self.since:
            return False
        if self.until is not None and run.created_at >= self.until:
            return False
        return self.folded in folded_title(run)


def folded_title(run: Run) -> str:
    """A run's title for searching."""
    return (run.metadata.title or "").casefold()
