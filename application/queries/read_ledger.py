"""A user's credits: the balance, what was booked, and the bill of a run."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from domain.bill import Bill, bill
from domain.effort import PREPARATION
from domain.identity import RunId
from domain.ledger import Balance, Entry, UserId
from domain.run import Run


@dataclass(frozen=True, slots=True)
class ReadLedger:
    """Reads the ledger of one user; another's run is as unknown as one that never was."""

    unit_of_work: Callable[[], UnitOfWork]

    def balance(self, user_id: UserId) -> Balance:
        with self.unit_of_work() as work:
            work.users.get(user_id)
            return work.ledger.balance(user_id)

    def balances(self, user_ids: Collection[UserId]) -> Mapping[UserId, Balance]:
        """Those of many users, of one moment."""
        with self.unit_of_work() as work:
            return {user_id: work.ledger.balance(user_id) for user_id in user_ids}

    def entries(self, user_id: UserId, run_id: RunId | None = None) -> Sequence[Entry]:
        with self.unit_of_work() as work:
            work.users.get(user_id)
            if run_id is not None:
                work.history.of(user_id, run_id)
            return work.ledger.entries(user_id, run_id=run_id)

    def latest(
        self, user_id: UserId, *, run_id: RunId | None, before: int | None, limit: int
    ) -> Sequence[Entry]:
        """The newest first; raises RunNotFound for a run that is not the user's."""
        with self.unit_of_work() as work:
            if run_id is not None:
                work.history.of(user_id, run_id)
            return work.ledger.latest(user_id, run_id=run_id, before=before, limit=limit)

    def bill(self, user_id: UserId, run_id: RunId) -> Bill | None:
        """None for a run that nothing was held for."""
        with self.unit_of_work() as work:
            hold = work.ledger.hold_of(user_id, run_id)
            if hold is None:
                return None
            entries = work.ledger.entries(user_id, run_id=run_id)
            return bill(hold, entries, reused=_reused(work.history.of(user_id, run_id)))


def _reused(run: Run) -> Collection[str]:
    """The lines of a run that were taken over; of a whole run, what prepares it, too."""
    reused = {name for name, ended in run.components.items() if ended.is_reused}
    return {*reused, PREPARATION} if run.is_reused else reused
