"""A run: one video analysed once under one profile, and the states it may pass through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.component import ComponentStatus, EmptyReason
from domain.errors import DomainError, InvalidTransition
from domain.estimate import EstimateId
from domain.events import ComponentEnded, RunEvent, RunMoved, StageEntered
from domain.identity import RunId, RunIdentity
from domain.ledger import LOCAL_USER, UserId
from domain.profile import Profile
from domain.provenance import Provenance
from domain.video import Metadata, VideoSource


class RunStatus(StrEnum):
    """Where a run stands."""

    QUEUED = "queued"
    RUNNING = "running"
    OK = "ok"
    ERROR = "error"
    CANCELLED = "cancelled"


class Stage(StrEnum):
    """A step of a run's pipeline."""

    ACQUIRE = "acquire"
    SEGMENT = "segment"
    ANALYSE = "analyse"


_NEXT: dict[RunStatus, frozenset[RunStatus]] = {
    RunStatus.QUEUED: frozenset({RunStatus.RUNNING, RunStatus.CANCELLED}),
    RunStatus.RUNNING: frozenset({RunStatus.OK, RunStatus.ERROR, RunStatus.CANCELLED}),
    RunStatus.OK: frozenset(),
    RunStatus.ERROR: frozenset(),
    RunStatus.CANCELLED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something ended in an error: a stable code, where, and one sentence without user text.

    `root` names the component that failed first when this one was only blocked by it. `fields` fill
    the placeholders of the code's localised message, as a refusal's do.
    """

    code: str
    message: str
    where: str = ""
    root: str | None = None
    fields: Mapping[str, str | float] = field(default_factory=dict)

    @classmethod
    def of(cls, refusal: DomainError, *, where: str) -> "Failure":
        """A rule's no as the end of what was under way."""
        return cls(refusal.code, str(refusal), where=where, fields=refusal.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentRun:
    """How one component ended inside a run. A fact: it never changes once written.

    `peak_memory_mib` is the most memory of its process while it was measured; 0: nobody knows.
    `provenance` is known of a result that other runs may take over.
    """

    name: str
    status: ComponentStatus
    started_at: datetime | None = None
    finished_at: datetime | None = None
    duration_ms: int = 0
    peak_memory_mib: int = 0
    units: float = 0.0
    empty_reason: EmptyReason | None = None
    failure: Failure | None = None
    notes: tuple[str, ...] = ()
    provenance: Provenance | None = None

    def __post_init__(self) -> None:
        if (self.status is ComponentStatus.EMPTY) != (self.empty_reason is not None):
            raise ValueError(f"{self.name}: exactly an empty component has an empty_reason")
        failed = self.status in {ComponentStatus.ERROR, ComponentStatus.BLOCKED}
        if failed != (self.failure is not None):
            raise ValueError(f"{self.name}: exactly a failed component has a failure")

    @property
    def is_reused(self) -> bool:
        """Whether its result was measured in another run."""
        return self.provenance is not None and self.provenance.is_reused


@dataclass(slots=True, kw_only=True, eq=False)
class Run:
    """One video analysed once under one profile for one user (aggregate).

    `estimate_id` names the estimate that it is paid by; None for a run from before runs were paid.
    """

    identity: RunIdentity
    profile: Profile
    source: VideoSource
    metadata: Metadata
    created_at: datetime
    user_id: UserId = LOCAL_USER
    estimate_id: EstimateId | None = None
    status: RunStatus = RunStatus.QUEUED
    stage: Stage | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    failure: Failure | None = None
    components: dict[str, ComponentRun] = field(default_factory=dict)
    events: list[RunEvent] = field(default_factory=list)

    @property
    def id(self) -> RunId:
        return self.identity.run_id

    @property
    def is_terminal(self) -> bool:
        return not _NEXT[self.status]

    @property
    def pending(self) -> frozenset[str]:
        """Chosen components that have not ended yet."""
        return self.profile.component_names - self.components.keys()

    @property
    def measured_at(self) -> datetime | None:
        """When the oldest of its results was measured, once it has ended."""
        known = [ended.provenance for ended in self.components.values() if ended.provenance]
        moments = [one.measured_at for one in known]
        return min([self.finished_at, *moments]) if self.finished_at else None

    @property
    def is_reused(self) -> bool:
        """Whether nothing of it was measured here: then nothing was decoded either."""
        ended = self.components.values()
        return bool(ended) and all(component.is_reused for component in ended)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Optional components that failed while the run went on (R-505)."""
        return tuple(name for name in self._failed if name not in self.profile.required)

    @property
    def _failed(self) -> list[str]:
        failed = {ComponentStatus.ERROR, ComponentStatus.BLOCKED}
        return sorted(name for name, ended in self.components.items() if ended.status in failed)

    def start(self, *, now: datetime) -> None:
        """Takes the run up; taking up again a run that was interrupted is allowed."""
        if self.status is not RunStatus.RUNNING:
            self._move_to(RunStatus.RUNNING, now=now)
            self.started_at = now

    def enter(self, stage: Stage, *, now: datetime) -> None:
        """Goes on to a stage; a resumed run enters again a stage that it had been in."""
        self._refuse_unless_running(f"enter {stage}")
        self.stage = stage
        self.events.append(StageEntered(self.id, now, stage=str(stage)))

    def end_component(self, ended: ComponentRun, *, now: datetime) -> None:
        """Writes down how a component ended, once; only the end of the run skips one."""
        self._refuse_unless_running(f"end {ended.name}")
        if ended.status is ComponentStatus.SKIPPED:
            raise InvalidTransition(f"{ended.name} is not skipped: the run goes on")
        if ended.name not in self.pending:
            raise InvalidTransition(f"{ended.name} is not pending", component=ended.name)
        self._ended(ended, now=now)

    def forget_component(self, name: str) -> None:
        """Makes a component pending again: what it had left is damaged, or was never kept."""
        self._refuse_unless_running(f"forget {name}")
        del self.components[name]
        # An end that nobody was told of yet has not happened.
        self.events[:] = [event for event in self.events if not _tells_of(event, name)]

    def finish(self, *, now: datetime) -> None:
        """Ends the run: `ok` unless a required component did not come to a result (R-505)."""
        if self.pending:
            raise InvalidTransition(f"{len(self.pending)} components are still pending")
        broken = [name for name in self._failed if name in self.profile.required]
        if broken:
            first = self.components[broken[0]].failure
            root = (first.root if first else None) or broken[0]
            failure = Failure("required_component_failed", f"{root} failed", where=root, root=root)
            self.fail(failure, now=now)
        else:
            self._move_to(RunStatus.OK, now=now)
            self.finished_at = now

    def fail(self, failure: Failure, *, now: datetime) -> None:
        """Ends the run in an error; what had not ended is skipped."""
        self._end_early(RunStatus.ERROR, failure, now=now)

    def cancel(self, *, now: datetime) -> None:
        """Ends the run on the user's word; finished components stay readable (R-510)."""
        self._end_early(RunStatus.CANCELLED, Failure("cancelled", "cancelled by the user"), now=now)

    def _end_early(self, status: RunStatus, failure: Failure, *, now: datetime) -> None:
        self._refuse_to_move(status)
        # The components first: who follows the events stops at the end of the run.
        for name in sorted(self.pending):
            self._ended(ComponentRun(name=name, status=ComponentStatus.SKIPPED), now=now)
        self._move_to(status, now=now, code=failure.code)
        self.failure = failure
        self.finished_at = now

    def _ended(self, ended: ComponentRun, *, now: datetime) -> None:
        self.components[ended.name] = ended
        self.events.append(
            ComponentEnded(self.id, now, component=ended.name, status=str(ended.status))
        )

    def _refuse_unless_running(self, act: str) -> None:
        if self.status is not RunStatus.RUNNING:
            raise InvalidTransition(f"cannot {act}: the run is {self.status}", status=self.status)

    def _refuse_to_move(self, status: RunStatus) -> None:
        if status not in _NEXT[self.status]:
            raise InvalidTransition(f"a run does not go from {self.status} to {status}")

    def _move_to(self, status: RunStatus, *, now: datetime, code: str = "") -> None:
        self._refuse_to_move(status)
        self.status = status
        self.events.append(RunMoved(self.id, now, status=str(status), code=code))


def _tells_of(event: RunEvent, component: str) -> bool:
    return isinstance(event, ComponentEnded) and event.component == component
