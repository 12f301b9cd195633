"""The analyse stage: components in the order of the graph, each ended with a status."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.account import RunAccount
from application.errors import TimedOut
from application.ports.analyst import Analyst, Measured, StepFailed
from application.ports.cancellation import Cancellation
from application.ports.clock import Clock
from application.ports.components import Arrays
from application.ports.orders import MeasureOrder
from application.progress import OnProgress
from application.remaining import Remaining
from application.retrying import Retrying
from domain.catalogue import Catalogue
from domain.component import ComponentSpec, ComponentStatus, EmptyReason
from domain.run import ComponentRun, Failure

COMPONENT_TIMED_OUT = "component_timed_out"
_FAILED = {ComponentStatus.ERROR, ComponentStatus.BLOCKED}


@dataclass(frozen=True, slots=True)
class Analysis:
    """Measures every component of a run that has not ended yet (R-203 to R-206, R-505 to R-507)."""

    analyst: Analyst
    catalogue: Catalogue
    clock: Clock
    retrying: Retrying
    halvings: Mapping[str, int]

    def __call__(
        self,
        account: RunAccount,
        *,
        remaining: Remaining,
        on_progress: OnProgress,
        cancellation: Cancellation,
    ) -> None:
        run = account.run
        for spec in self.catalogue.in_order(run.profile.component_names):
            ended = run.components.get(spec.name)
            if ended is None:
                on_progress(remaining.begins(spec.name))
                ended = self._end(account, spec, cancellation)
                on_progress(remaining.ended(spec.name, str(ended.status)))
            else:
                remaining.ended(spec.name, str(ended.status))
            # Also of one that had ended before a crash: a resumed run stops where another stops.
            if ended.status in _FAILED and spec.name in run.profile.required:
                raise StepFailed(_required_failed(ended))

    def _end(
        self, account: RunAccount, spec: ComponentSpec, cancellation: Cancellation
    ) -> ComponentRun:
        began = self.clock.now()
        measured = _inherited(account, spec)
        if measured is None:
            measured = self._measured(account, spec, cancellation)
        ended = ComponentRun(
            name=spec.name,
            status=measured.status,
            started_at=began,
            finished_at=self.clock.now(),
            duration_ms=measured.duration_ms,
            peak_memory_mib=measured.peak_memory_mib,
            units=measured.units or 0.0,
            empty_reason=measured.empty_reason,
            failure=measured.failure,
            notes=measured.notes,
        )
        account.end_component(spec, ended, measured)
        return ended

    def _measured(
        self, account: RunAccount, spec: ComponentSpec, cancellation: Cancellation
    ) -> Measured:
        order = MeasureOrder(
            run_id=account.run.id,
            component=spec.name,
            parameters=account.run.profile.choice(spec.name).parameters,
            metadata=account.run.metadata,
            artifacts=_dependencies(account, spec),
            timeout_s=account.run.profile.limits.component_s,
            halvings=self.halvings[spec.name],
        )

        def measure() -> Measured:
            measured = self.analyst.measure(order, cancellation=cancellation)
            if measured.failure is not None and measured.failure.code == COMPONENT_TIMED_OUT:
                raise _ComponentTimedOut(measured)
            return measured

        try:
            return self.retrying(measure)
        except _ComponentTimedOut as late:
            return late.measured


class _ComponentTimedOut(TimedOut):
    """A component took too long, which may be the machine's fault rather than its own."""

    def __init__(self, measured: Measured) -> None:
        super().__init__(COMPONENT_TIMED_OUT)
        self.measured = measured


def _inherited(account: RunAccount, spec: ComponentSpec) -> Measured | None:
    """What a hard dependency's end makes of a component; None when it can be measured."""
    for need in spec.needs:
        ended = account.run.components[need]
        if ended.status in _FAILED:
            root = (ended.failure.root if ended.failure else None) or need
            failure = Failure("dependency_failed", f"{root} failed", where=need, root=root)
            return Measured(status=ComponentStatus.BLOCKED, failure=failure)
    for need in spec.needs:
        if account.run.components[need].status is ComponentStatus.EMPTY:
            return Measured(
                status=ComponentStatus.EMPTY, empty_reason=EmptyReason.DEPENDENCY_MISSING
            )
    return None


def _dependencies(account: RunAccount, spec: ComponentSpec) -> dict[str, Arrays]:
    return {
        name: account.read(name) for name in (*spec.needs, *spec.uses) if name in account.artifacts
    }


def _required_failed(ended: ComponentRun) -> Failure:
    root = (ended.failure.root if ended.failure else None) or ended.name
    return Failure("required_component_failed", f"{root} failed", where=ended.name, root=root)
