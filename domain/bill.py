"""The bill of a run: what is charged of each line that was held, and why that much (R-604)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from domain.component import ComponentStatus
from domain.credits import Credits
from domain.effort import PREPARATION
from domain.estimate import Estimate
from domain.ledger import Account, Entry, Hold, OperationKind, Outcome
from domain.run import Run, RunStatus

MEASURED = {ComponentStatus.OK, ComponentStatus.EMPTY}
RUN_FAILED = "run_failed"
NOT_RUN = "not_run"
NOTHINGMEASURED = "nothing_measured"
PREPARED = "prepared"
REUSED = "reused"
FREE = "free"


def outcomes(run: Run, estimate: Estimate, *, preparation_units: float) -> dict[str, Outcome]:
    """What becomes of each line of the estimate at the end of the run.

    Successful and empty components are charged for the units that were processed; a run that ended
    in an error costs nothing; of a cancelled one what had finished is charged (R-510). Preparation
    is charged beside what was measured: alone it is worth nothing to the user.
    """
    if run.status is RunStatus.ERROR:
        return {line.name: Outcome(Credits(0), RUN_FAILED) for line in estimate.lines}
    ends = {
        line.name: _component(run, estimate, line.name)
        for line in estimate.lines
        if line.name != PREPARATION
    }
    if any(ended.status in MEASURED for ended in run.components.values()):
        charged = estimate.charge(
            PREPARATION, preparation_units, ComponentStatus.OK, is_reused=run.is_reused
        )
        reason = REUSED if run.is_reused else PREPARED
        return {PREPARATION: Outcome(charged, reason), **ends}
    return {PREPARATION: Outcome(Credits(0), NOTHINGMEASURED), **ends}


def _component(run: Run, estimate: Estimate, name: str) -> Outcome:
    ended = run.components.get(name)
    if ended is None:
        return Outcome(Credits(0), NOT_RUN)
    charged = estimate.charge(name, ended.units, ended.status, is_reused=ended.is_reused)
    return Outcome(charged, REUSED if ended.is_reused else ended.status)


@dataclass(frozen=True, slots=True)
class BillLine:
    """One component of a bill. `reason` says why this much; empty while the run goes on."""

    component: str
    held: Credits
    charged: Credits
    returned: Credits
    reason: str


@dataclass(frozen=True, slots=True)
class Bill:
    """What a run was estimated at, what was charged and what came back, by component."""

    lines: tuple[BillLine, ...]

    @property
    def held(self) -> Credits:
        return Credits(sum(line.held.kopecks for line in self.lines))

    @property
    def charged(self) -> Credits:
        return Credits(sum(line.charged.kopecks for line in self.lines))

    @property
    def returned(self) -> Credits:
        return Credits(sum(line.returned.kopecks for line in self.lines))


def bill(hold: Hold, entries: Sequence[Entry], *, reused: Collection[str] = ()) -> Bill:
    """The bill of a run's newest hold, from the entries of the run as they were booked.

    Of a line of no price nothing is booked: `reused` names those that were taken over.
    """
    held = [entry.number for entry in entries if entry.kind is OperationKind.HOLD]
    entries = [entry for entry in entries if entry.number > max(held, default=0)]
    reasons = _reasons(entries)
    back = (Account.AVAILABLE, Account.EXPIRED)
    return Bill(
        tuple(
            BillLine(
                name,
                line,
                Credits(_booked(entries, name, (Account.REVENUE,))),
                Credits(_booked(entries, name, back)),
                reasons.get(name, _unbooked(name, line, reused)),
            )
            for name, line in hold.lines.items()
        )
    )


def _unbooked(name: str, held: Credits, reused: Collection[str]) -> str:
    if held.kopecks:
        return ""
    return REUSED if name in reused else FREE


def _booked(entries: Sequence[Entry], component: str, accounts: tuple[Account, ...]) -> int:
    return sum(
        entry.posting.kopecks
        for entry in entries
        if entry.posting.component == component
        and entry.posting.account in accounts
        and entry.posting.corrects is None
    )


def _reasons(entries: Sequence[Entry]) -> Mapping[str, str]:
    return {
        entry.posting.component: entry.posting.reason
        for entry in entries
        if entry.posting.component and entry.posting.reason and entry.posting.corrects is None
    }
