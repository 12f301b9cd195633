"""A result that is there: a component's, of an earlier run, for another run to take over."""

from dataclasses import dataclass
from datetime import datetime

from domain.component import ComponentStatus
from domain.identity import RunId

TAKEN_OVER = frozenset({ComponentStatus.OK, ComponentStatus.EMPTY})
"""What is a result; anything else is tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptResult:
    """A component's result that is there: in whose run, and of what.

    `content` is the SHA-256 of the file that it was measured from; `is_own` whether the run is the
    same user's, who may be told of it.
    """

    component: str
    key: str
    content: str
    run_id: RunId
    is_own: bool
    status: ComponentStatus
    measured_at: datetime
