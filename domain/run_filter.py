"""Which of a user's runs are asked for."""

import re
from dataclasses import dataclass
from datetime import datetime

from domain.run import Run, RunStatus

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


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
        return _folded(self.text.strip())

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
    return _folded(run.metadata.title or "")


def _folded(text: str) -> str:
    """Without what no database writes as text: U+0000, and halves of characters."""
    return _UNWRITABLE.sub("", text.casefold())
