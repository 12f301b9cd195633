"""What happened to a run, in the order it happened; the sequence is given when it is stored."""

from dataclasses import dataclass
from datetime import datetime

from domain.identity import RunId


@dataclass(frozen=True, slots=True)
class RunMoved:
    """The run reached a status."""

    run_id: RunId
    at: datetime
    status: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class StageEntered:
    """The run entered a stage."""

    run_id: RunId
    at: datetime
    stage: str


@dataclass(frozen=True, slots=True)
class ComponentEnded:
    """A component of the run came to its end."""

    run_id: RunId
    at: datetime
    component: str
    status: str


RunEvent = RunMoved | StageEntered | ComponentEnded
